//! `POST /v1/founder-billing/statements/{id}/payments` and `…/{payment_id}/reverse`
//!
//! A claim that holds the money is told in the same append, so that both say the same at every
//! position.

use actix_web::{HttpResponse, http::StatusCode, web, web::Data};
use ledger::{
    invoice::PaymentMethod,
    patient_money::{with_payment, with_reversal},
    statement::{RecordPayment, ReversePayment},
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
    body::{Amount, Fields, FromBody, code, day, one_of, text, uuid},
    error::ApiError,
    order::Order,
    resources::account::day_or_today,
    state::AppState,
};

const METHODS: &[(&str, PaymentMethod)] = &[
    ("card", PaymentMethod::Card),
    ("bank_transfer", PaymentMethod::BankTransfer),
    ("check", PaymentMethod::Check),
    ("cash", PaymentMethod::Cash),
    ("other", PaymentMethod::Other),
];

/// Money of the patient.
#[derive(Debug, ToSchema)]
pub(crate) struct StatementPaymentBody {
    /// How much: not more than is due.
    #[schema(value_type = f64)]
    amount: Amount,
    /// card, bank_transfer, check, cash or other (unless said otherwise).
    #[schema(value_type = Option<String>)]
    method: PaymentMethod,
    /// The day; today unless said otherwise.
    received_on: Option<Date>,
    /// Cheque number or the like, at most 255 characters; kept sealed.
    reference: Option<String>,
    /// Names the payment; drawn unless given.
    payment_id: Option<Uuid>,
}

impl FromBody for StatementPaymentBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let method = fields.or("method", PaymentMethod::Other, one_of(METHODS));
        let received_on = fields.optional("received_on", day);
        let reference = fields.optional("reference", text(255));
        let payment_id = fields.optional("payment_id", uuid);
        Some(Self {
            amount: amount?,
            method: method?,
            received_on: received_on?,
            reference: reference?,
            payment_id: payment_id?,
        })
    }
}

/// Takes in a payment of the patient.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/payments",
    tag = "founder billing", request_body = StatementPaymentBody,
    responses((status = 201, description = "The statement; `payment_id` names the payment",
        body = StatementView)))]
pub(crate) async fn record(
    state: Data<AppState>,
    order: Order<StatementPaymentBody>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let id = *id;
    let (statement, currency) = known(&state, &order, id).await?;
    let amount = order.body.amount.money(currency, "/amount")?;
    let payment_id = order.body.payment_id.unwrap_or_else(|| order.new_id("payment"));
    let received_on = day_or_today(&state, order.caller.org, order.body.received_on).await?;
    let reference = match &order.body.reference {
        Some(reference) => Some(order.seal_own(&state, "reference", reference).await?),
        None => None,
    };
    let method = order.body.method;
    let payment = RecordPayment { amount, method, payment_id, received_on, reference };
    let batch = order.batch_on(&state, id);
    let outcome = with_payment(batch, id, statement.claim_id(), payment).run().await?;
    let facts = json!({"payment_id": payment_id});
    answered_as(&state, &order, &outcome, id, (StatusCode::CREATED, facts)).await
}

/// Why it went back.
#[derive(Debug, ToSchema)]
pub(crate) struct ReversePaymentBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "bounced")]
    reason_code: Code,
    /// The day; today unless said otherwise.
    reversed_on: Option<Date>,
}

impl FromBody for ReversePaymentBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let reversed_on = fields.optional("reversed_on", day);
        Some(Self { reason_code: reason_code?, reversed_on: reversed_on? })
    }
}

/// Takes a payment off again that went back.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/payments/{payment_id}/reverse",
    tag = "founder billing", request_body = ReversePaymentBody,
    responses((status = 200, description = "The statement", body = StatementView)))]
pub(crate) async fn reverse(
    state: Data<AppState>,
    order: Order<ReversePaymentBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, payment_id) = path.into_inner();
    let id = StatementId::new(id);
    let (statement, _) = known(&state, &order, id).await?;
    let reversed_on = day_or_today(&state, order.caller.org, order.body.reversed_on).await?;
    let reason_code = order.body.reason_code.clone();
    let reversal = ReversePayment { payment_id, reason_code, reversed_on };
    let batch = order.batch_on(&state, id);
    let outcome = with_reversal(batch, id, statement.claim_id(), reversal).run().await?;
    answered(&state, &order, &outcome, id).await
}
