use super::*;

#[test]
fn a_held_payment_settles_the_invoice_and_the_rest_is_credit() {
    let event = decided!(issued(100), take_over(1, 130), PaymentTakenOver);
    assert_eq!((event.applied, event.credited), (usd(100), usd(30)));
    assert_eq!(event.standing, standing(0, 100, 30, Status::Paid));
    assert_eq!((event.received_on, event.taken_over_on), (january(33), january(35)));
    let (invoice, _) = after(with(issued(100), [take_over(1, 130)]));
    assert_eq!(invoice.succeeded_payments(), 1);
}

#[test]
fn a_payment_is_taken_over_once() {
    let history = with(issued(100), [take_over(1, 50)]);
    given(history.clone()).when(take_over(1, 50)).then_expect_events(vec![]);
    let exists = InvoiceError::PaymentExists { amount: usd(50), payment_id: id(1) };
    given(history).when(take_over(1, 51)).then_expect_error(exists.clone());
    given(with(issued(100), [pay(1, 50)])).when(take_over(1, 50)).then_expect_error(exists);
}

#[test]
fn a_draft_or_another_currency_takes_nothing_over() {
    given(vec![open()])
        .when(take_over(1, 50))
        .then_expect_error(InvoiceError::NotOpen { status: Status::Draft });
    let InvoiceCommand::TakeOverPayment(command) = take_over(1, 50) else { unreachable!() };
    let command = TakeOverPayment { amount: eur(50), ..command };
    given(issued(100)).when(InvoiceCommand::TakeOverPayment(command)).then_expect_error(
        InvoiceError::CurrencyMismatch { given: "EUR".parse().unwrap(), invoice: Currency::USD },
    );
}

#[test]
fn handing_back_is_the_exact_mirror() {
    let before = after(issued(100)).0.standing();
    let history = with(issued(100), [take_over(1, 130)]);
    let event = decided!(history.clone(), hand_back(1), PaymentHandedBack);
    assert_eq!((event.from_applied, event.from_credit), (usd(100), usd(30)));
    assert_eq!(Some(event.standing), before);
    let history = with(history, [hand_back(1)]);
    given(history.clone()).when(hand_back(1)).then_expect_events(vec![]);
    // It can be taken over again.
    let (invoice, _) = after(with(history, [take_over(1, 130)]));
    assert_eq!(invoice.standing(), Some(standing(0, 100, 30, Status::Paid)));
}

#[test]
fn only_a_whole_payment_that_was_held_is_handed_back() {
    let own = CorrectionError::PaymentNotTakenOver { payment_id: id(1) };
    given(with(issued(100), [pay(1, 100)])).when(hand_back(1)).then_expect_error(own.into());
    given(issued(100))
        .when(hand_back(1))
        .then_expect_error(InvoiceError::PaymentUnknown { payment_id: id(1) });
    let history = with(issued(100), [take_over(1, 130)]);
    let used = |refunded, withdrawn| {
        let (refunded, withdrawn) = (usd(refunded), usd(withdrawn));
        InvoiceError::from(CorrectionError::PaymentUsed { payment_id: id(1), refunded, withdrawn })
    };
    given(with(history.clone(), [refund(5, 1, 10)]))
        .when(hand_back(1))
        .then_expect_error(used(10, 0));
    let disputed = with(history.clone(), [dispute(60, 1, 10)]);
    given(disputed.clone())
        .when(hand_back(1))
        .then_expect_error(CorrectionError::PaymentDisputed { payment_id: id(1) }.into());
    given(with(disputed, [lose(60)])).when(hand_back(1)).then_expect_error(used(0, 10));
    let release = InvoiceCommand::ReleaseCredit(ReleaseCredit {
        amount: usd(10),
        to: crate::values::InvoiceId::new(id(2)),
    });
    given(with(history, [release]))
        .when(hand_back(1))
        .then_expect_error(CorrectionError::CreditUsed { credit: usd(20), needed: usd(30) }.into());
}
