//! `POST /v1/billing/facesheet/{request_id}/cancel`

use actix_web::{HttpResponse, web};
use ledger::{
    facesheet::{Cancel, FacesheetCommand},
    values::{Code, FacesheetId},
};
use utoipa::ToSchema;

use super::view::{FacesheetView, give};
use crate::{
    body::{Fields, FromBody, code},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

/// Why it is not needed any more.
#[derive(Debug, ToSchema)]
pub(crate) struct CancelFacesheetBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "found_elsewhere")]
    reason_code: Code,
}

impl FromBody for CancelFacesheetBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.required("reason_code", code)? })
    }
}

/// Withdraws an open request.
#[utoipa::path(post, path = "/v1/billing/facesheet/{request_id}/cancel", tag = "facesheets",
    request_body = CancelFacesheetBody,
    responses((status = 200, description = "The request", body = FacesheetView)))]
pub(crate) async fn cancel(
    state: web::Data<AppState>,
    order: Order<CancelFacesheetBody>,
    id: web::Path<FacesheetId>,
) -> Result<HttpResponse, ApiError> {
    let canceled_on = account(&state, order.caller.org).await?.today();
    let cancel = Cancel { canceled_on, reason_code: order.body.reason_code.clone() };
    give(&state, &order, *id, FacesheetCommand::Cancel(cancel)).await
}
