//! `POST /v1/billing/account/cancel`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    store::account_id,
    subscription::{Cancel, SubscriptionCommand},
    values::Code,
};
use serde_json::Value;
use utoipa::ToSchema;

use super::{load::account, unearned::credit_unearned, view::StatusView};
use crate::{
    answer,
    body::{Fields, FromBody, boolean, code},
    error::ApiError,
    order::Order,
    state::AppState,
};

/// Why it ends.
#[derive(Debug, ToSchema)]
#[schema(as = CancelAccountBody)]
pub(crate) struct CancelBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64)]
    reason_code: Code,
    /// Credit what was billed ahead and is not earned by the last day; false unless said.
    #[schema(value_type = Option<bool>)]
    credit_unearned: bool,
}

impl FromBody for CancelBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let credit_unearned = fields.or("credit_unearned", false, boolean);
        Some(Self { reason_code: reason_code?, credit_unearned: credit_unearned? })
    }
}

/// Cancels the account for good. With `credit_unearned`, revenue is earned through the last day of
/// service, and a credit note of its own takes back the rest of each invoice: `unearned` tells.
#[utoipa::path(post, path = "/v1/billing/account/cancel", tag = "account",
    request_body = CancelBody,
    responses((status = 200, description = "Where billing stands now", body = StatusView)))]
pub(crate) async fn cancel(
    state: Data<AppState>,
    order: Order<CancelBody>,
) -> Result<HttpResponse, ApiError> {
    let canceled_at = order.context.occurred_at;
    let reason_code = order.body.reason_code.clone();
    let command =
        SubscriptionCommand::Cancel(Cancel { canceled_at, reason_code: reason_code.clone() });
    let mut outcome = order.execute(&state, account_id(order.caller.org), command).await?;
    let mut facts = Value::Null;
    if order.body.credit_unearned {
        facts = credit_unearned(&state, &order, &mut outcome, reason_code).await?;
    }
    let caller = order.caller;
    answer::command(&state, &order, &outcome, StatusCode::OK, facts, async |_| {
        let account = account(&state, caller.org).await?;
        let view = StatusView::of(&state, &caller, &account).await?;
        answer::value(&view).map(Some)
    })
    .await
}
