//! Money that fits no invoice, on its way.

use proptest::prelude::*;

use super::*;
use crate::{
    invoice::PaymentMethod,
    journal::{Account, postings},
};

const RECEIVED: Date = date!(2026 - 02 - 03);

fn payment() -> Uuid {
    Uuid::from_u128(7)
}

fn invoice(number: u128) -> Uuid {
    Uuid::from_u128(0x100 + number)
}

fn hold() -> SubscriptionCommand {
    SubscriptionCommand::HoldPayment(HoldPayment {
        amount: usd(21_000),
        invoice_id: None,
        method: PaymentMethod::Stripe,
        payment_id: payment(),
        reason: HoldReason::UnknownInvoice,
        received_on: RECEIVED,
    })
}

fn release(to: u128, released_on: Date) -> SubscriptionCommand {
    let (payment_id, to) = (payment(), invoice(to));
    SubscriptionCommand::ReleaseHeldPayment(ReleaseHeldPayment { payment_id, released_on, to })
}

fn send_back(minor: i64, returned_on: Date) -> SubscriptionCommand {
    SubscriptionCommand::ReturnHeldPayment(ReturnHeldPayment {
        amount: usd(minor),
        method: PaymentMethod::BankTransfer,
        payment_id: payment(),
        reason_code: code("not_ours"),
        returned_on,
    })
}

fn regain(from: u128, minor: i64, regained_on: Date) -> SubscriptionCommand {
    SubscriptionCommand::RegainHeldPayment(RegainHeldPayment {
        amount: usd(minor),
        from: invoice(from),
        payment_id: payment(),
        reason_code: code("wrong_invoice"),
        regained_on,
    })
}

#[track_caller]
fn refused(history: Vec<SubscriptionCommand>, command: SubscriptionCommand) -> &'static str {
    after(history).0.decide(command).unwrap_err().code()
}

#[test]
fn a_held_payment_is_given_to_one_invoice_whole() {
    let history = || vec![open(), hold(), release(1, RECEIVED)];
    let (account, events) = after(history());
    let released = HeldPaymentReleased {
        amount: usd(21_000),
        payment_id: payment(),
        released_on: RECEIVED,
        to: invoice(1),
    };
    assert_eq!(events[2], released.into());
    let whereabouts = account.held_payment(payment()).unwrap().whereabouts;
    assert_eq!(whereabouts, Whereabouts::Released { to: invoice(1) });
    given(history()).when(release(1, RECEIVED)).then_expect_events(vec![]);
    given(history()).when(hold()).then_expect_events(vec![]);
    assert_eq!(refused(history(), release(2, RECEIVED)), "subscription.payment_released");
    assert_eq!(refused(history(), send_back(21_000, RECEIVED)), "subscription.payment_released");
    let never = refused(vec![open()], release(1, RECEIVED));
    assert_eq!(never, "subscription.payment_unknown");
}

#[test]
fn a_held_payment_is_sent_back_once_and_whole() {
    let history = || vec![open(), hold(), send_back(21_000, RECEIVED)];
    given(history()).when(send_back(21_000, RECEIVED)).then_expect_events(vec![]);
    assert_eq!(refused(history(), send_back(20_000, RECEIVED)), "subscription.amount_differs");
    assert_eq!(refused(history(), release(1, RECEIVED)), "subscription.payment_returned");
    let part = refused(vec![open(), hold()], send_back(20_999, RECEIVED));
    assert_eq!(part, "subscription.amount_differs");
    let before = refused(vec![open(), hold()], send_back(21_000, date!(2026 - 02 - 02)));
    assert_eq!(before, "subscription.before_payment");
    let returned = after(history()).1.remove(2);
    let lines = postings(&LedgerEvent::from(returned));
    assert_eq!((lines[0].account, lines[0].debit_minor), (Account::CustomerCredits, 21_000));
    assert_eq!((lines[1].account, lines[1].credit_minor), (Account::Cash, 21_000));
}

#[test]
fn what_an_invoice_gives_back_is_held_again() {
    let day = date!(2026 - 02 - 05);
    let history = || vec![open(), hold(), release(1, RECEIVED), regain(1, 21_000, day)];
    given(history()).when(regain(1, 21_000, day)).then_expect_events(vec![]);
    assert_eq!(refused(history(), regain(2, 21_000, day)), "subscription.payment_not_released");
    assert_eq!(refused(history(), release(2, RECEIVED)), "subscription.before_payment");
    assert_eq!(given(history()).when(release(1, day)).inspect_result().unwrap().len(), 1);
    assert_eq!(given(history()).when(send_back(21_000, day)).inspect_result().unwrap().len(), 1);
    let released = || vec![open(), hold(), release(1, RECEIVED)];
    assert_eq!(refused(released(), regain(1, 1, day)), "subscription.amount_differs");
    assert_eq!(refused(released(), regain(2, 21_000, day)), "subscription.payment_released");
    let held = refused(vec![open(), hold()], regain(1, 21_000, day));
    assert_eq!(held, "subscription.payment_not_released");
}

#[test]
fn a_canceled_account_still_resolves_what_it_holds() {
    let history = || vec![open(), hold(), cancel(datetime!(2026-03-01 00:00 UTC))];
    for command in [release(1, RECEIVED), send_back(21_000, RECEIVED)] {
        assert_eq!(given(history()).when(command).inspect_result().unwrap().len(), 1);
    }
}

proptest! {
    /// The payment is in one place: as often as it left for an invoice it came back, give or
    /// take the one that has it now, and it is sent back at most once.
    #[test]
    fn a_held_payment_is_in_one_place(steps in prop::collection::vec((0..3_u8, 0..3_u128), 0..40)) {
        let (mut account, _) = after(vec![open(), hold()]);
        let (mut out, mut returned) = (0_i32, 0_i32);
        for (step, number) in steps {
            let command = match step {
                0 => release(number, RECEIVED),
                1 => regain(number, 21_000, RECEIVED),
                _ => send_back(21_000, RECEIVED),
            };
            for event in account.decide(command).unwrap_or_default() {
                match &event {
                    SubscriptionEvent::HeldPaymentReleased(_) => out += 1,
                    SubscriptionEvent::HeldPaymentRegained(_) => out -= 1,
                    _ => returned += 1,
                }
                account.apply(event.clone());
                let once = account.clone();
                account.apply(event);
                prop_assert_eq!(&account, &once);
            }
            prop_assert!((0..=1).contains(&(out + returned)), "{} out, {} back", out, returned);
        }
    }
}
