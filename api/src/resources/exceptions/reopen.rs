//! `POST /v1/admin/finance/exceptions/{exception_id}/reopen`

use actix_web::{HttpResponse, web};
use ledger::{
    exception::{ExceptionCommand, Reopen},
    values::{Code, ExceptionId},
};
use utoipa::ToSchema;

use super::view::{ExceptionView, give};
use crate::{
    body::{Fields, FromBody, code},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

/// Why it is not settled after all.
#[derive(Debug, ToSchema)]
#[schema(as = ReopenExceptionBody)]
pub(crate) struct ReopenBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "not_settled")]
    reason_code: Code,
}

impl FromBody for ReopenBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.required("reason_code", code)? })
    }
}

/// Opens it again.
#[utoipa::path(post, path = "/v1/admin/finance/exceptions/{exception_id}/reopen",
    tag = "reconcile", request_body = ReopenBody,
    responses((status = 200, description = "The exception", body = ExceptionView)))]
pub(crate) async fn reopen(
    state: web::Data<AppState>,
    order: Order<ReopenBody>,
    id: web::Path<ExceptionId>,
) -> Result<HttpResponse, ApiError> {
    let today = account(&state, order.caller.org).await?.today();
    let reopen = Reopen { reason_code: order.body.reason_code.clone(), reopened_on: today };
    give(&state, &order, *id, today, ExceptionCommand::Reopen(reopen)).await
}
