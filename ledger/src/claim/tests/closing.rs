use super::*;

fn void_sent() -> ClaimCommand {
    submit_as(2, Frequency::Void, PayerOrder::Primary)
}

#[test]
fn a_claim_closes_when_nothing_is_left_to_collect() {
    let known = [draft(12_000), submit(), post("T1", b2())];
    given(&known)
        .when(close())
        .then_expect_error(ClaimError::StillOwed { insurance: usd(0), patient: usd(2_000) });
    let paid = [known.to_vec(), vec![pay(1, 2_000)]].concat();
    given(&paid).when(close()).then_expect_events(vec![Closed { closed_on: TODAY }.into()]);
    let closed = [paid, vec![close()]].concat();
    given(&closed).when(close()).then_expect_events(vec![]);
    given(&[draft(100), submit()])
        .when(close())
        .then_expect_error(ClaimError::NotAnswered { status: Status::Submitted });
    given(&[]).when(close()).then_expect_error(ClaimError::Unknown);
}

#[test]
fn money_that_comes_later_opens_a_closed_claim() {
    let closed = [draft(12_000), submit(), post("T1", b2()), pay(1, 2_000), close()];
    let reversed = [closed.to_vec(), vec![post("T2", b4())]].concat();
    assert_eq!(after(&reversed).status(), Status::Reversed);
    assert_eq!(owed(&reversed), (12_000, -2_000));
    let bounced = [closed.to_vec(), vec![withdraw(2, 1, 2_000)]].concat();
    assert_eq!(after(&bounced).status(), Status::Adjudicated);
}

#[test]
fn a_claim_no_payer_took_in_is_voided_here() {
    given(&[draft(100), void()]).when(void()).then_expect_events(vec![]);
    let rejected = [draft(100), submit(), acknowledge(1, Notice::SyntaxRejected), void()];
    assert_eq!(owed(&rejected), (0, 0));
    for status in [Status::Submitted, Status::Accepted, Status::Adjudicated] {
        let mut known = vec![draft(12_000), submit()];
        match status {
            Status::Accepted => known.push(acknowledge(1, Notice::Accepted)),
            Status::Adjudicated => known.push(post("T1", b2())),
            _ => {}
        }
        given(&known).when(void()).then_expect_error(ClaimError::PayerHasIt { status });
    }
}

#[test]
fn a_void_takes_effect_when_the_payer_accepts_it() {
    let known = [draft(100), submit(), acknowledge(1, Notice::Accepted), void_sent()];
    assert_eq!(owed(&known), (100, 0));
    let accepted = [known.to_vec(), vec![acknowledge(2, Notice::Accepted)]].concat();
    assert_eq!(after(&accepted).status(), Status::Voided);
    assert_eq!(owed(&accepted), (0, 0));
}

#[test]
fn a_void_of_an_answered_claim_takes_effect_when_the_answer_is_taken_back() {
    let known = [draft(12_000), submit(), post("T1", b2()), pay(1, 2_000), void_sent()];
    let accepted = [known.to_vec(), vec![acknowledge(2, Notice::Accepted)]].concat();
    assert_eq!(after(&accepted).status(), Status::Accepted);
    let reversed = [accepted, vec![post("T2", b4())]].concat();
    assert_eq!(after(&reversed).status(), Status::Voided);
    assert_eq!(owed(&reversed), (0, -2_000));
}

#[test]
fn what_is_given_up_and_what_is_taken_back_exclude_each_other() {
    let denied = [draft(7_500), submit(), post("T1", b15())];
    let given_up = [denied.to_vec(), vec![write_off(1, WriteOffKind::PayerReduction, 1)]].concat();
    given(&given_up)
        .when(void_sent())
        .then_expect_error(ClaimError::WriteOffStands { write_off_id: id(1) });
    let voiding = [denied.to_vec(), vec![void_sent()]].concat();
    given(&voiding)
        .when(write_off(1, WriteOffKind::PayerReduction, 1))
        .then_expect_error(ClaimError::VoidPending);
}
