//! Payments and refunds, state by state.

use ledger::invoice::{
    InvoiceEvent, PaymentMethod, PaymentPending, PaymentReversed, RefundFailed, RefundSettled,
    Status,
};
use time::macros::date;
use uuid::Uuid;

use super::{Kind, PaymentStatus, Row, Stands};
use crate::{
    engine::fold,
    testing::{INVOICE, PAYMENT, REFUND, invoice, opened, paid, refunded, sealed, standing, usd},
};

fn row(events: Vec<InvoiceEvent>, id: Uuid) -> Row {
    fold::<PaymentStatus>(&invoice(events))[&(INVOICE, id)].0.clone()
}

fn settled() -> InvoiceEvent {
    paid(420, standing(420, 0, 0, Status::Paid))
}

#[test]
fn an_announced_payment_that_arrives_is_one_row() {
    let pending = PaymentPending {
        amount: usd(420),
        method: PaymentMethod::Check,
        payment_id: PAYMENT,
        received_on: date!(2026 - 02 - 02),
        reference: Some(sealed("reference")),
    };
    let row = row(vec![opened(), pending.into(), settled()], PAYMENT);
    assert_eq!((row.kind.0, row.status.0), (Kind::Payment, Stands::Succeeded));
    assert_eq!((row.began_on, row.changed_on), (date!(2026 - 02 - 02), date!(2026 - 02 - 03)));
    assert_eq!((row.began_position, row.applied_minor), (2, 420));
}

#[test]
fn a_payment_that_goes_back_says_how_much() {
    let reversed = PaymentReversed {
        amount: usd(420),
        from_applied: usd(420),
        from_credit: usd(0),
        method: PaymentMethod::Check,
        payment_id: PAYMENT,
        reason_code: "nsf".parse().unwrap(),
        reversed_on: date!(2026 - 02 - 09),
        standing: standing(0, 420, 0, Status::Paid),
    };
    let row = row(vec![opened(), settled(), reversed.into()], PAYMENT);
    assert_eq!((row.status.0, row.reversed_minor), (Stands::Reversed, 420));
    assert_eq!(row.reason_code.as_deref(), Some("nsf"));
}

#[test]
fn a_refund_stands_beside_its_payment() {
    let granted = refunded(100, standing(320, 0, 0, Status::Paid));
    let gone = RefundSettled {
        amount: usd(100),
        method: PaymentMethod::Check,
        refund_id: REFUND,
        settled_on: date!(2026 - 02 - 06),
    };
    let back = RefundFailed {
        amount: usd(100),
        failed_on: date!(2026 - 02 - 07),
        method: PaymentMethod::Check,
        refund_id: REFUND,
        was_settled: true,
    };
    let log = vec![opened(), settled(), granted, gone.into(), back.into()];
    assert_eq!(row(log.clone(), PAYMENT).status.0, Stands::Succeeded);
    assert_eq!(row(log[..3].to_vec(), REFUND).status.0, Stands::Created);
    assert_eq!(row(log[..4].to_vec(), REFUND).status.0, Stands::Settled);
    let last = row(log, REFUND);
    assert_eq!(
        (last.status.0, last.payment_id, last.kind.0),
        (Stands::Failed, PAYMENT, Kind::Refund)
    );
}
