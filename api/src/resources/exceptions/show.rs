//! `GET /v1/admin/finance/exceptions/{exception_id}`

use actix_web::{HttpResponse, web};
use ledger::values::ExceptionId;

use super::view::{ExceptionView, one};
use crate::{
    answer::of_version, error::ApiError, query::Asked, resources::account::account_when,
    state::AppState,
};

/// One thing that does not fit, with what both sides say.
#[utoipa::path(get, path = "/v1/admin/finance/exceptions/{exception_id}", tag = "reconcile",
    responses((status = 200, description = "The exception", body = ExceptionView)))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<ExceptionId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let today = account_when(&state, asked.caller.org, asked.when).await?.today();
    let (view, position) = one(&state, &asked.caller, *id, today, asked.when).await?;
    Ok(of_version(position, view.version, &view))
}
