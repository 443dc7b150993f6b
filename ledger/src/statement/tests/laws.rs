//! Laws: whatever anyone orders, in whatever order and however often.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    StoredEvent,
    journal::{Account, postings},
    recorded::LedgerEvent,
};

fn any_terms() -> impl Strategy<Value = Terms> {
    let flags = any::<[bool; 5]>();
    let boundaries = prop::sample::subsequence(HardBoundary::ALL.to_vec(), 0..=7);
    (prop::bool::weighted(0.8), flags, 0..80_000_i64, 1..15_u16, boundaries).prop_map(
        |(enabled, [send, escalate, offer, failover, _], threshold, months, boundaries)| {
            let mut terms = Terms {
                ai_autonomous_approval_threshold: usd(threshold),
                auto_escalate_overdue: escalate,
                auto_offer_payment_plans: offer,
                auto_send_statements: send,
                email_failover_to_mail: failover,
                enabled,
                payment_plan_max_months: months,
                revision: 1,
                ..Terms::default()
            };
            terms.hard_boundaries.extend(boundaries);
            terms
        },
    )
}

fn any_authority() -> impl Strategy<Value = Authority> {
    let by = prop_oneof![6 => Just(By::Agent), 2 => Just(By::Founder), 2 => Just(By::Staff)];
    (by, any_terms()).prop_map(|(by, terms)| Authority::of(by, terms))
}

fn any_kind() -> impl Strategy<Value = AdjustmentKind> {
    prop_oneof![
        Just(AdjustmentKind::CharityCare),
        Just(AdjustmentKind::Correction),
        Just(AdjustmentKind::PriceConcession)
    ]
}

fn any_order() -> impl Strategy<Value = StatementCommand> {
    let by = any_authority;
    prop_oneof![
        2 => by().prop_map(finalize),
        1 => by().prop_map(hold),
        2 => by().prop_map(release),
        6 => by().prop_map(send),
        3 => (by(), 1..4_u8).prop_map(|(by, level)| follow_up(by, level)),
        2 => (by(), 1..4_u16).prop_map(|(by, delivery)| letter_later(by, delivery)),
        2 => (by(), 1..4_u16, 0..90_i64).prop_map(|(by, of, hours)| letter_instead(by, of, hours)),
        5 => (by(), 0..5_u8, 0..120_i64).prop_map(|(by, level, days)| escalate(by, level, days)),
        2 => (by(), 60..63_u128, 0..16_u16).prop_map(|(by, plan, months)| offer(by, plan, months)),
        2 => (by(), 40..44_u128, any_kind(), 1..9_000_i64)
            .prop_map(|(by, number, kind, minor)| adjust(by, number, kind, minor)),
        1 => by().prop_map(void),
        1 => by().prop_map(take_over),
    ]
}

fn any_news() -> impl Strategy<Value = StatementCommand> {
    prop_oneof![
        3 => (1..4_u16).prop_map(taken),
        3 => (1..4_u16).prop_map(not_taken),
        2 => (1..4_u16).prop_map(arrived),
        2 => (1..4_u16).prop_map(opened),
        2 => (1..4_u16).prop_map(bounced),
        2 => (60..75_u128).prop_map(accept),
        1 => (0..400_i64)
            .prop_map(|days| StatementCommand::MissInstalments(MissInstalments { today: late(days) })),
        4 => (20..26_u128, 1..70_000_i64).prop_map(|(number, minor)| pay(number, minor)),
        2 => (20..26_u128).prop_map(reverse),
        2 => (30..34_u128, 20..26_u128, 1..9_000_i64)
            .prop_map(|(number, payment, minor)| refund(number, payment, minor)),
        1 => (30..34_u128).prop_map(settle_refund),
        3 => (1..90_000_i64, 0..9_000_i64).prop_map(|(total, paid)| follow(total, paid)),
        1 => Just(supersede()),
    ]
}

