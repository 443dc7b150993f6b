use super::*;

fn settled(events: Vec<InvoiceEvent>) -> (Money, Money, Standing) {
    let [InvoiceEvent::PaymentSucceeded(event)] = events.as_slice() else { panic!("{events:?}") };
    (event.applied, event.credited, event.standing)
}

fn pay_on(history: Vec<InvoiceCommand>, minor: i64) -> (Money, Money, Standing) {
    settled(given(history).when(pay(99, minor)).inspect_result().unwrap())
}

#[test]
fn a_payment_settles_in_part_in_whole_and_beyond() {
    let partial = standing(60, 40, 0, Status::Partial);
    assert_eq!(pay_on(issued(100), 40), (usd(40), usd(0), partial));
    let whole = standing(0, 100, 0, Status::Paid);
    assert_eq!(pay_on(issued(100), 100), (usd(100), usd(0), whole));
    let beyond = standing(0, 100, 25, Status::Paid);
    assert_eq!(pay_on(issued(100), 125), (usd(100), usd(25), beyond));
    let rest = standing(0, 100, 0, Status::Paid);
    assert_eq!(pay_on(with(issued(100), [pay(1, 40)]), 60), (usd(60), usd(0), rest));
}

#[test]
fn a_payment_on_a_paid_invoice_is_all_credit() {
    let paid = with(issued(100), [pay(1, 100)]);
    assert_eq!(pay_on(paid, 30), (usd(0), usd(30), standing(0, 100, 30, Status::Paid)));
}

#[test]
fn a_payment_counts_once() {
    let history = with(issued(100), [pay(1, 40)]);
    given(history.clone()).when(pay(1, 40)).then_expect_events(vec![]);
    given(history)
        .when(pay(1, 41))
        .then_expect_error(InvoiceError::PaymentExists { amount: usd(40), payment_id: id(1) });
}

#[test]
fn a_late_failure_or_announcement_does_not_undo_success() {
    let history = with(issued(100), [pay(1, 40)]);
    for state in [PaymentState::Failed, PaymentState::Pending] {
        given(history.clone()).when(payment(1, usd(40), state)).then_expect_events(vec![]);
    }
}

#[test]
fn a_pending_payment_moves_no_money_until_it_succeeds() {
    let pending = payment(1, usd(40), PaymentState::Pending);
    let (invoice, history) = after(with(issued(100), [pending.clone()]));
    assert!(matches!(history.last(), Some(InvoiceEvent::PaymentPending(_))));
    assert_eq!(invoice.standing(), Some(standing(100, 0, 0, Status::Sent)));
    assert_eq!(invoice.payment(id(1)).unwrap().standing, PaymentStanding::Pending);
    assert_eq!(invoice.succeeded_payments(), 0);

    let (invoice, _) = after(with(issued(100), [pending.clone(), pay(1, 40)]));
    assert_eq!(invoice.standing(), Some(standing(60, 40, 0, Status::Partial)));
    assert_eq!(invoice.succeeded_payments(), 1);
    given(with(issued(100), [pending.clone()])).when(pending).then_expect_events(vec![]);
}

#[test]
fn a_failure_shows_only_while_nothing_is_settled() {
    let failed = |number| payment(number, usd(40), PaymentState::Failed);
    let status = |history| after(history).0.status();
    assert_eq!(status(with(issued(100), [failed(1)])), Status::Failed);
    assert_eq!(status(with(issued(100), [pay(2, 40), failed(1)])), Status::Partial);
    assert_eq!(status(with(issued(100), [pay(2, 100), failed(1)])), Status::Paid);
    assert_eq!(status(with(issued(100), [failed(1), pay(1, 40)])), Status::Partial);
    given(with(issued(100), [failed(1)])).when(failed(1)).then_expect_events(vec![]);
}

