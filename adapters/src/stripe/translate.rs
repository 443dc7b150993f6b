//! Events, told in the ledger's words.

use ledger::{
    ports::payments::{
        ChargeRefunded, Dispute, DisputeState, InvoiceMention, InvoicePaid, PaymentAttached,
        PaymentFailed, ProviderEvent, ProviderFact, Refund, RefundState, Unreadable,
    },
    values::OrgId,
};
use serde_json::Value;
use time::OffsetDateTime;

use super::{IdKind, is_valid_id, object::Object};

/// Metadata that we set on what we send to Stripe.
const ORG: &str = "daybook_org_id";
const INVOICE: &str = "daybook_invoice_id";
const BOOKING: &str = "daybook_booking_id";
const REFUND: &str = "daybook_refund_id";

pub(super) fn event(body: &[u8]) -> Result<ProviderEvent, Unreadable> {
    let value: Value = serde_json::from_slice(body).map_err(|_| Unreadable::NotJson)?;
    let envelope = Object(&value);
    let id = envelope.text("id").filter(|id| is_valid_id(IdKind::Event, id));
    let id = id.ok_or(Unreadable::Envelope { field: "id" })?;
    let event_type = envelope.text("type").filter(|name| is_type(name));
    let event_type = event_type.ok_or(Unreadable::Envelope { field: "type" })?;
    let object = envelope.at("data").at("object");
    // Old fixtures have no `created`; the object then says when.
    let created = envelope.amount("created").or_else(|| object.amount("created")).unwrap_or(0);
    let created_at = OffsetDateTime::from_unix_timestamp(created)
        .map_err(|_| Unreadable::Envelope { field: "created" })?;
    Ok(ProviderEvent {
        id: id.to_owned(),
        event_type: event_type.to_owned(),
        created_at,
        org: object.ours(ORG).map(OrgId),
        invoice_id: object.ours(INVOICE),
        booking_id: object.metadata(BOOKING).map(str::to_owned).filter(|id| id.len() <= 255),
        fact: fact(event_type, object).unwrap_or(ProviderFact::Ignored),
    })
}

/// `invoice.paid` and the like.
fn is_type(name: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte);
    (1..=100).contains(&name.len()) && name.bytes().all(allowed)
}

/// `None` where something that we cannot do without is missing.
fn fact(event_type: &str, object: Object<'_>) -> Option<ProviderFact> {
    match event_type {
        "invoice.finalized" | "invoice.sent" => invoice(object).map(ProviderFact::InvoiceLinked),
        // Both are sent for one payment; `invoice.paid` also when it was paid elsewhere.
        "invoice.paid" | "invoice.payment_succeeded" => paid(object).map(ProviderFact::InvoicePaid),
        "invoice_payment.paid" => attached(object).map(ProviderFact::PaymentAttached),
        "invoice.payment_failed" => failed(object).map(ProviderFact::PaymentFailed),
        // `charge.refund.updated` is the older name of `refund.updated`.
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            refund(object).map(ProviderFact::Refund)
        }
        "charge.refunded" => charge(object).map(ProviderFact::ChargeRefunded),
        "charge.dispute.created" => dispute(object, DisputeState::Opened),
        "charge.dispute.funds_withdrawn" => dispute(object, DisputeState::Withdrawn),
        "charge.dispute.funds_reinstated" => dispute(object, DisputeState::Reinstated),
        "charge.dispute.closed" => match object.text("status") {
            Some("won") => dispute(object, DisputeState::Won),
            Some("lost") => dispute(object, DisputeState::Lost),
            // An inquiry that ended moved no money (`warning_closed`, `prevented`).
            _ => None,
        },
        _ => None,
    }
}

fn invoice(object: Object<'_>) -> Option<InvoiceMention> {
    Some(InvoiceMention {
        invoice_id: object.ours(INVOICE),
        provider_invoice: object.id("id", IdKind::Invoice)?.to_owned(),
    })
}

fn paid(object: Object<'_>) -> Option<InvoicePaid> {
    let amount_minor = object.amount("amount_paid").filter(|amount| *amount >= 0)?;
    Some(InvoicePaid {
        amount_minor,
        currency: object.currency(),
        invoice: invoice(object)?,
        out_of_band: object.says_true("paid_out_of_band") || amount_minor == 0,
        payments: object.payments(),
    })
}

fn attached(object: Object<'_>) -> Option<PaymentAttached> {
    Some(PaymentAttached {
        amount_minor: object.amount("amount_paid").filter(|amount| *amount >= 0)?,
        currency: object.currency(),
        payments: object.at("payment").payments(),
        provider_invoice: object.id("invoice", IdKind::Invoice)?.to_owned(),
    })
}

fn failed(object: Object<'_>) -> Option<PaymentFailed> {
    let due = object.amount("amount_remaining").or_else(|| object.amount("amount_due"));
    Some(PaymentFailed {
        amount_minor: due.filter(|amount| *amount > 0)?,
        currency: object.currency(),
        invoice: invoice(object)?,
    })
}

fn refund(object: Object<'_>) -> Option<Refund> {
    let state = match object.text("status") {
        Some("succeeded") => RefundState::Succeeded,
        Some("failed" | "canceled") => RefundState::Failed,
        Some("pending" | "requires_action") | None => RefundState::Pending,
        Some(_) => return None,
    };
    Some(Refund {
        amount_minor: object.amount("amount").filter(|amount| *amount > 0)?,
        currency: object.currency(),
        payments: object.payments(),
        reason: object.text("reason").map(str::to_owned),
        refund: object.id("id", IdKind::Refund)?.to_owned(),
        refund_id: object.ours(REFUND),
        state,
    })
}

fn charge(object: Object<'_>) -> Option<ChargeRefunded> {
    let mut payments = object.payments();
    payments.extend(object.id("id", IdKind::Charge).map(str::to_owned));
    Some(ChargeRefunded {
        charged_minor: object.amount("amount").filter(|amount| *amount > 0)?,
        currency: object.currency(),
        payments,
    })
}

fn dispute(object: Object<'_>, state: DisputeState) -> Option<ProviderFact> {
    let (fee_minor, fee_returned_minor) = object.fees();
    Some(ProviderFact::Dispute(Dispute {
        amount_minor: object.amount("amount").filter(|amount| *amount > 0)?,
        currency: object.currency(),
        dispute: object.id("id", IdKind::Dispute)?.to_owned(),
        fee_minor,
        fee_returned_minor,
        payments: object.payments(),
        reason: object.text("reason").map(str::to_owned),
        state,
    }))
}
