//! Held payments go somewhere, and may come back.

use ledger::{
    invoice::PaymentMethod,
    subscription::{
        HeldPaymentRegained, HeldPaymentReleased, HoldReason, PaymentHeld, SubscriptionEvent,
    },
};
use time::macros::date;

use super::{HeldPayments, HeldStatus, Row};
use crate::{
    engine::fold,
    testing::{INVOICE, PATIENT, PAYMENT, log, usd},
};

fn row(events: Vec<SubscriptionEvent>) -> Row {
    let held = PaymentHeld {
        amount: usd(750),
        invoice_id: Some(PATIENT),
        method: PaymentMethod::BankTransfer,
        payment_id: PAYMENT,
        reason: HoldReason::UnknownInvoice,
        received_on: date!(2026 - 02 - 08),
    };
    let mut all: Vec<SubscriptionEvent> = vec![held.into()];
    all.extend(events);
    fold::<HeldPayments>(&log(PATIENT, all))[&PAYMENT].0.clone()
}

#[test]
fn a_payment_that_an_invoice_hands_back_is_as_old_as_before() {
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
        reason_code: "wrong_invoice".parse().unwrap(),
        regained_on: date!(2026 - 02 - 12),
    };
    let gone = row(vec![released.clone().into()]);
    assert_eq!((gone.status.0, gone.released_to), (HeldStatus::Released, Some(INVOICE)));
    assert_eq!(gone.resolved_by.as_deref(), Some("key:1"));
    let back = row(vec![released.into(), regained.into()]);
    assert_eq!((back.status.0, back.resolved_on), (HeldStatus::Open, None));
    assert_eq!(back.received_on, date!(2026 - 02 - 08));
}
