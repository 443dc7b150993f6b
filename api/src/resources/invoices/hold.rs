//! Money that fits no invoice is kept on the account, never dropped (contract S1.11).

use ledger::{
    Refusal,
    recorded::LedgerEvent,
    store::Outcome,
    subscription::{HoldReason, SubscriptionEvent},
};
use serde_json::{Value, json};

/// Whether a refused payment is an exception to keep: `foreign` says that it names another
/// currency than the account's. A draft is none: it only wants issuing.
pub(super) fn hold_reason(refusal: &dyn Refusal, foreign: bool) -> Option<HoldReason> {
    match refusal.code() {
        "invoice.unknown" => Some(HoldReason::UnknownInvoice),
        "invoice.currency_mismatch" if foreign => Some(HoldReason::CurrencyMismatch),
        "invoice.not_open" if refusal.details()["status"] != "draft" => {
            Some(HoldReason::InvoiceNotOpen)
        }
        _ => None,
    }
}

/// The payment that a command held, if it did, as it is answered.
pub(super) fn held(outcome: &Outcome) -> Option<Value> {
    let held = outcome.decided.iter().find_map(|event| match event {
        LedgerEvent::Subscription(SubscriptionEvent::PaymentHeld(held)) => Some(held),
        _ => None,
    })?;
    Some(json!({
        "payment_id": held.payment_id,
        "status": "held",
        "reason": word(held.reason),
        "invoice_id": held.invoice_id,
        "amount": held.amount.to_string(),
        "currency": held.amount.currency().to_string(),
    }))
}

/// What a reason is called.
pub(crate) fn word(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::CurrencyMismatch => "currency_mismatch",
        HoldReason::InvoiceNotOpen => "invoice_not_open",
        HoldReason::UnknownInvoice => "unknown_invoice",
    }
}
