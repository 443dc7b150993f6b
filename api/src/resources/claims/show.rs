//! `GET /v1/billing/claims/{claim_id}`

use actix_web::{HttpResponse, web};
use ledger::values::ClaimId;

use super::{parts::ClaimDetail, render::claim_at};
use crate::{answer::of_version, error::ApiError, query::Asked, state::AppState};

/// One claim with its lines, submissions, answers and decisions. Patients, diagnoses and member
/// numbers are masked for viewers, auditors and integrations.
#[utoipa::path(get, path = "/v1/billing/claims/{claim_id}", tag = "claims",
    responses((status = 200, description = "The claim", body = ClaimDetail)))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let found = claim_at(&state, &asked.caller, *id, asked.when).await?;
    let (view, version, position) = found;
    Ok(of_version(position, version, &view))
}
