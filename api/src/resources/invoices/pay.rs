//! `POST /v1/billing/invoices/{invoice_id}/payments` and `…/payments/{payment_id}/reverse`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{
        Invoice, InvoiceCommand, PaymentMethod, PaymentState, RecordPayment, ReversePayment,
    },
    store::{Outcome, account_id},
    subscription::{HoldPayment, Subscription, SubscriptionCommand},
    values::{Code, Currency, InvoiceId},
};
use serde_json::{Value, json};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    InvoiceView, answered, done,
    hold::{held, hold_reason},
};
use crate::{
    answer::command,
    body::{Amount, Fields, FromBody, code, currency, day, one_of, text, uuid},
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// How money that is entered by hand may have come.
pub(crate) const METHODS: &[(&str, PaymentMethod)] = &[
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
    fn is_foreign_to(&self, currency: Currency) -> bool {
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
    let plan = plan(&state, &order, *id).await?;
    let (outcome, status, facts) = plan.carry_out(&state, &order).await?;
    if status == StatusCode::ACCEPTED {
        return command(&state, &order, &outcome, status, facts, async |_| Ok(None)).await;
    }
    answered(&state, &order, &outcome, status, *id, facts).await
}

/// Records it; where it fits no invoice it is held instead.
pub(crate) async fn plan(
    state: &AppState,
    order: &Order<PayBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let account = account(state, order.caller.org).await?;
    let body = &order.body;
    let currency = body.currency.unwrap_or_else(|| account.currency());
    let amount = body.amount.money(currency, "/amount")?;
    let payment_id = body.payment_id.unwrap_or_else(|| order.new_id("payment"));
    let received_on = body.received_on.unwrap_or_else(|| account.today());
    let reference = match &body.reference {
        Some(reference) => Some(order.seal_own(state, "reference", reference).await?),
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
    let plan = Plan::one::<Invoice>(id, InvoiceCommand::RecordPayment(record))
        .saying_of(move |outcome| said(outcome, payment_id));
    if body.status != PaymentState::Succeeded {
        return Ok(plan);
    }
    let (org, method) = (order.caller.org, body.method);
    let foreign = body.is_foreign_to(account.currency());
    Ok(plan.or_instead(move |refusal| {
        let reason = hold_reason(refusal, foreign)?;
        let invoice_id = Some(id.uuid());
        let held = HoldPayment { amount, invoice_id, method, payment_id, reason, received_on };
        let hold = SubscriptionCommand::HoldPayment(held);
        let plan = Plan::one::<Subscription>(account_id(org), hold);
        Some(plan.saying_of(move |outcome| said(outcome, payment_id)))
    }))
}

/// Recorded, or held: now, or when this request came first.
fn said(outcome: &Outcome, payment_id: Uuid) -> (StatusCode, Value) {
    match held(outcome) {
        Some(held) => (StatusCode::ACCEPTED, held),
        None => (StatusCode::CREATED, json!({"payment_id": payment_id})),
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
    let plan = plan_reversal(&state, &order, id, payment_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_reversal(
    state: &AppState,
    order: &Order<ReverseBody>,
    id: InvoiceId,
    payment_id: Uuid,
) -> Result<Plan, ApiError> {
    let reversed_on = match order.body.reversed_on {
        Some(day) => day,
        None => account(state, order.caller.org).await?.today(),
    };
    let reason_code = order.body.reason_code.clone();
    let reverse = ReversePayment { payment_id, reason_code, reversed_on };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::ReversePayment(reverse)))
}
