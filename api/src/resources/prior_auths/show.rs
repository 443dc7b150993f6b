//! `GET /v1/billing/prior-auth/{auth_id}`

use actix_web::{HttpResponse, web};
use ledger::{prior_auth::PriorAuthError, values::PriorAuthId};
use projections::{
    engine::Streams,
    prior_auths::{self, PriorAuths},
};

use super::view::{AuthorizationView, opened};
use crate::{answer, error::ApiError, query::Asked, reading::reading, state::AppState};

/// One authorization. Patient, diagnoses, member number and notes are masked for some roles.
#[utoipa::path(get, path = "/v1/billing/prior-auth/{auth_id}", tag = "prior-auth",
    responses((status = 200, description = "The authorization", body = AuthorizationView)))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<PriorAuthId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let caller = asked.caller;
    let when = asked.when.of(Streams::of(*id));
    let reading = reading::<PriorAuths>(&state, caller.org, when).await?;
    let found = prior_auths::get(&reading.snapshot, *id).await?;
    reading.snapshot.close().await?;
    let found = found.ok_or_else(|| ApiError::refused(&PriorAuthError::Unknown))?;
    let view = opened(&state, &caller, std::slice::from_ref(&found)).await?;
    Ok(answer::of_version(reading.position, found.version, &view.first()))
}
