use super::*;

fn denied() -> Vec<ClaimCommand> {
    vec![draft(7_500), submit(), post("T1", b15())]
}

fn answered() -> Vec<ClaimCommand> {
    vec![draft(12_000), submit(), post("T1", b2())]
}

fn with(known: &[ClaimCommand], then: &[ClaimCommand]) -> Vec<ClaimCommand> {
    [known, then].concat()
}

#[test]
fn no_more_is_written_off_than_is_owed() {
    let (asked, owed) = (usd(7_501), usd(7_500));
    given(&denied())
        .when(write_off(1, WriteOffKind::PayerReduction, 7_501))
        .then_expect_error(ClaimError::MoreThanOwed { asked, owed });
    let (asked, owed) = (usd(1), usd(0));
    given(&denied())
        .when(write_off(1, WriteOffKind::CharityCare, 1))
        .then_expect_error(ClaimError::MoreThanOwed { asked, owed });
    given(&denied())
        .when(write_off(1, WriteOffKind::Contractual, 0))
        .then_expect_error(ClaimError::AmountNotPositive { amount: usd(0) });
    given(&[draft(100)])
        .when(write_off(1, WriteOffKind::Contractual, 1))
        .then_expect_error(ClaimError::NotSubmitted);
}

#[test]
fn a_write_off_counts_once_and_can_be_taken_back_once() {
    let first = write_off(1, WriteOffKind::PayerReduction, 500);
    let known = with(&denied(), std::slice::from_ref(&first));
    assert_eq!(owed(&known), (7_000, 0));
    given(&known).when(first).then_expect_events(vec![]);
    given(&known)
        .when(write_off(1, WriteOffKind::PayerReduction, 600))
        .then_expect_error(ClaimError::WriteOffExists { amount: usd(500), write_off_id: id(1) });
    let back = with(&known, &[reverse_write_off(1)]);
    assert_eq!(owed(&back), (7_500, 0));
    given(&back).when(reverse_write_off(1)).then_expect_events(vec![]);
    given(&known)
        .when(reverse_write_off(2))
        .then_expect_error(ClaimError::UnknownWriteOff { write_off_id: id(2) });
}

#[test]
fn the_patient_pays_no_more_than_is_owed_and_each_payment_once() {
    let known = with(&answered(), &[pay(1, 1_500)]);
    assert_eq!(owed(&known), (0, 500));
    given(&known).when(pay(1, 1_500)).then_expect_events(vec![]);
    given(&known)
        .when(pay(1, 1_600))
        .then_expect_error(ClaimError::PaymentExists { amount: usd(1_500), payment_id: id(1) });
    given(&known)
        .when(pay(2, 501))
        .then_expect_error(ClaimError::MoreThanOwed { asked: usd(501), owed: usd(500) });
    given(&known)
        .when(pay(2, 0))
        .then_expect_error(ClaimError::AmountNotPositive { amount: usd(0) });
}

/// B10 of the vectors: after the correction the patient has paid 15.00 too much.
#[test]
fn what_the_patient_paid_too_much_can_be_withdrawn() {
    let known = with(&answered(), &[pay(1, 2_000), post("T2", b4()), post("T3", b5())]);
    assert_eq!(owed(&known), (0, -1_500));
    let refunded = with(&known, &[withdraw(2, 1, 1_500)]);
    assert_eq!(owed(&refunded), (0, 0));
    given(&refunded).when(withdraw(2, 1, 1_500)).then_expect_events(vec![]);
    given(&refunded)
        .when(withdraw(3, 1, 501))
        .then_expect_error(ClaimError::MoreThanOwed { asked: usd(501), owed: usd(500) });
    given(&refunded)
        .when(withdraw(3, 9, 1))
        .then_expect_error(ClaimError::UnknownPayment { payment_id: id(9) });
    given(&refunded)
        .when(withdraw(3, 1, 0))
        .then_expect_error(ClaimError::AmountNotPositive { amount: usd(0) });
}

#[test]
fn nothing_of_the_payers_is_given_up_while_an_appeal_is_open() {
    let known = with(&denied(), &[appeal(1)]);
    assert_eq!(after(&known).status(), Status::Appealed);
    let open = ClaimError::AppealOpen { appeal_id: id(1) };
    given(&known)
        .when(write_off(1, WriteOffKind::PayerReduction, 1))
        .then_expect_error(open.clone());
    given(&known).when(close()).then_expect_error(open.clone());
    given(&known).when(appeal(2)).then_expect_error(open);
    given(&known).when(appeal(1)).then_expect_events(vec![]);
    let decided = with(&known, &[decide_appeal(1)]);
    assert_eq!(after(&decided).status(), Status::Denied);
    given(&decided).when(decide_appeal(1)).then_expect_events(vec![]);
    given(&decided)
        .when(decide_appeal(3))
        .then_expect_error(ClaimError::UnknownAppeal { appeal_id: id(3) });
}

#[test]
fn only_an_answer_is_appealed_or_passed_to_the_patient() {
    let status = Status::Submitted;
    let sent = [draft(100), submit()];
    given(&sent).when(appeal(1)).then_expect_error(ClaimError::NotAnswered { status });
    given(&sent).when(bill_patient()).then_expect_error(ClaimError::NotAnswered { status });
}

#[test]
fn an_overturned_appeal_is_paid_by_remittance() {
    let paid = advice(AdviceStatus::Primary, 7_500, 7_500, vec![]);
    let back = advice(AdviceStatus::Reversal, -7_500, 0, vec![cut(Group::Co, "29", -7_500)]);
    let answers = [appeal(1), post("T2", back), post("T3", paid), decide_appeal(1)];
    let known = with(&denied(), &answers);
    assert_eq!(owed(&known), (0, 0));
    assert_eq!(after(&known).status(), Status::Adjudicated);
}
