//! What an invoice's events tell, and to whom.

use ledger::{
    invoice::{InvoiceEvent, Standing, Status},
    recorded::Recorded,
    values::Money,
};
use uuid::Uuid;

use super::{
    Related, Subject,
    projector::{Told, total},
};
use crate::engine::Worded;

const PENDING: &str = "pending";
const SUCCEEDED: &str = "succeeded";
const FAILED: &str = "failed";
const REVERSED: &str = "reversed";
const DISPUTED: &str = "disputed";
const CHARGED_BACK: &str = "charged_back";
const HELD: &str = "held";

/// Adds the entries of one event.
pub(super) fn tell<'e>(
    event: &Recorded,
    happened: &'e InvoiceEvent,
    entry: &mut impl FnMut(Subject, Uuid, Told<'e>),
) {
    let invoice = event.aggregate_id;
    entry(Subject::Invoice, invoice, of_invoice(happened));
    let mut payment = |id, amount, status| {
        let related = Some((Related::Invoice, invoice));
        entry(Subject::Payment, id, Told { amount: Some(amount), status, related });
    };
    match happened {
        InvoiceEvent::PaymentPending(e) => payment(e.payment_id, e.amount, Some(PENDING)),
        InvoiceEvent::PaymentSucceeded(e) => payment(e.payment_id, e.amount, Some(SUCCEEDED)),
        InvoiceEvent::PaymentFailed(e) => payment(e.payment_id, e.amount, Some(FAILED)),
        InvoiceEvent::PaymentReversed(e) => payment(e.payment_id, e.amount, Some(REVERSED)),
        InvoiceEvent::PaymentTakenOver(e) => payment(e.payment_id, e.amount, Some(SUCCEEDED)),
        InvoiceEvent::PaymentHandedBack(e) => payment(e.payment_id, e.amount, Some(HELD)),
        InvoiceEvent::DisputeOpened(e) => payment(e.payment_id, e.amount, Some(DISPUTED)),
        InvoiceEvent::DisputeWon(e) => payment(e.payment_id, e.amount, Some(SUCCEEDED)),
        InvoiceEvent::DisputeLost(e) => payment(e.payment_id, e.amount, Some(CHARGED_BACK)),
        InvoiceEvent::RefundCreated(e) => payment(e.payment_id, e.amount, None),
        InvoiceEvent::RefundCanceled(e) => payment(e.payment_id, e.amount, None),
        InvoiceEvent::Opened(_)
        | InvoiceEvent::LineAdded(_)
        | InvoiceEvent::LineRemoved(_)
        | InvoiceEvent::TotalsRecalculated(_)
        | InvoiceEvent::Issued(_)
        | InvoiceEvent::Imported(_)
        | InvoiceEvent::Sent(_)
        | InvoiceEvent::PaidReported(_)
        | InvoiceEvent::Reconciled(_)
        | InvoiceEvent::OverdueMarked(_)
        | InvoiceEvent::RefundSettled(_)
        | InvoiceEvent::RefundFailed(_)
        | InvoiceEvent::CreditReleased(_)
        | InvoiceEvent::CreditApplied(_)
        | InvoiceEvent::WrittenOff(_)
        | InvoiceEvent::Canceled(_)
        | InvoiceEvent::CreditNoteIssued(_)
        | InvoiceEvent::CreditNoteVoided(_)
        | InvoiceEvent::CreditReturned(_)
        | InvoiceEvent::CreditRegained(_)
        | InvoiceEvent::RevenueRecognized(_)
        | InvoiceEvent::WriteOffReversed(_)
        | InvoiceEvent::ProviderLinked(_) => {}
    }
}

