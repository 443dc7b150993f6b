//! The patient's money.

use super::*;

#[test]
fn a_payment_of_all_that_is_due_pays_the_statement_and_settles_its_levels() {
    let known = [generate(agent(), 30_000), send(agent()), escalate(agent(), 1, 30)];
    assert_eq!(refusal(&known, pay(20, 30_001)), "statement.more_than_there_is");
    let events = events_of(&known, pay(20, 30_000));
    let StatementEvent::Paid(paid) = events.last().unwrap() else { panic!() };
    assert_eq!((&paid.levels_resolved[..], paid.lifecycle_state), (&[1][..], Lifecycle::Paid));
    let known = [&known[..], &[pay(20, 30_000)]].concat();
    assert_eq!(events_of(&known, pay(20, 30_000)), vec![]);
    assert_eq!(refusal(&known, pay(20, 1)), "statement.payment_exists");
    assert_eq!(refusal(&known, pay(21, 1)), "statement.more_than_there_is");
}

#[test]
fn a_payment_that_goes_back_leaves_it_paid_with_something_due() {
    let known = [generate(agent(), 30_000), send(agent()), pay(20, 30_000), reverse(20)];
    let statement = after(&known);
    assert_eq!(statement.lifecycle(), Lifecycle::Paid);
    assert_eq!(statement.balance_due(), Some(usd(30_000)));
    assert_eq!(statement.level_due(&[30], late(30)), Some(1));
    assert_eq!(events_of(&known, reverse(20)), vec![]);
    let again = [&known[..], &[escalate(agent(), 1, 30)]].concat();
    assert_eq!(after(&again).lifecycle(), Lifecycle::Escalated);
    let again = [&again[..], &[pay(21, 30_000)]].concat();
    assert_eq!(after(&again).lifecycle(), Lifecycle::Paid);
}

#[test]
fn only_what_was_paid_too_much_is_refunded() {
    let known = [of_claim(agent(), 2_000), send(agent()), pay(20, 2_000)];
    assert_eq!(refusal(&known, refund(30, 20, 1)), "statement.more_than_there_is");
    // The claim leaves the patient 5.00 of the 20.00 that were paid.
    let known = [&known[..], &[follow(500, 2_000)]].concat();
    assert_eq!(after(&known).balance_due(), Some(usd(-1_500)));
    assert_eq!(refusal(&known, refund(30, 20, 1_501)), "statement.more_than_there_is");
    let known = [&known[..], &[refund(30, 20, 1_500), settle_refund(30)]].concat();
    let statement = after(&known);
    assert_eq!(statement.balance_due(), Some(usd(0)));
    assert_eq!(statement.payment_left(id(20)), Some(usd(500)));
    assert_eq!(events_of(&known, refund(30, 20, 1_500)), vec![]);
    assert_eq!(events_of(&known, settle_refund(30)), vec![]);
}

#[test]
fn a_person_gives_something_up_where_no_claim_holds_the_money() {
    let known = [generate(agent(), 30_000)];
    let less = adjust(staff(), 40, AdjustmentKind::PriceConcession, 30_000);
    assert_eq!(names(&events_of(&known, less.clone())), ["adjusted", "paid"]);
    assert_eq!(refusal(&[of_claim(agent(), 30_000)], less), "statement.claim_holds");
    let known = [generate(staff(), 30_000)];
    let early = adjust(staff(), 40, AdjustmentKind::CharityCare, 1);
    assert_eq!(refusal(&known, early), "statement.not_finalized");
    assert_eq!(refusal(&known, pay(20, 1)), "statement.not_finalized");
}

#[test]
fn a_statement_with_payments_is_not_taken_back() {
    let known = [generate(agent(), 30_000), pay(20, 100)];
    assert_eq!(refusal(&known, void(founder())), "statement.has_payments");
    let known = [&known[..], &[reverse(20), void(founder())]].concat();
    assert_eq!(after(&known).lifecycle(), Lifecycle::Voided);
    assert_eq!(refusal(&known, pay(21, 100)), "statement.closed");
}

#[test]
fn a_payment_that_goes_back_breaks_the_plan_it_covered() {
    let begin = [generate(agent(), 30_000), send(agent()), offer(agent(), 60, 3), accept(60)];
    let known = [&begin[..], &[pay(20, 10_000)]].concat();
    assert_eq!(names(&events_of(&known, reverse(20))), ["payment_reversed", "plan_canceled"]);
}
