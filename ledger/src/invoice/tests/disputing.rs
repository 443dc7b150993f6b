use super::*;

fn paid() -> Vec<InvoiceCommand> {
    with(issued(100), [pay(1, 100)])
}

#[test]
fn the_money_is_away_while_the_bank_looks_into_it() {
    let event = decided!(paid(), dispute(60, 1, 100), DisputeOpened);
    assert_eq!((event.from_applied, event.from_credit), (usd(100), usd(0)));
    assert_eq!((event.fee, event.method), (usd(15), PaymentMethod::Check));
    assert_eq!(event.standing, standing(100, 0, 0, Status::Sent));
    // Past its due date it is overdue.
    let InvoiceCommand::OpenDispute(late) = dispute(60, 1, 100) else { unreachable!() };
    let late = OpenDispute { opened_on: january(46), ..late };
    let event = decided!(paid(), InvoiceCommand::OpenDispute(late), DisputeOpened);
    assert_eq!(event.standing.status, Status::Overdue);
}

#[test]
fn credit_goes_first_and_the_rest_is_owed_again() {
    let history = with(issued(100), [pay(1, 130)]);
    let event = decided!(history.clone(), dispute(60, 1, 50), DisputeOpened);
    assert_eq!((event.from_credit, event.from_applied), (usd(30), usd(20)));
    assert_eq!(event.standing, standing(20, 80, 0, Status::Partial));
    let won = decided!(with(history, [dispute(60, 1, 50)]), win(60), DisputeWon);
    assert_eq!((won.applied, won.credited), (usd(20), usd(30)));
    assert_eq!(won.standing, standing(0, 100, 30, Status::Paid));
}

#[test]
fn only_a_payment_that_succeeded_is_disputed_and_only_what_it_holds() {
    let too_large = |asked, disputable| {
        let (asked, disputable) = (usd(asked), usd(disputable));
        InvoiceError::from(CorrectionError::DisputeTooLarge { asked, disputable })
    };
    given(paid()).when(dispute(60, 1, 101)).then_expect_error(too_large(101, 100));
    let refunded = with(paid(), [refund(5, 1, 40)]);
    given(refunded).when(dispute(60, 1, 61)).then_expect_error(too_large(61, 60));
    let twice = with(paid(), [dispute(60, 1, 70)]);
    given(twice).when(dispute(61, 1, 31)).then_expect_error(too_large(31, 30));
    given(paid())
        .when(dispute(60, 9, 1))
        .then_expect_error(InvoiceError::PaymentUnknown { payment_id: id(9) });
    let standing = PaymentStanding::Reversed;
    given(with(paid(), [reverse(1)]))
        .when(dispute(60, 1, 1))
        .then_expect_error(InvoiceError::PaymentNotSucceeded { payment_id: id(1), standing });
}

#[test]
fn a_fee_is_not_below_zero_and_comes_back_at_most_whole() {
    let fee_of = |fee| {
        let InvoiceCommand::OpenDispute(open) = dispute(60, 1, 100) else { unreachable!() };
        InvoiceCommand::OpenDispute(OpenDispute { fee, ..open })
    };
    let most = usd(i64::MAX);
    given(paid())
        .when(fee_of(usd(-1)))
        .then_expect_error(CorrectionError::FeeOutOfRange { fee: usd(-1), most }.into());
    given(paid()).when(fee_of(eur(1))).then_expect_error(InvoiceError::CurrencyMismatch {
        given: "EUR".parse().unwrap(),
        invoice: Currency::USD,
    });
    let win_with = |fee_returned| {
        let (closed_on, dispute_id) = (january(43), id(60));
        InvoiceCommand::WinDispute(WinDispute { closed_on, dispute_id, fee_returned })
    };
    let history = with(paid(), [dispute(60, 1, 100)]);
    given(history.clone())
        .when(win_with(usd(16)))
        .then_expect_error(CorrectionError::FeeOutOfRange { fee: usd(16), most: usd(15) }.into());
    assert_eq!(decided!(history, win_with(usd(15)), DisputeWon).fee, usd(15));
}

#[test]
fn a_disputed_payment_is_neither_refunded_nor_reversed() {
    let history = with(paid(), [dispute(60, 1, 40)]);
    let refused = InvoiceError::from(CorrectionError::PaymentDisputed { payment_id: id(1) });
    given(history.clone()).when(refund(5, 1, 10)).then_expect_error(refused.clone());
    given(history.clone()).when(reverse(1)).then_expect_error(refused);
    // Once it is lost, what is left of the payment may go back.
    let lost = with(history, [lose(60)]);
    let event = decided!(lost.clone(), reverse(1), PaymentReversed);
    assert_eq!(event.amount, usd(60));
    let too_large = InvoiceError::RefundTooLarge { asked: usd(61), refundable: usd(60) };
    given(lost).when(refund(5, 1, 61)).then_expect_error(too_large);
}

