//! Money that fits no invoice is kept on the account, never dropped (contract S1.11).

use actix_web::{HttpResponse, http::StatusCode};
use ledger::{
    invoice::Invoice,
    recorded::LedgerEvent,
    store::{Outcome, account_id},
    subscription::{HoldPayment, HoldReason, SubscriptionCommand, SubscriptionEvent},
    values::InvoiceId,
};
use serde_json::json;

use super::pay::PayBody;
use crate::{
    answer::command, error::ApiError, order::Order, resources::account::Account, state::AppState,
};

/// Whether a refused payment is an exception to keep. A draft is not: it only wants issuing.
pub(super) async fn hold_reason(
    state: &AppState,
    account: &Account,
    order: &Order<PayBody>,
    id: InvoiceId,
    code: &str,
) -> Result<Option<HoldReason>, ApiError> {
    match code {
        "invoice.unknown" => Ok(Some(HoldReason::UnknownInvoice)),
        "invoice.currency_mismatch" if order.body.is_foreign_to(account.currency()) => {
            Ok(Some(HoldReason::CurrencyMismatch))
        }
        "invoice.not_open" => {
            let (invoice, _) = state.ledger.load::<Invoice>(order.caller.org, id).await?;
            Ok((!invoice.is_draft()).then_some(HoldReason::InvoiceNotOpen))
        }
        _ => Ok(None),
    }
}

/// Holds a payment.
pub(super) async fn hold(
    state: &AppState,
    order: &Order<PayBody>,
    held: HoldPayment,
) -> Result<HttpResponse, ApiError> {
    let command = SubscriptionCommand::HoldPayment(held.clone());
    let outcome = order.batch(state).then(account_id(order.caller.org), command).run().await?;
    say_held(state, order, &outcome, &held).await
}

/// The payment that an earlier command of this id held, if it did.
pub(super) fn held_before(outcome: &Outcome) -> Option<HoldPayment> {
    outcome.decided.iter().find_map(|event| match event {
        LedgerEvent::Subscription(SubscriptionEvent::PaymentHeld(held)) => Some(HoldPayment {
            amount: held.amount,
            invoice_id: held.invoice_id,
            method: held.method,
            payment_id: held.payment_id,
            reason: held.reason,
            received_on: held.received_on,
        }),
        _ => None,
    })
}

/// Answers that a payment is held.
pub(super) async fn say_held(
    state: &AppState,
    order: &Order<PayBody>,
    outcome: &Outcome,
    held: &HoldPayment,
) -> Result<HttpResponse, ApiError> {
    let word = match held.reason {
        HoldReason::CurrencyMismatch => "currency_mismatch",
        HoldReason::InvoiceNotOpen => "invoice_not_open",
        HoldReason::UnknownInvoice => "unknown_invoice",
    };
    let facts = json!({
        "payment_id": held.payment_id,
        "status": "held",
        "reason": word,
        "invoice_id": held.invoice_id,
        "amount": held.amount.to_string(),
        "currency": held.amount.currency().to_string(),
    });
    command(state, order, outcome, StatusCode::ACCEPTED, facts, async |_| Ok(None)).await
}
