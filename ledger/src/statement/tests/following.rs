//! Statements of claims.

use super::*;

/// The claim's payer pays so much of it.
fn follow_insurance(total: i64, insurance: i64) -> StatementCommand {
    let parts = Parts { insurance_paid: usd(insurance), ..parts(total, 0) };
    StatementCommand::FollowClaim(Box::new(FollowClaim {
        charges: vec![charge(total)],
        followed_on: TODAY,
        parts,
    }))
}

#[test]
fn before_it_is_sent_it_says_what_the_claim_says() {
    let known = [of_claim(agent(), 30_000)];
    let events = events_of(&known, follow(20_000, 0));
    assert_eq!(names(&events), ["restated"]);
    let known = [&known[..], &[follow(20_000, 0)]].concat();
    assert_eq!(after(&known).balance_due(), Some(usd(20_000)));
    assert_eq!(events_of(&known, follow(20_000, 0)), vec![]);
    assert_eq!(names(&events_of(&known, follow_insurance(20_000, 20_000))), ["voided"]);
}

#[test]
fn a_restated_balance_above_the_threshold_is_not_sent_by_the_agent() {
    let known = [of_claim(agent(), 30_000), follow(60_000, 0)];
    assert_eq!(refusal(&known, send(agent())), "statement.above_threshold");
    let approved = [of_claim(agent(), 60_000), release(founder())];
    assert_eq!(names(&events_of(&approved, send(agent()))), ["decided", "sent"]);
    // What was approved is not what is asked for now.
    let restated = [&approved[..], &[follow(70_000, 0)]].concat();
    assert_eq!(refusal(&restated, send(agent())), "statement.above_threshold");
}

#[test]
fn what_was_sent_stays_as_it_was_sent_and_another_takes_its_place() {
    let known = [of_claim(agent(), 30_000), send(agent())];
    assert_eq!(refusal(&known, follow(20_000, 0)), "statement.already_sent");
    let known = [&known[..], &[supersede()]].concat();
    let statement = after(&known);
    assert_eq!(statement.lifecycle(), Lifecycle::Voided);
    assert_eq!(statement.balance_due(), Some(usd(0)));
    assert_eq!(events_of(&known, supersede()), vec![]);
    assert_eq!(refusal(&known, pay(20, 1)), "statement.closed");
    assert_eq!(refusal(&[generate(agent(), 1)], supersede()), "statement.no_claim");
}

#[test]
fn a_payer_who_pays_it_all_makes_it_paid() {
    let known = [of_claim(agent(), 30_000), send(agent()), escalate(agent(), 1, 30)];
    let events = events_of(&known, follow_insurance(30_000, 30_000));
    assert_eq!(names(&events), ["restated", "plan_canceled", "paid"]);
}

#[test]
fn a_paid_statement_that_is_replaced_stays_paid() {
    let known = [of_claim(agent(), 30_000), send(agent()), pay(20, 30_000)];
    assert_eq!(refusal(&known, follow(40_000, 30_000)), "statement.already_sent");
    let known = [&known[..], &[supersede()]].concat();
    assert_eq!(after(&known).lifecycle(), Lifecycle::Paid);
    assert_eq!(names(&events_of(&known, reverse(20))), ["payment_reversed"]);
}