fn any_history() -> impl Strategy<Value = Vec<StatementCommand>> {
    let then = prop::collection::vec(prop_oneof![any_order(), any_news()], 0..40);
    (any_authority(), any::<bool>(), 1..90_000_i64, then).prop_map(|(by, claim, total, then)| {
        let begin = if claim { of_claim(by, total) } else { generate(by, total) };
        // Refused to the agent, a person draws it up.
        let again = if claim { of_claim(staff(), total) } else { generate(staff(), total) };
        [begin, again].into_iter().chain(then).collect()
    })
}

/// Who orders, and under which settings; nothing for news.
fn authority(command: &StatementCommand) -> Option<&Authority> {
    match command {
        StatementCommand::Generate(command) => Some(&command.by),
        StatementCommand::Finalize(command) => Some(&command.by),
        StatementCommand::Hold(command) => Some(&command.by),
        StatementCommand::Release(command) => Some(&command.by),
        StatementCommand::Void(command) => Some(&command.by),
        StatementCommand::Override(command) => Some(&command.by),
        StatementCommand::Send(command) => Some(&command.by),
        StatementCommand::ScheduleFailover(command) => Some(&command.by),
        StatementCommand::Escalate(command) => Some(&command.by),
        StatementCommand::OfferPlan(command) => Some(&command.by),
        StatementCommand::Adjust(command) => Some(&command.by),
        _ => None,
    }
}

/// What the agent did, checked against the settings anew, not as the statement checks it.
fn within_the_delegation(terms: &Terms, before: &Statement, events: &[StatementEvent]) {
    let threshold = terms.ai_autonomous_approval_threshold.minor();
    let balance = |statement: &Statement| statement.balance_due().map_or(0, Money::minor);
    for event in events {
        let only_held = matches!(event, StatementEvent::Held(_) | StatementEvent::Decided(_));
        assert!(only_held || (terms.enabled && !before.is_overridden()), "{event:?}");
        match event {
            StatementEvent::Finalized(event) => {
                assert!(before.approved || event.figures.balance_due.minor() <= threshold);
            }
            StatementEvent::Sent(event) => {
                assert!(before.held().is_none());
                assert!(before.approved || balance(before) <= threshold);
                assert!(match event.purpose {
                    Purpose::Statement => terms.auto_send_statements,
                    Purpose::FollowUp => terms.auto_escalate_overdue,
                    Purpose::Failover => terms.email_failover_to_mail,
                    Purpose::Resend => false,
                });
            }
            StatementEvent::FailoverScheduled(_) => assert!(terms.email_failover_to_mail),
            StatementEvent::Escalated(event) => {
                let needed =
                    terms.escalation_schedule_days[usize::from(event.escalation_level) - 1];
                assert!(terms.auto_escalate_overdue && event.days_overdue >= needed);
                let is_last = usize::from(event.escalation_level) == 3;
                assert!(
                    !(is_last && terms.hard_boundaries.contains(&HardBoundary::TriggerLastLevel))
                );
            }
            StatementEvent::PlanOffered(event) => {
                assert!(terms.auto_offer_payment_plans);
                assert!(event.balance_due.minor() >= terms.payment_plan_min_balance.minor());
                assert!(event.instalments.len() <= usize::from(terms.payment_plan_max_months));
            }
            StatementEvent::Generated(_) | StatementEvent::Decided(_) | StatementEvent::Held(_) => {
            }
            other => panic!("the agent did {other:?}"),
        }
    }
}

#[derive(Default)]
struct Books(BTreeMap<Account, i64>);

impl Books {
    fn hear(&mut self, event: &StatementEvent) {
        let entry = postings(&LedgerEvent::from(event.clone()));
        let sum: i64 = entry.iter().map(|line| line.debit_minor - line.credit_minor).sum();
        assert_eq!(sum, 0, "{event:?}");
        for line in entry {
            assert!(line.debit_minor >= 0 && line.credit_minor >= 0);
            *self.0.entry(line.account).or_default() += line.debit_minor - line.credit_minor;
        }
    }

