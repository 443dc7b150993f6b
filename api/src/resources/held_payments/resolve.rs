//! `POST /v1/admin/finance/held-payments/{payment_id}/apply`, `…/return`, `…/take-back`

use actix_web::{HttpResponse, web};
use ledger::{
    Refusal,
    invoice::{HandBackPayment, Invoice, InvoiceCommand, PaymentMethod, TakeOverPayment},
    store::account_id,
    subscription::{
        RegainHeldPayment, ReleaseHeldPayment, ReturnHeldPayment, Subscription,
        SubscriptionCommand, SubscriptionError, Whereabouts,
    },
    values::{Code, InvoiceId},
};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{HeldView, held, rendered};
use crate::{
    answer,
    body::{Fields, FromBody, code, day, one_of, uuid},
    error::ApiError,
    order::{Order, Plan},
    resources::{account::day_or_today, invoices::METHODS},
    state::AppState,
};

/// To which invoice it goes.
#[derive(Debug, ToSchema)]
pub(crate) struct ApplyBody {
    /// Which.
    invoice_id: Uuid,
    /// The day; today in the org's zone unless said otherwise.
    on: Option<Date>,
}

impl FromBody for ApplyBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let invoice_id = fields.required("invoice_id", uuid);
        let on = fields.optional("on", day);
        Some(Self { invoice_id: invoice_id?, on: on? })
    }
}

/// Why it moves.
#[derive(Debug, ToSchema)]
pub(crate) struct MoveBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "not_ours")]
    reason_code: Code,
    /// The day; today in the org's zone unless said otherwise.
    on: Option<Date>,
}

impl FromBody for MoveBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let on = fields.optional("on", day);
        Some(Self { reason_code: reason_code?, on: on? })
    }
}

/// Why it goes back to its payer, and how.
#[derive(Debug, ToSchema)]
pub(crate) struct SendBackBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "not_ours")]
    reason_code: Code,
    /// card, bank_transfer, check, cash or other; the way it came unless said otherwise.
    #[schema(value_type = Option<String>)]
    method: Option<PaymentMethod>,
    /// The day; today in the org's zone unless said otherwise.
    on: Option<Date>,
}

impl FromBody for SendBackBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let method = fields.optional("method", one_of(METHODS));
        let on = fields.optional("on", day);
        Some(Self { reason_code: reason_code?, method: method?, on: on? })
    }
}

/// Gives a held payment to an invoice: account and invoice in one append.
#[utoipa::path(post, path = "/v1/admin/finance/held-payments/{payment_id}/apply",
    tag = "payments", request_body = ApplyBody,
    responses((status = 200, description = "The payment, released", body = HeldView)))]
pub(crate) async fn apply(
    state: web::Data<AppState>,
    order: Order<ApplyBody>,
    payment_id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_apply(&state, &order, *payment_id).await?;
    answered(&state, &order, plan, *payment_id).await
}

pub(super) async fn plan_apply(
    state: &AppState,
    order: &Order<ApplyBody>,
    payment_id: Uuid,
) -> Result<Plan, ApiError> {
    let org = order.caller.org;
    let account = account_id(org);
    let to = InvoiceId::new(order.body.invoice_id);
    let on = day_or_today(state, org, order.body.on).await?;
    let release = ReleaseHeldPayment { payment_id, released_on: on, to: to.uuid() };
    Ok(Plan::one::<Subscription>(account, SubscriptionCommand::ReleaseHeldPayment(release))
        .then_from::<Invoice, Subscription>(to, account, move |account| {
        let held = account.held_payment(payment_id).map_err(boxed)?;
        Ok(InvoiceCommand::TakeOverPayment(TakeOverPayment {
            amount: held.amount,
            method: held.method,
            payment_id,
            received_on: held.received_on,
            taken_over_on: on,
        }))
    }))
}

/// Sends a held payment back to whom it came from.
#[utoipa::path(post, path = "/v1/admin/finance/held-payments/{payment_id}/return",
    tag = "payments", request_body = SendBackBody,
    responses((status = 200, description = "The payment, returned", body = HeldView)))]
pub(crate) async fn send_back(
    state: web::Data<AppState>,
    order: Order<SendBackBody>,
    payment_id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_send_back(&state, &order, *payment_id).await?;
    answered(&state, &order, plan, *payment_id).await
}

pub(super) async fn plan_send_back(
    state: &AppState,
    order: &Order<SendBackBody>,
    payment_id: Uuid,
) -> Result<Plan, ApiError> {
    let org = order.caller.org;
    let account = account_id(org);
    let returned_on = day_or_today(state, org, order.body.on).await?;
    let (reason_code, method) = (order.body.reason_code.clone(), order.body.method);
    let plan = Plan::on(account);
    Ok(plan.then_from::<Subscription, Subscription>(account, account, move |account| {
        let held = account.held_payment(payment_id).map_err(boxed)?;
        Ok(SubscriptionCommand::ReturnHeldPayment(ReturnHeldPayment {
            amount: held.amount,
            method: method.unwrap_or(held.method),
            payment_id,
            reason_code: reason_code.clone(),
            returned_on,
        }))
    }))
}

/// Takes a payment back from the invoice it was given to: it is held again.
#[utoipa::path(post, path = "/v1/admin/finance/held-payments/{payment_id}/take-back",
    tag = "payments", request_body = MoveBody,
    responses((status = 200, description = "The payment, held again", body = HeldView)))]
pub(crate) async fn take_back(
    state: web::Data<AppState>,
    order: Order<MoveBody>,
    payment_id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_take_back(&state, &order, *payment_id).await?;
    answered(&state, &order, plan, *payment_id).await
}

pub(super) async fn plan_take_back(
    state: &AppState,
    order: &Order<MoveBody>,
    payment_id: Uuid,
) -> Result<Plan, ApiError> {
    let org = order.caller.org;
    let account = account_id(org);
    let held = held(state, org, payment_id).await?;
    let from = match held.whereabouts {
        // Held again: this request may be the one that took it back.
        Whereabouts::Released { to: from } | Whereabouts::Held { regained_from: Some(from) } => {
            InvoiceId::new(from)
        }
        Whereabouts::Held { regained_from: None } | Whereabouts::Returned => {
            let refusal = SubscriptionError::PaymentNotReleased { payment_id };
            return Err(ApiError::refused(&refusal));
        }
    };
    let on = day_or_today(state, org, order.body.on).await?;
    let reason_code = order.body.reason_code.clone();
    let regain = RegainHeldPayment {
        amount: held.amount,
        from: from.uuid(),
        payment_id,
        reason_code: reason_code.clone(),
        regained_on: on,
    };
    let hand_back = HandBackPayment { handed_back_on: on, payment_id, reason_code };
    Ok(Plan::one::<Subscription>(account, SubscriptionCommand::RegainHeldPayment(regain))
        .then::<Invoice>(from, InvoiceCommand::HandBackPayment(hand_back)))
}

async fn answered<B>(
    state: &AppState,
    order: &Order<B>,
    plan: Plan,
    payment_id: Uuid,
) -> Result<HttpResponse, ApiError> {
    let (outcome, status, facts) = plan.carry_out(state, order).await?;
    let org = order.caller.org;
    answer::command(state, order, &outcome, status, facts, async |_| {
        rendered(state, org, payment_id).await
    })
    .await
}

fn boxed(error: SubscriptionError) -> Box<dyn Refusal> {
    Box::new(error)
}
