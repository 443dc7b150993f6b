//! `POST /v1/founder-billing/statements/{id}/refunds` and `…/{refund_id}/settle`
//!
//! A claim that holds the money is told in the same append, as with payments.

use actix_web::{HttpResponse, http::StatusCode, web, web::Data};
use ledger::{
    patient_money::with_refund,
    statement::{Refund, SettleRefund, Statement, StatementCommand},
    values::{Code, StatementId},
};
use serde_json::json;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    orders::{answered, answered_as, known},
    view::StatementView,
};
use crate::{
    body::{Amount, Fields, FromBody, code, day, uuid},
    error::ApiError,
    order::Order,
    resources::account::day_or_today,
    state::AppState,
};

/// What goes back.
#[derive(Debug, ToSchema)]
pub(crate) struct StatementRefundBody {
    /// How much: not more than was paid too much, nor than is left of the payment.
    #[schema(value_type = f64)]
    amount: Amount,
    /// Of which payment.
    payment_id: Uuid,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "paid_twice")]
    reason_code: Code,
    /// The day; today unless said otherwise.
    created_on: Option<Date>,
    /// Names the refund; drawn unless given.
    refund_id: Option<Uuid>,
}

impl FromBody for StatementRefundBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let payment_id = fields.required("payment_id", uuid);
        let reason_code = fields.required("reason_code", code);
        let created_on = fields.optional("created_on", day);
        let refund_id = fields.optional("refund_id", uuid);
        Some(Self {
            amount: amount?,
            payment_id: payment_id?,
            reason_code: reason_code?,
            created_on: created_on?,
            refund_id: refund_id?,
        })
    }
}

/// Grants a refund of what the patient paid too much; it goes when it is settled.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/refunds",
    tag = "founder billing", request_body = StatementRefundBody,
    responses((status = 201, description = "The statement; `refund_id` names the refund",
        body = StatementView)))]
pub(crate) async fn create(
    state: Data<AppState>,
    order: Order<StatementRefundBody>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let id = *id;
    let (statement, currency) = known(&state, &order, id).await?;
    let refund_id = order.body.refund_id.unwrap_or_else(|| order.new_id("refund"));
    let refund = Refund {
        amount: order.body.amount.money(currency, "/amount")?,
        created_on: day_or_today(&state, order.caller.org, order.body.created_on).await?,
        payment_id: order.body.payment_id,
        reason_code: order.body.reason_code.clone(),
        refund_id,
    };
    let batch = order.batch_on(&state, id);
    let outcome = with_refund(batch, id, statement.claim_id(), refund).run().await?;
    let facts = json!({"refund_id": refund_id});
    answered_as(&state, &order, &outcome, id, (StatusCode::CREATED, facts)).await
}

/// When it went.
#[derive(Debug, ToSchema)]
pub(crate) struct SettleStatementRefundBody {
    /// The day; today unless said otherwise.
    settled_on: Option<Date>,
}

impl FromBody for SettleStatementRefundBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { settled_on: fields.optional("settled_on", day)? })
    }
}

/// Notes that a refund went.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/refunds/{refund_id}/settle",
    tag = "founder billing", request_body = SettleStatementRefundBody,
    responses((status = 200, description = "The statement", body = StatementView)))]
pub(crate) async fn settle(
    state: Data<AppState>,
    order: Order<SettleStatementRefundBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, refund_id) = path.into_inner();
    let id = StatementId::new(id);
    let settled_on = day_or_today(&state, order.caller.org, order.body.settled_on).await?;
    let given = StatementCommand::SettleRefund(SettleRefund { refund_id, settled_on });
    let outcome = order.execute::<Statement>(&state, id, given).await?;
    answered(&state, &order, &outcome, id).await
}
