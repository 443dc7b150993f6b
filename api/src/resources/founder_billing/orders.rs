//! The founder's orders: `POST /v1/founder-billing/statements/{id}/override` and `…/void`

use actix_web::{HttpResponse, http::StatusCode, web, web::Data};
use ledger::{
    patient_money::under_settings,
    statement::{Authority, Override, Statement, StatementCommand, StatementError, Void},
    store::Outcome,
    values::{Code, Currency, StatementId},
};
use serde_json::Value;
use utoipa::ToSchema;

use super::view::{StatementView, one};
use crate::{
    answer::{self, command},
    body::{Fields, FromBody, code, text},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

/// Gives an order under the settings in force.
pub(super) async fn give<B>(
    state: &AppState,
    order: &Order<B>,
    id: StatementId,
    given: StatementCommand,
) -> Result<Outcome, ApiError> {
    Ok(under_settings(order.batch_on(state, id), id, given).run().await?)
}

/// A statement as it stands, with its currency.
pub(super) async fn known<B>(
    state: &AppState,
    order: &Order<B>,
    id: StatementId,
) -> Result<(Statement, Currency), ApiError> {
    let (statement, _) = state.ledger.load::<Statement>(order.caller.org, id).await?;
    let currency = statement.figures().map(|figures| figures.balance_due.currency());
    let currency = currency.ok_or_else(|| ApiError::refused(&StatementError::Unknown))?;
    Ok((statement, currency))
}

/// Answers with the statement.
pub(super) async fn answered<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &Outcome,
    id: StatementId,
) -> Result<HttpResponse, ApiError> {
    answered_as(state, order, outcome, id, (StatusCode::OK, Value::Null)).await
}

/// Answers with the statement, this status, and what else there is to say.
pub(super) async fn answered_as<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &Outcome,
    id: StatementId,
    (status, facts): (StatusCode, Value),
) -> Result<HttpResponse, ApiError> {
    command(state, order, outcome, status, facts, async |reached| {
        let (view, _) = one(state, &order.caller, id, Some(reached.position)).await?;
        Ok(Some(answer::value(&view)?))
    })
    .await
}

/// Why the founder takes it over.
#[derive(Debug, ToSchema)]
pub(crate) struct OverrideBody {
    /// At most 1000 characters; kept sealed.
    #[schema(example = "Patient called, negotiated settlement")]
    reason: String,
}

impl FromBody for OverrideBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason: fields.required("reason", text(1000))? })
    }
}

/// Takes a statement over from the agent; what happened so far stays.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/override",
    tag = "founder billing", request_body = OverrideBody,
    responses((status = 200, description = "The statement", body = StatementView)))]
pub(crate) async fn take_over(
    state: Data<AppState>,
    order: Order<OverrideBody>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let overridden_on = account(&state, order.caller.org).await?.today();
    let reason = order.seal_own(&state, "reason", &order.body.reason).await?;
    let by = Authority::founder();
    let given = StatementCommand::Override(Override { by, overridden_on, reason });
    let outcome = give(&state, &order, *id, given).await?;
    answered(&state, &order, &outcome, *id).await
}

/// Why it is taken back.
#[derive(Debug, ToSchema)]
pub(crate) struct VoidStatementBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "billed_in_error")]
    reason_code: Code,
}

impl FromBody for VoidStatementBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.required("reason_code", code)? })
    }
}

/// Takes a statement back for good.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/void",
    tag = "founder billing", request_body = VoidStatementBody,
    responses((status = 200, description = "The statement", body = StatementView)))]
pub(crate) async fn void(
    state: Data<AppState>,
    order: Order<VoidStatementBody>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let voided_on = account(&state, order.caller.org).await?.today();
    let (by, reason_code) = (Authority::founder(), order.body.reason_code.clone());
    let given = StatementCommand::Void(Void { by, reason_code, voided_on });
    let outcome = give(&state, &order, *id, given).await?;
    answered(&state, &order, &outcome, *id).await
}
