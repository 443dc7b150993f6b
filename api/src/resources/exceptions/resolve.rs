//! `POST /v1/admin/finance/exceptions/{exception_id}/resolve`

use actix_web::{HttpResponse, web};
use ledger::{
    exception::{ExceptionCommand, Resolution, Resolve},
    values::{Code, ExceptionId},
};
use utoipa::ToSchema;

use super::view::{ExceptionView, give};
use crate::{
    body::{Fields, FromBody, code, one_of, text},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

/// What a person may say; `cleared` is the runs' own.
const RESOLUTIONS: &[(&str, Resolution)] = &[
    ("accepted", Resolution::Accepted),
    ("corrected", Resolution::Corrected),
    ("not_ours", Resolution::NotOurs),
    ("provider_error", Resolution::ProviderError),
];

/// How it was settled.
#[derive(Debug, ToSchema)]
pub(crate) struct ResolveBody {
    /// accepted and not_ours are not raised again at these figures; corrected and provider_error
    /// come back when they are found again.
    #[schema(value_type = String, example = "corrected")]
    resolution: Resolution,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "refund_recorded")]
    reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    note: Option<String>,
}

impl FromBody for ResolveBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let resolution = fields.required("resolution", one_of(RESOLUTIONS));
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        Some(Self { resolution: resolution?, reason_code: reason_code?, note: note? })
    }
}

/// Says how it was settled, and why.
#[utoipa::path(post, path = "/v1/admin/finance/exceptions/{exception_id}/resolve",
    tag = "reconcile", request_body = ResolveBody,
    responses((status = 200, description = "The exception", body = ExceptionView)))]
pub(crate) async fn resolve(
    state: web::Data<AppState>,
    order: Order<ResolveBody>,
    id: web::Path<ExceptionId>,
) -> Result<HttpResponse, ApiError> {
    let today = account(&state, order.caller.org).await?.today();
    let note = match &order.body.note {
        Some(note) => Some(order.seal_own(&state, "note", note).await?),
        None => None,
    };
    let resolve = Resolve {
        note,
        reason_code: order.body.reason_code.clone(),
        resolution: order.body.resolution,
        resolved_on: today,
    };
    give(&state, &order, *id, today, ExceptionCommand::Resolve(resolve)).await
}