fn of_invoice(event: &InvoiceEvent) -> Told<'_> {
    match event {
        InvoiceEvent::Opened(_) => status(&Status::Draft),
        InvoiceEvent::LineAdded(e) => {
            Told { related: Some((Related::Line, e.line.line_id)), ..amount(e.line.total_price) }
        }
        InvoiceEvent::LineRemoved(e) => {
            Told { related: Some((Related::Line, e.line_id)), ..Told::default() }
        }
        InvoiceEvent::TotalsRecalculated(e) => amount(e.totals.total),
        InvoiceEvent::Issued(e) => {
            let paid = e.totals.total.is_zero();
            let stands = if paid { &Status::Paid } else { &Status::Sent };
            Told { status: Some(stands.word()), ..amount(e.totals.total) }
        }
        InvoiceEvent::Imported(e) => stands(amount(e.totals.total), &e.standing),
        InvoiceEvent::PaymentPending(e) => payment(e.payment_id, e.amount),
        InvoiceEvent::PaymentSucceeded(e) => stands(payment(e.payment_id, e.amount), &e.standing),
        InvoiceEvent::PaymentFailed(e) => {
            Told { status: Some(e.status.word()), ..payment(e.payment_id, e.amount) }
        }
        InvoiceEvent::PaymentReversed(e) => stands(payment(e.payment_id, e.amount), &e.standing),
        InvoiceEvent::PaidReported(e) => status(&e.status),
        InvoiceEvent::Reconciled(e) => status(&e.after.status),
        InvoiceEvent::OverdueMarked(_) => status(&Status::Overdue),
        InvoiceEvent::RefundCreated(e) => stands(refund(e.refund_id, e.amount), &e.standing),
        InvoiceEvent::RefundSettled(e) => refund(e.refund_id, e.amount),
        InvoiceEvent::RefundFailed(e) => refund(e.refund_id, e.amount),
        InvoiceEvent::CreditReleased(e) => stands(other(e.to.uuid(), e.amount), &e.standing),
        InvoiceEvent::CreditApplied(e) => stands(other(e.from.uuid(), e.amount), &e.standing),
        InvoiceEvent::WrittenOff(e) => stands(amount(e.amount), &e.standing),
        InvoiceEvent::Canceled(e) => {
            Told { status: Some(Status::Canceled.word()), ..amount(e.total) }
        }
        InvoiceEvent::CreditNoteIssued(e) => stands(note(e.credit_note_id, e.total), &e.standing),
        InvoiceEvent::CreditNoteVoided(e) => stands(note(e.credit_note_id, e.total), &e.standing),
        InvoiceEvent::CreditReturned(e) => stands(other(e.to.uuid(), e.amount), &e.standing),
        InvoiceEvent::CreditRegained(e) => stands(other(e.from.uuid(), e.amount), &e.standing),
        InvoiceEvent::DisputeOpened(e) => stands(dispute(e.dispute_id, e.amount), &e.standing),
        InvoiceEvent::DisputeWon(e) => stands(dispute(e.dispute_id, e.amount), &e.standing),
        InvoiceEvent::DisputeLost(e) => stands(dispute(e.dispute_id, e.amount), &e.standing),
        InvoiceEvent::PaymentTakenOver(e) => stands(payment(e.payment_id, e.amount), &e.standing),
        InvoiceEvent::PaymentHandedBack(e) => stands(payment(e.payment_id, e.amount), &e.standing),
        InvoiceEvent::RefundCanceled(e) => stands(refund(e.refund_id, e.amount), &e.standing),
        InvoiceEvent::WriteOffReversed(e) => stands(amount(e.amount), &e.standing),
        InvoiceEvent::RevenueRecognized(e) => {
            Told { amount: total(e.earned.iter().map(|earned| earned.amount)), ..Told::default() }
        }
        InvoiceEvent::Sent(_) | InvoiceEvent::ProviderLinked(_) => Told::default(),
    }
}

fn amount(amount: Money) -> Told<'static> {
    Told { amount: Some(amount), ..Told::default() }
}

fn status(status: &Status) -> Told<'_> {
    Told { status: Some(status.word()), ..Told::default() }
}

fn stands<'a>(told: Told<'a>, standing: &'a Standing) -> Told<'a> {
    Told { status: Some(standing.status.word()), ..told }
}

fn payment(id: Uuid, money: Money) -> Told<'static> {
    Told { related: Some((Related::Payment, id)), ..amount(money) }
}

fn refund(id: Uuid, money: Money) -> Told<'static> {
    Told { related: Some((Related::Refund, id)), ..amount(money) }
}

fn note(id: Uuid, money: Money) -> Told<'static> {
    Told { related: Some((Related::CreditNote, id)), ..amount(money) }
}

fn dispute(id: Uuid, money: Money) -> Told<'static> {
    Told { related: Some((Related::Dispute, id)), ..amount(money) }
}

fn other(id: Uuid, money: Money) -> Told<'static> {
    Told { related: Some((Related::Invoice, id)), ..amount(money) }
}
