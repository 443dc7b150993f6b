//! `POST /v1/billing/account/trial`, `…/activate`

use actix_web::{HttpResponse, web::Data};
use ledger::{
    store::account_id,
    subscription::{Activate, StartTrial, SubscriptionCommand},
};
use time::Date;
use utoipa::ToSchema;

use super::{pause::answered, view::StatusView};
use crate::{
    body::{Fields, FromBody, NoBody, day},
    error::ApiError,
    order::Order,
    state::AppState,
};

/// How long to try.
#[derive(Debug, ToSchema)]
pub(crate) struct TrialBody {
    /// Last day of the trial.
    ends_on: Date,
}

impl FromBody for TrialBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { ends_on: fields.required("ends_on", day)? })
    }
}

/// Begins a trial, or moves its end.
#[utoipa::path(post, path = "/v1/billing/account/trial", tag = "account",
    request_body = TrialBody,
    responses((status = 200, description = "Where billing stands now", body = StatusView)))]
pub(crate) async fn trial(
    state: Data<AppState>,
    order: Order<TrialBody>,
) -> Result<HttpResponse, ApiError> {
    let command = SubscriptionCommand::StartTrial(StartTrial { ends_on: order.body.ends_on });
    let outcome = order.execute(&state, account_id(order.caller.org), command).await?;
    answered(&state, &order, &outcome).await
}

/// Makes billing active: ends a trial, clears past due.
#[utoipa::path(post, path = "/v1/billing/account/activate", tag = "account",
    responses((status = 200, description = "Where billing stands now", body = StatusView)))]
pub(crate) async fn activate(
    state: Data<AppState>,
    order: Order<NoBody>,
) -> Result<HttpResponse, ApiError> {
    let activated_at = order.context.occurred_at;
    let command = SubscriptionCommand::Activate(Activate { activated_at });
    let outcome = order.execute(&state, account_id(order.caller.org), command).await?;
    answered(&state, &order, &outcome).await
}
