//! Where status and money disagree.

use ledger::{
    invoice::{
        DisputeLost, InvoiceEvent, PaidReported, PaymentMethod, PaymentReversed, Status, WrittenOff,
    },
    subscription::{
        HeldPaymentRegained, HeldPaymentReleased, HoldReason, PaymentHeld, SubscriptionEvent,
    },
};
use time::macros::date;

use super::{Kind, Mismatch, Reconcile, Row};
use crate::{
    engine::{Word, fold},
    testing::{
        DISPUTE, INVOICE, PAYMENT, dispute_opened, invoice, issued, log, opened, paid, refunded,
        standing, usd,
    },
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

fn held() -> PaymentHeld {
    PaymentHeld {
        amount: usd(750),
        invoice_id: Some(INVOICE),
        method: PaymentMethod::Stripe,
        payment_id: PAYMENT,
        reason: HoldReason::InvoiceNotOpen,
        received_on: date!(2026 - 02 - 08),
    }
}

#[test]
fn a_held_payment_is_a_row_that_somebody_owns() {
    let events = log(INVOICE, vec![SubscriptionEvent::from(held())]);
    let (row, _) = &fold::<Reconcile>(&events)[&(Word(Kind::HeldPayment), PAYMENT)];
    assert!(row.mismatch);
    assert_eq!(row.mismatch_kind, Some(Word(Mismatch::InvoiceNotOpen)));
    assert_eq!((row.total_minor, row.invoice_id), (750, Some(INVOICE)));
}

#[test]
fn a_held_payment_that_went_to_an_invoice_is_nobodys_until_it_is_held_again() {
    let released = HeldPaymentReleased {
        amount: usd(750),
        payment_id: PAYMENT,
        released_on: date!(2026 - 02 - 10),
        to: INVOICE,
    };
    let regained = HeldPaymentRegained {
        amount: usd(750),
        from: INVOICE,
        payment_id: PAYMENT,
        reason_code: "mistake".parse().unwrap(),
        regained_on: date!(2026 - 02 - 11),
    };
    let events: Vec<SubscriptionEvent> = vec![held().into(), released.into(), regained.into()];
    let row = |count: usize| {
        let rows = fold::<Reconcile>(&log(INVOICE, events[..count].to_vec()));
        rows[&(Word(Kind::HeldPayment), PAYMENT)].0.clone()
    };
    assert!((!row(2).mismatch) && row(2).resolved);
    assert!(row(3).mismatch && !row(3).resolved);
    assert_eq!(row(3).last_payment_on, Some(date!(2026 - 02 - 08)));
}

#[test]
fn disputed_money_is_owed_until_the_bank_has_decided() {
    let lost = DisputeLost {
        amount: usd(420),
        closed_on: date!(2026 - 04 - 01),
        dispute_id: DISPUTE,
        loss: usd(420),
        payment_id: PAYMENT,
        standing: standing(0, 0, 0, Status::Failed),
    };
    let events: Vec<InvoiceEvent> = vec![settled(), dispute_opened(), lost.into()];
    let disputed = row(events[..2].to_vec());
    assert_eq!((disputed.succeeded_payments, disputed.outstanding_minor), (1, 420));
    assert_eq!(kind(events[..2].to_vec()), None);
    assert!(row(events.clone()).given_up);
    assert_eq!(kind(events), None);
}
