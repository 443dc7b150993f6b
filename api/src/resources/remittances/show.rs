//! `GET /v1/billing/remittances/{remittance_id}`

use actix_web::{HttpResponse, web};
use ledger::values::RemittanceId;

use super::view::{RemittanceDetail, remittance_at};
use crate::{answer::of_version, error::ApiError, query::Asked, state::AppState};

/// One payment of a payer, with what has become of each claim of it.
#[utoipa::path(get, path = "/v1/billing/remittances/{remittance_id}", tag = "remittances",
    responses((status = 200, description = "The payment", body = RemittanceDetail)))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<RemittanceId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let org = asked.caller.org;
    let (view, version, position) = remittance_at(&state, org, *id, asked.when).await?;
    Ok(of_version(position, version, &view))
}
