//! `POST /v1/billing/invoices/{invoice_id}/payments` and `…/payments/{payment_id}/reverse`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{
        Invoice, InvoiceCommand, PaymentMethod, PaymentState, RecordPayment, ReversePayment,
    },
    store::ExecuteError,
    subscription::HoldPayment,
    values::{Code, Currency, InvoiceId},
};
use serde_json::{Value, json};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    InvoiceView, answered,
    hold::{held_before, hold, hold_reason, say_held},
};
use crate::{
    body::{Amount, FieldError, Fields, FromBody, code, currency, day, one_of, text, uuid},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

const METHODS: &[(&str, PaymentMethod)] = &[
    ("card", PaymentMethod::Card),
    ("bank_transfer", PaymentMethod::BankTransfer),
    ("check", PaymentMethod::Check),
    ("cheque", PaymentMethod::Check),
    ("cash", PaymentMethod::Cash),
    ("other", PaymentMethod::Other),
];

const STATES: &[(&str, PaymentState)] = &[
    ("pending", PaymentState::Pending),
    ("succeeded", PaymentState::Succeeded),
    ("failed", PaymentState::Failed),
];

/// A payment that came, is on its way, or did not arrive.
#[derive(Debug, ToSchema)]
pub(crate) struct PayBody {
    /// How much: a decimal string, or a number with at most the currency's decimal places.
    #[schema(value_type = String, example = "100.00")]
    amount: Amount,
    /// The account's currency unless said otherwise.
    #[schema(value_type = Option<String>)]
    currency: Option<Currency>,
    /// card, bank_transfer, check, cash or other (unless said otherwise).
    #[schema(value_type = Option<String>)]
    method: PaymentMethod,
    /// pending, succeeded (unless said otherwise) or failed.
    #[schema(value_type = Option<String>)]
    status: PaymentState,
    /// Names a payment that was recorded as pending or failed and is news now.
    payment_id: Option<Uuid>,
    /// The day; today in the org's zone unless said otherwise.
    received_on: Option<Date>,
    /// Cheque number and the like, at most 255 characters; kept sealed.
    reference: Option<String>,
    /// Why it failed.
    #[schema(value_type = Option<String>)]
    reason_code: Option<Code>,
}

impl FromBody for PayBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let currency = fields.optional("currency", currency);
        let method = fields.or("method", PaymentMethod::Other, one_of(METHODS));
        let status = fields.or("status", PaymentState::Succeeded, one_of(STATES));
        let payment_id = fields.optional("payment_id", uuid);
        let received_on = fields.optional("received_on", day);
        let reference = fields.optional("reference", text(255));
        let reason_code = fields.optional("reason_code", code);
        Some(Self {
            amount: amount?,
            currency: currency?,
            method: method?,
            status: status?,
            payment_id: payment_id?,
            received_on: received_on?,
            reference: reference?,
            reason_code: reason_code?,
        })
    }
}

impl PayBody {
    /// Whether it names another currency than this one.
    pub(super) fn is_foreign_to(&self, currency: Currency) -> bool {
        self.currency.is_some_and(|given| given != currency)
    }
}

/// Why it went back.
#[derive(Debug, ToSchema)]
pub(crate) struct ReverseBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "returned_check")]
    reason_code: Code,
    /// The day; today in the org's zone unless said otherwise.
    reversed_on: Option<Date>,
}

impl FromBody for ReverseBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let reversed_on = fields.optional("reversed_on", day);
        Some(Self { reason_code: reason_code?, reversed_on: reversed_on? })
    }
}

/// Records a payment. What is above the balance becomes unapplied credit. Money in another
/// currency, or for a void or unknown invoice, is held on the account as an exception that
/// reconcile shows: then the answer is 202.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/payments", tag = "payments",
    request_body = PayBody,
    responses(
        (status = 201, description = "The invoice; `payment_id` names the payment",
            body = InvoiceView),
        (status = 202, description = "The payment fits no invoice and is held", body = Object),
    ))]
pub(crate) async fn pay(
    state: web::Data<AppState>,
    order: Order<PayBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let account = account(&state, order.caller.org).await?;
    let body = &order.body;
    let currency = body.currency.unwrap_or_else(|| account.currency());
    let amount = body.amount.in_currency(currency).map_err(|detail| {
        let pointer = "/amount".to_owned();
        ApiError::InvalidBody(vec![FieldError { pointer, code: "invalid", detail }])
    })?;
    let payment_id = body.payment_id.unwrap_or_else(|| order.new_id("payment"));
    let received_on = body.received_on.unwrap_or_else(|| account.today());
    let reference = match &body.reference {
        Some(reference) => Some(order.seal_own(&state, "reference", reference).await?),
        None => None,
    };
    let record = RecordPayment {
        amount,
        method: body.method,
        payment_id,
        reason_code: body.reason_code.clone(),
        received_on,
        reference,
        state: body.status,
    };
    let batch = order.batch_on(&state, *id);
    let recorded = batch.then::<Invoice>(*id, InvoiceCommand::RecordPayment(record)).run().await;
    let facts = json!({"payment_id": payment_id});
    match recorded {
        Ok(outcome) => match held_before(&outcome) {
            // The same request again, whose money was held the first time.
            Some(held) => say_held(&state, &order, &outcome, &held).await,
            None => answered(&state, &order, &outcome, StatusCode::CREATED, *id, facts).await,
        },
        Err(ExecuteError::Refused(refusal)) if body.status == PaymentState::Succeeded => {
            let reason = hold_reason(&state, &account, &order, *id, refusal.code()).await?;
            let Some(reason) = reason else { return Err(ApiError::refused(refusal.as_ref())) };
            let held = HoldPayment {
                amount,
                invoice_id: Some(id.uuid()),
                method: body.method,
                payment_id,
                reason,
                received_on,
            };
            hold(&state, &order, held).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Says that money which had arrived went back. The status stays until somebody reconciles.
#[utoipa::path(post,
    path = "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/reverse", tag = "payments",
    request_body = ReverseBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn reverse(
    state: web::Data<AppState>,
    order: Order<ReverseBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, payment_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let reversed_on = match order.body.reversed_on {
        Some(day) => day,
        None => account(&state, order.caller.org).await?.today(),
    };
    let reason_code = order.body.reason_code.clone();
    let command =
        InvoiceCommand::ReversePayment(ReversePayment { payment_id, reason_code, reversed_on });
    let outcome = order.execute::<Invoice>(&state, id, command).await?;
    answered(&state, &order, &outcome, StatusCode::OK, id, Value::Null).await
}
