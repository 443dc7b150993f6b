//! Where status and money disagree.

use ledger::{
    invoice::{InvoiceEvent, PaidReported, PaymentMethod, PaymentReversed, Status, WrittenOff},
    subscription::{HoldReason, PaymentHeld, SubscriptionEvent},
};
use time::macros::date;

use super::{Kind, Mismatch, Reconcile, Row};
use crate::{
    engine::{Word, fold},
    testing::{INVOICE, PAYMENT, invoice, issued, log, opened, paid, refunded, standing, usd},
};

fn row(events: Vec<InvoiceEvent>) -> Row {
    let mut all = vec![opened(), issued(400, 20)];
    all.extend(events);
    fold::<Reconcile>(&invoice(all))[&(Word(Kind::Invoice), INVOICE)].0.clone()
}

fn kind(events: Vec<InvoiceEvent>) -> Option<Mismatch> {
    let row = row(events);
    assert_eq!(row.mismatch, row.mismatch_kind.is_some());
    row.mismatch_kind.map(|kind| kind.0)
}

fn settled() -> InvoiceEvent {
    paid(420, standing(420, 0, 0, Status::Paid))
}

fn reversed() -> InvoiceEvent {
    PaymentReversed {
        amount: usd(420),
        from_applied: usd(420),
        from_credit: usd(0),
        method: PaymentMethod::Check,
        payment_id: PAYMENT,
        reason_code: "nsf".parse().unwrap(),
        reversed_on: date!(2026 - 02 - 09),
        standing: standing(0, 420, 0, Status::Paid),
    }
    .into()
}

#[test]
fn money_that_agrees_is_no_mismatch() {
    assert_eq!(kind(vec![]), None);
    assert_eq!(kind(vec![settled()]), None);
    assert_eq!(kind(vec![paid(20, standing(20, 400, 0, Status::Partial))]), None);
}

#[test]
fn paid_without_funds_is_a_mismatch() {
    assert_eq!(kind(vec![settled(), reversed()]), Some(Mismatch::PaidWithoutFunds));
    let reported = PaidReported { reported_on: date!(2026 - 02 - 05), status: Status::Paid };
    assert_eq!(kind(vec![reported.into()]), Some(Mismatch::PaidWithoutFunds));
}

#[test]
fn partial_with_nothing_settled_is_a_mismatch() {
    let back = refunded(20, standing(0, 420, 0, Status::Partial));
    let part = paid(20, standing(20, 400, 0, Status::Partial));
    assert_eq!(kind(vec![part, back]), Some(Mismatch::PartialWithoutFunds));
}

#[test]
fn what_is_written_off_agrees() {
    let written_off = WrittenOff {
        amount: usd(420),
        note: None,
        reason_code: "uncollectible".parse().unwrap(),
        standing: standing(0, 0, 0, Status::Failed),
        written_off_on: date!(2026 - 06 - 01),
    };
    assert_eq!(kind(vec![written_off.into()]), None);
}

#[test]
fn payments_are_counted_while_they_stand() {
    let one = row(vec![settled()]);
    assert_eq!((one.succeeded_payments, one.last_payment_on), (1, Some(date!(2026 - 02 - 03))));
    assert_eq!(row(vec![settled(), reversed()]).succeeded_payments, 0);
}

#[test]
fn a_held_payment_is_a_row_that_somebody_owns() {
    let held = PaymentHeld {
        amount: usd(750),
        invoice_id: Some(INVOICE),
        method: PaymentMethod::Stripe,
        payment_id: PAYMENT,
        reason: HoldReason::InvoiceNotOpen,
        received_on: date!(2026 - 02 - 08),
    };
    let events = log(INVOICE, vec![SubscriptionEvent::from(held)]);
    let (row, _) = &fold::<Reconcile>(&events)[&(Word(Kind::HeldPayment), PAYMENT)];
    assert!(row.mismatch);
    assert_eq!(row.mismatch_kind, Some(Word(Mismatch::InvoiceNotOpen)));
    assert_eq!((row.total_minor, row.invoice_id), (750, Some(INVOICE)));
}
