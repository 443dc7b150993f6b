//! What each event means for the comparison of status and money.

use ledger::{
    invoice::{Imported, InvoiceEvent, Status},
    recorded::Recorded,
    subscription::{HoldReason, PaymentHeld, SubscriptionEvent},
    values::Money,
};
use time::Date;
use uuid::Uuid;

use super::{Kind, Mismatch, Row, projector::Change};
use crate::engine::Word;

/// What an invoice's event changes in its row.
pub(super) fn of_invoice(event: &Recorded, happened: &InvoiceEvent) -> Option<Change> {
    Some(match happened {
        InvoiceEvent::Issued(issued) => Change::Issued {
            invoice_id: event.aggregate_id,
            position: event.position,
            number: issued.number.clone(),
            total: issued.totals.total,
            due_on: issued.due_on,
        },
        InvoiceEvent::Imported(imported) => Change::Imported(Box::new(taken_over(event, imported))),
        InvoiceEvent::PaymentSucceeded(payment) => Change::Received {
            standing: payment.standing,
            on: payment.received_on,
            at: event.occurred_at,
        },
        InvoiceEvent::PaymentTakenOver(payment) => Change::Received {
            standing: payment.standing,
            on: payment.received_on,
            at: event.occurred_at,
        },
        InvoiceEvent::PaymentReversed(event) => Change::Reversed(event.standing),
        InvoiceEvent::PaymentHandedBack(event) => Change::Reversed(event.standing),
        // The bank may take part of a payment, so a disputed one is counted on.
        InvoiceEvent::DisputeOpened(event) => Change::Stands(event.standing),
        InvoiceEvent::DisputeWon(event) => Change::Stands(event.standing),
        InvoiceEvent::DisputeLost(event)
            if event.loss.is_positive() && event.standing.balance.is_zero() =>
        {
            Change::GivenUp(event.standing)
        }
        InvoiceEvent::DisputeLost(event) => Change::Stands(event.standing),
        InvoiceEvent::RefundCreated(event) => Change::Stands(event.standing),
        InvoiceEvent::RefundCanceled(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditReleased(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditRegained(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditApplied(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditReturned(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditNoteIssued(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditNoteVoided(event) => Change::Stands(event.standing),
        InvoiceEvent::PaymentFailed(event) => Change::Failed(event.status),
        InvoiceEvent::PaidReported(event) => Change::Status(event.status),
        InvoiceEvent::Reconciled(event) => Change::Status(event.after.status),
        InvoiceEvent::OverdueMarked(_) => Change::Status(Status::Overdue),
        InvoiceEvent::WrittenOff(event) => Change::GivenUp(event.standing),
        InvoiceEvent::WriteOffReversed(event) => Change::OwedAgain(event.standing),
        InvoiceEvent::Canceled(_) => Change::Canceled,
        InvoiceEvent::Opened(_)
        | InvoiceEvent::LineAdded(_)
        | InvoiceEvent::LineRemoved(_)
        | InvoiceEvent::TotalsRecalculated(_)
        | InvoiceEvent::Sent(_)
        | InvoiceEvent::PaymentPending(_)
        | InvoiceEvent::RefundSettled(_)
        | InvoiceEvent::RefundFailed(_)
        | InvoiceEvent::RevenueRecognized(_)
        | InvoiceEvent::ProviderLinked(_) => return None,
    })
}

/// Held payments, by their own ids.
pub(super) fn of_account(event: &Recorded, happened: &SubscriptionEvent) -> Option<(Uuid, Change)> {
    match happened {
        SubscriptionEvent::PaymentHeld(held) => {
            Some((held.payment_id, Change::Held(Box::new(held_row(event, held)))))
        }
        SubscriptionEvent::HeldPaymentReleased(it) => Some((it.payment_id, Change::Resolved)),
        SubscriptionEvent::HeldPaymentReturned(it) => Some((it.payment_id, Change::Resolved)),
        SubscriptionEvent::HeldPaymentRegained(it) => Some((it.payment_id, Change::HeldAgain)),
        SubscriptionEvent::Opened(_)
        | SubscriptionEvent::PlanChanged(_)
        | SubscriptionEvent::TaxConfigured(_)
        | SubscriptionEvent::TrialStarted(_)
        | SubscriptionEvent::Activated(_)
        | SubscriptionEvent::PastDueMarked(_)
        | SubscriptionEvent::Canceled(_)
        | SubscriptionEvent::Paused(_)
        | SubscriptionEvent::Resumed(_)
        | SubscriptionEvent::ProviderLinked(_)
        | SubscriptionEvent::CycleStarted(_) => None,
    }
}

/// A row as it begins.
pub(super) fn issued(
    invoice_id: Uuid,
    position: i64,
    number: String,
    total: Money,
    due_on: Date,
) -> Row {
    // An invoice over nothing is paid at once.
    let status = if total.is_zero() { Status::Paid } else { Status::Sent };
    Row {
        invoice_id: Some(invoice_id),
        number: Some(number),
        status: Some(Word(status)),
        outstanding_minor: total.minor(),
        due_on: Some(due_on),
        ..empty(Kind::Invoice, invoice_id, position, total)
    }
}

/// What was settled elsewhere is settled; it is no payment that we know.
fn taken_over(event: &Recorded, imported: &Imported) -> Row {
    let (id, total) = (event.aggregate_id, imported.totals.total);
    let mut row = issued(id, event.position, imported.number.clone(), total, imported.due_on);
    row.stands(imported.standing);
    row
}

fn empty(kind: Kind, subject_id: Uuid, position: i64, total: Money) -> Row {
    Row {
        kind: Word(kind),
        subject_id,
        invoice_id: None,
        number: None,
        status: None,
        currency: Word(total.currency()),
        total_minor: total.minor(),
        settled_minor: 0,
        outstanding_minor: 0,
        credit_minor: 0,
        succeeded_payments: 0,
        failed_attempts: 0,
        last_payment_on: None,
        last_payment_at: None,
        due_on: None,
        given_up: false,
        mismatch: false,
        mismatch_kind: None,
        method: None,
        opened_position: position,
        resolved: false,
    }
}

/// All of it waits for an owner: it is a mismatch until somebody resolves it.
fn held_row(event: &Recorded, held: &PaymentHeld) -> Row {
    let reason = match held.reason {
        HoldReason::CurrencyMismatch => Mismatch::CurrencyMismatch,
        HoldReason::InvoiceNotOpen => Mismatch::InvoiceNotOpen,
        HoldReason::UnknownInvoice => Mismatch::UnknownInvoice,
    };
    Row {
        invoice_id: held.invoice_id,
        credit_minor: held.amount.minor(),
        succeeded_payments: 1,
        last_payment_on: Some(held.received_on),
        last_payment_at: Some(event.occurred_at),
        mismatch: true,
        mismatch_kind: Some(Word(reason)),
        method: Some(Word(held.method)),
        ..empty(Kind::HeldPayment, held.payment_id, event.position, held.amount)
    }
}
