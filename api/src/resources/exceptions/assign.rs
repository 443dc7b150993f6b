//! `POST /v1/admin/finance/exceptions/{exception_id}/assign`

use actix_web::{HttpResponse, web};
use ledger::{
    exception::{Assign, ExceptionCommand},
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

/// Who is to own it.
#[derive(Debug, ToSchema)]
pub(crate) struct AssignBody {
    /// A desk, never a person's name: at most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "treasury")]
    owner: Code,
}

impl FromBody for AssignBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { owner: fields.required("owner", code)? })
    }
}

/// Gives it to a desk.
#[utoipa::path(post, path = "/v1/admin/finance/exceptions/{exception_id}/assign",
    tag = "reconcile", request_body = AssignBody,
    responses((status = 200, description = "The exception", body = ExceptionView)))]
pub(crate) async fn assign(
    state: web::Data<AppState>,
    order: Order<AssignBody>,
    id: web::Path<ExceptionId>,
) -> Result<HttpResponse, ApiError> {
    let today = account(&state, order.caller.org).await?.today();
    let assign = Assign { assigned_on: today, owner: order.body.owner.clone() };
    give(&state, &order, *id, today, ExceptionCommand::Assign(assign)).await
}
