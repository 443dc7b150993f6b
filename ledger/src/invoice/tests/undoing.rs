//! Refunds, write-offs and credits taken back.

use super::*;
use crate::values::InvoiceId;

fn other() -> InvoiceId {
    InvoiceId::new(id(77))
}

fn release(minor: i64) -> InvoiceCommand {
    InvoiceCommand::ReleaseCredit(ReleaseCredit { amount: usd(minor), to: other() })
}

fn regain(minor: i64) -> InvoiceCommand {
    InvoiceCommand::RegainCredit(RegainCredit { amount: usd(minor), from: other() })
}

fn apply(minor: i64) -> InvoiceCommand {
    let (amount, applied_on) = (usd(minor), january(36));
    InvoiceCommand::ApplyCredit(ApplyCredit { amount, applied_on, from: other() })
}

fn give_back(minor: i64) -> InvoiceCommand {
    InvoiceCommand::ReturnCredit(ReturnCredit {
        amount: usd(minor),
        reason_code: reason(),
        returned_on: january(37),
        to: other(),
    })
}

#[test]
fn a_refund_that_has_not_left_is_taken_back_exactly() {
    let ahead = AddLine { item_type: ItemType::SetupFee, ..line(2, 1, 5_000, "0.05") };
    let lines = vec![open(), add(line(1, 1, 5_000, "0.05")), add(ahead), issue_at("0.05")];
    let history = with(lines, [pay(1, 10_600)]);
    let (before, _) = after(history.clone());
    let created = decided!(history.clone(), refund(5, 1, 3_100), RefundCreated);
    let history = with(history, [refund(5, 1, 3_100)]);
    let canceled = decided!(history.clone(), cancel_refund(5), RefundCanceled);
    assert_eq!(
        (canceled.amount, canceled.from_credit, canceled.items, canceled.tax),
        (created.amount, created.from_credit, created.items, created.tax)
    );
    assert_eq!(Some(canceled.standing), before.standing());
    let history = with(history, [cancel_refund(5)]);
    let (invoice, _) = after(history.clone());
    assert_eq!(
        (invoice.creditable(), invoice.deferred()),
        (before.creditable(), before.deferred())
    );
    given(history.clone()).when(cancel_refund(5)).then_expect_events(vec![]);
    // All of the payment can be refunded again.
    assert_eq!(decided!(history, refund(6, 1, 10_600), RefundCreated).amount, usd(10_600));
}

#[test]
fn a_refund_that_left_is_not_taken_back_and_one_taken_back_does_not_leave() {
    let settle = |number| {
        let (refund_id, settled_on) = (id(number), january(42));
        InvoiceCommand::SettleRefund(SettleRefund { refund_id, settled_on })
    };
    let fail = |number| {
        let (failed_on, refund_id) = (january(43), id(number));
        InvoiceCommand::FailRefund(FailRefund { failed_on, refund_id })
    };
    let history = with(issued(100), [pay(1, 100), refund(5, 1, 30)]);
    let gone = with(history.clone(), [settle(5)]);
    let refused = CorrectionError::RefundGone { refund_id: id(5) };
    given(gone.clone()).when(cancel_refund(5)).then_expect_error(refused.into());
    // One that came back may be.
    let (invoice, _) = after(with(gone, [fail(5), cancel_refund(5)]));
    assert_eq!(invoice.standing(), Some(standing(0, 100, 0, Status::Paid)));

    let canceled = with(history, [cancel_refund(5)]);
    let refused = InvoiceError::from(CorrectionError::RefundCanceled { refund_id: id(5) });
    given(canceled.clone()).when(settle(5)).then_expect_error(refused.clone());
    given(canceled).when(fail(5)).then_expect_error(refused);
    given(issued(100))
        .when(cancel_refund(5))
        .then_expect_error(InvoiceError::RefundUnknown { refund_id: id(5) });
}

#[test]
fn the_money_of_a_canceled_refund_can_go_back_with_the_rest_of_its_payment() {
    let history = with(issued(100), [pay(1, 100), refund(5, 1, 30), reverse(1), cancel_refund(5)]);
    let (invoice, _) = after(history.clone());
    assert_eq!(invoice.paid(), Some(usd(30)));
    assert_eq!(decided!(history, reverse(1), PaymentReversed).amount, usd(30));
}

#[test]
fn a_write_off_is_claimed_again() {
    let history = with(issued(100), [pay(1, 30), write_off()]);
    let event = decided!(history.clone(), reverse_write_off(), WriteOffReversed);
    assert_eq!(event.amount, usd(70));
    // Past its due date and paid in part: it was not overdue before.
    assert_eq!(event.standing, standing(70, 30, 0, Status::Partial));
    let history = with(history, [reverse_write_off()]);
    let (invoice, _) = after(history.clone());
    assert!(!invoice.is_given_up());
    assert_eq!(invoice.written_off(), Some(usd(0)));
    given(history.clone()).when(reverse_write_off()).then_expect_events(vec![]);
    let (invoice, _) = after(with(history, [pay(2, 70)]));
    assert_eq!(invoice.status(), Status::Paid);

    let unpaid = with(issued(100), [write_off()]);
    let event = decided!(unpaid, reverse_write_off(), WriteOffReversed);
    assert_eq!(event.standing, standing(100, 0, 0, Status::Overdue));
}

#[test]
fn all_that_was_given_up_is_claimed_again_at_once() {
    let history = with(issued(100), [pay(1, 30), write_off(), reverse(1), write_off()]);
    let event = decided!(history, reverse_write_off(), WriteOffReversed);
    assert_eq!((event.amount, event.standing.balance), (usd(100), usd(100)));
    given(issued(100))
        .when(reverse_write_off())
        .then_expect_error(CorrectionError::NothingWrittenOff.into());
}

#[test]
fn credit_goes_back_where_it_came_from() {
    let history = with(issued(100), [apply(60)]);
    let event = decided!(history.clone(), give_back(60), CreditReturned);
    assert_eq!(event.standing, standing(100, 0, 0, Status::Sent));
    assert_eq!(event.to, other());
    let not_applied = |asked, applied| {
        let (applied, asked) = (usd(applied), usd(asked));
        InvoiceError::from(CorrectionError::CreditNotApplied { applied, asked })
    };
    given(history.clone()).when(give_back(61)).then_expect_error(not_applied(61, 60));
    given(with(history.clone(), [give_back(40)]))
        .when(give_back(21))
        .then_expect_error(not_applied(21, 20));
    // What has become credit here is not returned as paid.
    let credited = with(history, [note(50, CreditScope::Rest)]);
    given(credited).when(give_back(1)).then_expect_error(not_applied(1, 0));
}

#[test]
fn credit_comes_back_from_where_it_was_handed() {
    let history = with(issued(100), [pay(1, 150), release(50)]);
    let event = decided!(history.clone(), regain(50), CreditRegained);
    assert_eq!(event.standing, standing(0, 100, 50, Status::Paid));
    let refused = |asked, released| {
        let (asked, released) = (usd(asked), usd(released));
        InvoiceError::from(CorrectionError::CreditNotReleased { asked, released })
    };
    given(history.clone()).when(regain(51)).then_expect_error(refused(51, 50));
    given(with(history, [regain(50)])).when(regain(1)).then_expect_error(refused(1, 0));
}