    fn of(&self, account: Account) -> i64 {
        self.0.get(&account).copied().unwrap_or_default()
    }
}

proptest! {
    #[test]
    fn nothing_that_is_delegated_exceeds_its_boundaries(commands in any_history()) {
        let mut statement = Statement::default();
        for command in commands {
            let Ok(events) = statement.decide(command.clone()) else { continue };
            if let Some(by) = authority(&command)
                && by.by == By::Agent
            {
                within_the_delegation(&by.terms, &statement, &events);
            }
            events.into_iter().for_each(|event| statement.apply(event));
        }
    }

    #[test]
    fn the_lifecycle_never_moves_backwards(commands in any_history()) {
        let mut statement = Statement::default();
        for command in commands {
            for event in statement.decide(command.clone()).unwrap_or_default() {
                let (reached, before) = (statement.reached(), statement.lifecycle());
                statement.apply(event);
                let after = statement.lifecycle();
                prop_assert!(statement.reached() >= reached);
                let beside = |state| matches!(state, Lifecycle::Failed | Lifecycle::Escalated);
                prop_assert!(after >= before || beside(before), "{before} to {after}: {command:?}");
                prop_assert!(before != Lifecycle::Voided || after == Lifecycle::Voided);
            }
        }
    }

    #[test]
    fn the_balance_is_charges_less_all_that_came_off_and_the_books_agree(
        commands in any_history()
    ) {
        let (mut statement, mut books) = (Statement::default(), Books::default());
        for command in commands {
            let moves = matches!(command, StatementCommand::FollowClaim(_));
            for event in statement.decide(command.clone()).unwrap_or_default() {
                books.hear(&event);
                statement.apply(event);
                let figures = *statement.figures().unwrap();
                let off = figures.insurance_paid.minor()
                    + figures.insurance_pending.minor()
                    + figures.adjustments.minor()
                    + figures.patient_paid.minor();
                prop_assert_eq!(figures.balance_due.minor(), figures.total_charges.minor() - off);
                let charges: i64 =
                    statement.charges().iter().map(|charge| charge.amount.minor()).sum();
                prop_assert_eq!(charges, figures.total_charges.minor());
                let entered = statement.reached() >= Lifecycle::Finalized;
                if statement.claim_id().is_none() {
                    prop_assert!(!moves);
                    let due = if entered { statement.balance_due().unwrap().minor() } else { 0 };
                    prop_assert_eq!(due, books.of(Account::PatientReceivables));
                }
            }
        }
    }

    #[test]
    fn an_event_heard_twice_changes_nothing_and_is_read_as_it_was_written(
        commands in any_history()
    ) {
        let mut statement = Statement::default();
        for command in commands {
            for event in statement.decide(command).unwrap_or_default() {
                statement.apply(event.clone());
                let once = statement.clone();
                statement.apply(event.clone());
                prop_assert_eq!(&statement, &once);
                let bytes = event.encode().unwrap();
                let read = LedgerEvent::decode(event.name(), event.version(), &bytes).unwrap();
                prop_assert_eq!(read, event.into());
            }
            let kept = serde_json::to_string(&statement).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Statement>(&kept).unwrap(), &statement);
        }
    }

    /// A person who sends again wants it sent again.
    #[test]
    fn a_command_given_twice_has_no_second_effect(commands in any_history()) {
        let mut statement = Statement::default();
        for command in commands {
            let Ok(events) = statement.decide(command.clone()) else { continue };
            events.into_iter().for_each(|event| statement.apply(event));
            let by_person = authority(&command).is_some_and(|by| by.by != By::Agent);
            if !(by_person && matches!(command, StatementCommand::Send(_))) {
                prop_assert_eq!(statement.decide(command).unwrap_or_default(), vec![]);
            }
        }
    }
}