#[test]
fn what_is_still_owed_of_a_lost_dispute_is_a_loss() {
    let history = with(paid(), [dispute(60, 1, 100)]);
    let event = decided!(history.clone(), lose(60), DisputeLost);
    assert_eq!((event.amount, event.loss), (usd(100), usd(100)));
    assert_eq!(event.standing, standing(0, 0, 0, Status::Failed));
    let (invoice, _) = after(with(history.clone(), [lose(60)]));
    assert!(invoice.is_given_up());
    assert_eq!(invoice.payment(id(1)).unwrap().standing, PaymentStanding::ChargedBack);
    assert_eq!(invoice.succeeded_payments(), 0);
    // What was paid in another way is not lost.
    let event = decided!(with(history, [pay(2, 70)]), lose(60), DisputeLost);
    assert_eq!(event.loss, usd(30));
    assert_eq!(event.standing, standing(0, 70, 0, Status::Failed));
}

#[test]
fn a_loss_of_part_leaves_the_rest_owed() {
    let history = with(issued(100), [pay(1, 60), dispute(60, 1, 60)]);
    let event = decided!(history.clone(), lose(60), DisputeLost);
    assert_eq!(event.standing, standing(40, 0, 0, Status::Sent));
    let history = with(history, [lose(60)]);
    // What was lost is neither credited nor voided nor claimed again.
    assert_eq!(after(history.clone()).0.creditable(), Some(usd(40)));
    given(history.clone()).when(cancel()).then_expect_error(InvoiceError::GivenUp);
    given(history.clone())
        .when(reverse_write_off())
        .then_expect_error(CorrectionError::NothingWrittenOff.into());
    let (invoice, _) = after(with(history, [note(50, CreditScope::Rest)]));
    assert_eq!(invoice.standing(), Some(standing(0, 0, 0, Status::Paid)));
}

#[test]
fn a_dispute_is_opened_once_and_ends_once() {
    let history = with(paid(), [dispute(60, 1, 100)]);
    given(history.clone()).when(dispute(60, 1, 100)).then_expect_events(vec![]);
    let exists = CorrectionError::DisputeExists { amount: usd(100), dispute_id: id(60) };
    given(history.clone()).when(dispute(60, 1, 99)).then_expect_error(exists.into());
    let unknown = InvoiceError::from(CorrectionError::DisputeUnknown { dispute_id: id(61) });
    given(history.clone()).when(win(61)).then_expect_error(unknown.clone());
    given(history.clone()).when(lose(61)).then_expect_error(unknown);

    let closed = |standing| {
        InvoiceError::from(CorrectionError::DisputeClosed { dispute_id: id(60), standing })
    };
    let won = with(history.clone(), [win(60)]);
    given(won.clone()).when(win(60)).then_expect_events(vec![]);
    given(won).when(lose(60)).then_expect_error(closed(DisputeStanding::Won));
    let lost = with(history, [lose(60)]);
    given(lost.clone()).when(lose(60)).then_expect_events(vec![]);
    given(lost).when(win(60)).then_expect_error(closed(DisputeStanding::Lost));
}

#[test]
fn a_dispute_over_a_written_off_invoice_leaves_it_given_up() {
    let history = with(issued(100), [pay(1, 30), write_off(), dispute(60, 1, 30)]);
    let (invoice, _) = after(history.clone());
    assert_eq!(invoice.standing(), Some(standing(30, 0, 0, Status::Failed)));
    let (invoice, _) = after(with(history, [win(60)]));
    assert_eq!(invoice.standing(), Some(standing(0, 30, 0, Status::Failed)));
}

#[test]
fn only_what_a_dispute_made_owed_again_is_lost() {
    let left =
        IssueCreditNote { leave_as_credit: true, ..note_of(50, CreditScope::Amount(usd(30))) };
    let credited = InvoiceCommand::IssueCreditNote(left);
    let history = with(issued(100), [pay(1, 50), credited, dispute(60, 1, 50)]);
    assert_eq!(after(history.clone()).0.balance(), Some(usd(70)));
    let event = decided!(history, lose(60), DisputeLost);
    assert_eq!((event.loss, event.standing.balance), (usd(20), usd(50)));
}

#[test]
fn a_payment_whose_dispute_was_won_is_whole_again() {
    let history = with(paid(), [dispute(60, 1, 100), win(60)]);
    let (invoice, _) = after(history.clone());
    assert_eq!(invoice.payment(id(1)).unwrap().left(), usd(100));
    assert_eq!(decided!(history, refund(5, 1, 100), RefundCreated).amount, usd(100));
}