#[test]
fn money_for_a_draft_or_a_void_invoice_is_refused() {
    let draft = vec![open(), add(line(1, 1, 100, "0"))];
    given(draft)
        .when(pay(1, 100))
        .then_expect_error(InvoiceError::NotOpen { status: Status::Draft });
    given(with(issued(100), [cancel()]))
        .when(pay(1, 100))
        .then_expect_error(InvoiceError::NotOpen { status: Status::Canceled });
    given(vec![]).when(pay(1, 100)).then_expect_error(InvoiceError::Unknown);
}

#[test]
fn money_of_another_currency_and_no_money_are_refused() {
    let mismatch =
        InvoiceError::CurrencyMismatch { given: eur(0).currency(), invoice: Currency::USD };
    given(issued(100))
        .when(payment(1, eur(100), PaymentState::Succeeded))
        .then_expect_error(mismatch);
    for minor in [0, -5] {
        given(issued(100))
            .when(pay(1, minor))
            .then_expect_error(InvoiceError::AmountNotPositive { amount: usd(minor) });
    }
}

#[test]
fn a_reversal_takes_the_credit_first_and_leaves_the_status() {
    let history = with(issued(100), [pay(1, 60), pay(2, 70)]);
    let events = given(history.clone()).when(reverse(2)).inspect_result().unwrap();
    let [InvoiceEvent::PaymentReversed(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((event.amount, event.from_credit, event.from_applied), (usd(70), usd(30), usd(40)));
    assert_eq!(event.standing, standing(40, 60, 0, Status::Paid));
    given(with(history, [reverse(2)])).when(reverse(2)).then_expect_events(vec![]);
}

#[test]
fn only_money_that_arrived_and_was_not_refunded_can_be_reversed() {
    given(issued(100))
        .when(reverse(1))
        .then_expect_error(InvoiceError::PaymentUnknown { payment_id: id(1) });
    let pending = payment(1, usd(40), PaymentState::Pending);
    given(with(issued(100), [pending])).when(reverse(1)).then_expect_error(
        InvoiceError::PaymentNotSucceeded { payment_id: id(1), standing: PaymentStanding::Pending },
    );
    given(with(issued(100), [pay(1, 40), refund(5, 1, 40)]))
        .when(reverse(1))
        .then_expect_error(InvoiceError::PaymentRefunded { payment_id: id(1), refunded: usd(40) });
    let partly = with(issued(100), [pay(1, 40), refund(5, 1, 10), reverse(1)]);
    assert_eq!(after(partly).0.standing(), Some(standing(90, 0, 0, Status::Partial)));
}

#[test]
fn a_reversed_payment_does_not_arrive_again() {
    let history = with(issued(100), [pay(1, 100), reverse(1)]);
    given(history).when(pay(1, 100)).then_expect_events(vec![]);
}

#[test]
fn credit_moves_as_it_is() {
    let release = |minor| {
        InvoiceCommand::ReleaseCredit(ReleaseCredit {
            amount: usd(minor),
            to: crate::values::InvoiceId::new(id(2)),
        })
    };
    let apply = |minor| {
        InvoiceCommand::ApplyCredit(ApplyCredit {
            amount: usd(minor),
            applied_on: january(34),
            from: crate::values::InvoiceId::new(id(1)),
        })
    };
    let overpaid = with(issued(100), [pay(1, 130)]);
    given(overpaid.clone())
        .when(release(31))
        .then_expect_error(InvoiceError::CreditTooSmall { asked: usd(31), credit: usd(30) });
    let (from, _) = after(with(overpaid, [release(20)]));
    assert_eq!(from.standing(), Some(standing(0, 100, 10, Status::Paid)));

    given(issued(50))
        .when(apply(51))
        .then_expect_error(InvoiceError::AboveBalance { asked: usd(51), balance: usd(50) });
    let (to, _) = after(with(issued(50), [apply(20)]));
    assert_eq!(to.standing(), Some(standing(30, 20, 0, Status::Partial)));
    let (to, _) = after(with(issued(20), [apply(20)]));
    assert_eq!(to.status(), Status::Paid);
}
