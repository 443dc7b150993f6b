//! `POST /v1/billing/pause` and `…/resume`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    store::{Outcome, account_id},
    subscription::{Pause, Resume, SubscriptionCommand},
    values::Code,
};
use serde_json::Value;
use utoipa::ToSchema;

use super::{account, view::StatusView};
use crate::{
    answer,
    body::{Fields, FromBody, code},
    error::ApiError,
    order::Order,
    state::AppState,
};

/// Why billing is paused.
#[derive(Debug, ToSchema)]
pub(crate) struct PauseBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "customer_request")]
    reason_code: Code,
}

impl FromBody for PauseBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.required("reason_code", code)? })
    }
}

/// Why billing is resumed.
#[derive(Debug, ToSchema)]
pub(crate) struct ResumeBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = Option<String>, max_length = 64, example = "back_in_business")]
    reason_code: Option<Code>,
}

impl FromBody for ResumeBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.optional("reason_code", code)? })
    }
}

/// Pauses billing; plan, prices and limits stay.
#[utoipa::path(post, path = "/v1/billing/pause", tag = "account", request_body = PauseBody,
    responses((status = 200, description = "Where billing stands now", body = StatusView)))]
pub(crate) async fn pause(
    state: Data<AppState>,
    order: Order<PauseBody>,
) -> Result<HttpResponse, ApiError> {
    let paused_at = order.context.occurred_at;
    let reason_code = order.body.reason_code.clone();
    let command = SubscriptionCommand::Pause(Pause { paused_at, reason_code });
    let outcome = order.execute(&state, account_id(order.caller.org), command).await?;
    answered(&state, &order, &outcome).await
}

/// Resumes billing.
#[utoipa::path(post, path = "/v1/billing/resume", tag = "account", request_body = ResumeBody,
    responses((status = 200, description = "Where billing stands now", body = StatusView)))]
pub(crate) async fn resume(
    state: Data<AppState>,
    order: Order<ResumeBody>,
) -> Result<HttpResponse, ApiError> {
    let resumed_at = order.context.occurred_at;
    let reason_code = order.body.reason_code.clone();
    let command = SubscriptionCommand::Resume(Resume { reason_code, resumed_at });
    let outcome = order.execute(&state, account_id(order.caller.org), command).await?;
    answered(&state, &order, &outcome).await
}

/// Answers with where billing stands.
pub(super) async fn answered<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &Outcome,
) -> Result<HttpResponse, ApiError> {
    let caller = order.caller;
    answer::command(state, order, outcome, StatusCode::OK, Value::Null, async |_| {
        let account = account(state, caller.org).await?;
        let view = StatusView::of(state, &caller, &account).await?;
        answer::value(&view).map(Some)
    })
    .await
}
