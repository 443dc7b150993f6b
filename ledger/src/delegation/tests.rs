//! Given, when, then.

use cqrs_es::Aggregate;
use uuid::Uuid;

use super::*;
use crate::{
    Decider, Refusal,
    statement::Channel,
    values::{Currency, Money, Sealed, SubjectRef},
};

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn configure(change: impl FnOnce(&mut Configure)) -> DelegationCommand {
    let mut command = Configure::nothing(Currency::USD);
    change(&mut command);
    DelegationCommand::Configure(Box::new(command))
}

fn after(commands: Vec<DelegationCommand>) -> Delegation {
    let mut delegation = Delegation::default();
    for command in commands {
        let events = delegation.decide(command).unwrap();
        events.into_iter().for_each(|event| delegation.apply(event));
    }
    delegation
}

fn refusal(command: DelegationCommand) -> &'static str {
    Delegation::default().decide(command).unwrap_err().code()
}

#[test]
fn without_a_word_nothing_is_delegated_and_the_rest_is_as_the_contract_says() {
    let terms = Delegation::default().terms(Currency::USD);
    assert!(!terms.enabled && !terms.auto_send_statements && !terms.auto_escalate_overdue);
    assert!(!terms.auto_offer_payment_plans);
    assert_eq!(terms.ai_autonomous_approval_threshold, usd(50_000));
    assert_eq!(terms.payment_plan_min_balance, usd(20_000));
    assert_eq!(terms.escalation_schedule_days, [30, 60, 90]);
    assert_eq!((terms.failover_delay_hours, terms.payment_plan_max_months), (48, 12));
    assert_eq!(
        terms.preferred_channel_order,
        [Channel::Email, Channel::PhysicalMail, Channel::Sms]
    );
    let yen = Delegation::default().terms("JPY".parse().unwrap());
    assert_eq!(yen.ai_autonomous_approval_threshold.minor(), 500);
}

#[test]
fn a_change_names_some_settings_and_the_event_carries_them_all() {
    let delegation = after(vec![
        configure(|change| {
            change.enabled = Some(true);
            change.ai_autonomous_approval_threshold = Some(usd(20_000));
            change.failover_delay_hours = Some(72);
        }),
        configure(|change| change.auto_send_statements = Some(true)),
    ]);
    let terms = delegation.terms(Currency::USD);
    assert!(terms.enabled && terms.auto_send_statements);
    assert_eq!(terms.ai_autonomous_approval_threshold, usd(20_000));
    assert_eq!((terms.failover_delay_hours, terms.revision), (72, 2));
    let again = configure(|change| change.enabled = Some(true));
    assert_eq!(delegation.decide(again).unwrap(), vec![]);
}

#[test]
fn a_hard_boundary_can_be_added_and_never_taken_away() {
    let all = configure(|change| change.hard_boundaries = Some(HardBoundary::ALL.into()));
    let delegation = after(vec![all]);
    assert_eq!(delegation.terms(Currency::USD).hard_boundaries.len(), 7);
    let fewer = configure(|change| change.hard_boundaries = Some(HardBoundary::ALWAYS.into()));
    assert_eq!(
        delegation.decide(fewer).unwrap_err(),
        DelegationError::BoundaryRemoved { boundary: HardBoundary::TriggerLastLevel }
    );
    let none = configure(|change| change.hard_boundaries = Some([].into()));
    assert_eq!(refusal(none), "delegation.boundary_removed");
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let threshold =
        |amount| configure(move |change| change.ai_autonomous_approval_threshold = Some(amount));
    assert_eq!(refusal(threshold(usd(-1))), "delegation.amount_negative");
    let euros = Money::from_minor(1, "EUR".parse().unwrap());
    assert_eq!(refusal(threshold(euros)), "delegation.currency_mismatch");
    for days in [vec![], vec![30, 30], vec![60, 30], vec![0], vec![4_000], vec![1; 10]] {
        let schedule = configure(|change| change.escalation_schedule_days = Some(days));
        assert_eq!(refusal(schedule), "delegation.schedule");
    }
    for order in [vec![], vec![Channel::Email, Channel::Email]] {
        let order = configure(|change| change.preferred_channel_order = Some(order));
        assert_eq!(refusal(order), "delegation.channel_order");
    }
    let months = configure(|change| change.payment_plan_max_months = Some(0));
    assert_eq!(refusal(months), "delegation.out_of_range");
    let hours = configure(|change| change.failover_delay_hours = Some(721));
    assert_eq!(refusal(hours), "delegation.out_of_range");
}

#[test]
fn a_credential_stays_when_other_settings_change() {
    let key = Sealed::new(
        Uuid::from_u128(1),
        "AAEC".to_owned(),
        "lob_api_key".to_owned(),
        1,
        SubjectRef(Uuid::from_u128(2)),
    );
    let given = key.clone();
    let delegation = after(vec![
        configure(move |change| change.lob_api_key = Some(given)),
        configure(|change| change.enabled = Some(true)),
    ]);
    assert_eq!(delegation.credentials().lob_api_key, Some(&key));
    assert_eq!(delegation.credentials().postmark_api_key, None);
}
