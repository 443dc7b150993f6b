//! Given, when, then; the billing vector; and the law that a cycle is billed once.

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use proptest::prelude::*;
use time::{Date, Duration, OffsetDateTime, macros::datetime};
use uuid::Uuid;

use super::*;
use crate::{
    Decider, StoredEvent,
    recorded::LedgerEvent,
    subscription::{Limits, Open, Prices, Subscription, SubscriptionCommand},
    values::{AnonymousRef, Currency, CycleKey, CycleRule, Money, Rounding, Sealed, SubjectRef},
};

/// An account in UTC whose cycles are calendar months, at 2.00 a patient.
fn account() -> Subscription {
    let mut account = Subscription::default();
    let usd = |minor| Money::from_minor(minor, Currency::USD);
    let open = Open {
        auto_issue: false,
        contact_email: None,
        currency: Currency::USD,
        cycle: CycleRule::new(1, "UTC".parse().unwrap()).unwrap(),
        limits: Limits::default(),
        opened_at: datetime!(2026-01-01 00:00 UTC),
        payment_terms_days: 14,
        plan: "standard".parse().unwrap(),
        prices: Prices { activation_fee: usd(200), setup_fee: usd(0) },
        rounding: Rounding::HalfAwayFromZero,
    };
    for event in account.decide(SubscriptionCommand::Open(open)).unwrap() {
        account.apply(event);
    }
    account
}

fn reference() -> AnonymousRef {
    AnonymousRef("anon_a".to_owned())
}

fn sealed() -> Sealed<String> {
    let (at, subject) = (Uuid::from_u128(1), SubjectRef(Uuid::from_u128(2)));
    Sealed::new(at, "closed".to_owned(), "patient_id".to_owned(), 1, subject)
}

fn activate(activated_at: OffsetDateTime) -> PatientActivationCommand {
    PatientActivationCommand::Activate(Activate {
        activated_at,
        billing: account().charge_for_activation(activated_at).unwrap(),
        name: None,
        patient: reference(),
        patient_id: sealed(),
    })
}

fn deactivate(deactivated_at: OffsetDateTime) -> PatientActivationCommand {
    PatientActivationCommand::Deactivate(Deactivate { deactivated_at })
}

fn bill(cycle: CycleKey) -> PatientActivationCommand {
    let late = datetime!(2030-01-01 00:00 UTC);
    let (active_at, billing) = account().cycle_charge(cycle, late).unwrap().unwrap();
    PatientActivationCommand::BillCycle(BillCycle { active_at, billing })
}

fn january(day: i64) -> OffsetDateTime {
    datetime!(2026-01-01 12:00 UTC) + Duration::days(day - 1)
}

fn month(number: u8) -> CycleKey {
    CycleKey { year: 2026, month: number }
}

fn after(
    commands: Vec<PatientActivationCommand>,
) -> (PatientActivation, Vec<PatientActivationEvent>) {
    let mut patient = PatientActivation::default();
    let mut history = Vec::new();
    for command in commands {
        for event in patient.decide(command).unwrap() {
            patient.apply(event.clone());
            history.push(event);
        }
    }
    (patient, history)
}

fn given(commands: Vec<PatientActivationCommand>) -> AggregateTestExecutor<PatientActivation> {
    TestFramework::with(()).given(after(commands).1)
}

fn names(events: &[PatientActivationEvent]) -> Vec<&'static str> {
    let short = |event: &PatientActivationEvent| event.name().rsplit('.').next().unwrap();
    events.iter().map(short).collect()
}

#[test]
fn the_first_activation_is_billed_for_its_cycle() {
    let (patient, history) = after(vec![activate(january(10))]);
    assert_eq!(names(&history), ["activated", "cycle_billed"]);
    let PatientActivationEvent::CycleBilled(billed) = &history[1] else { panic!("{history:?}") };
    assert_eq!((billed.cause, billed.cycle), (BillingCause::Activation, month(1)));
    assert_eq!(billed.terms.fee, Money::from_minor(200, Currency::USD));
    assert!(patient.is_active_for_billing());
    assert_eq!(patient.activated_at(), Some(january(10)));
    assert_eq!(patient.last_billed_cycle(), Some(month(1)));
    assert!(!PatientActivation::default().is_active_for_billing());
}

#[test]
fn saying_it_twice_changes_nothing() {
    given(vec![activate(january(10))]).when(activate(january(11))).then_expect_events(vec![]);
    given(vec![activate(january(10)), deactivate(january(11))])
        .when(deactivate(january(12)))
        .then_expect_events(vec![]);
    given(vec![activate(january(10))]).when(bill(month(1))).then_expect_events(vec![]);
}

#[test]
fn reactivating_in_a_billed_cycle_costs_nothing_more() {
    let history = vec![activate(january(10)), deactivate(january(11))];
    let events = given(history).when(activate(january(12))).inspect_result().unwrap();
    assert_eq!(names(&events), ["reactivated"]);
}

#[test]
fn whoever_left_before_the_cycle_began_is_not_billed_even_by_a_late_run() {
    let left = vec![activate(january(10)), deactivate(january(31))];
    given(left).when(bill(month(2))).then_expect_events(vec![]);
    let on_the_instant = datetime!(2026-02-01 00:00 UTC);
    let left = vec![activate(january(10)), deactivate(on_the_instant)];
    given(left).when(bill(month(2))).then_expect_events(vec![]);

    let stayed = vec![activate(january(10)), deactivate(january(36))];
    let events = given(stayed).when(bill(month(2))).inspect_result().unwrap();
    assert_eq!(names(&events), ["cycle_billed"]);
}

#[test]
fn changes_come_in_order() {
    let out_of_order = |at, last| PatientActivationError::OutOfOrder { at, last };
    given(vec![activate(january(10))])
        .when(deactivate(january(9)))
        .then_expect_error(out_of_order(january(9), january(10)));
    given(vec![activate(january(10)), deactivate(january(20))])
        .when(activate(january(19)))
        .then_expect_error(out_of_order(january(19), january(20)));
}

#[test]
fn an_unknown_patient_and_a_foreign_one_are_refused() {
    let unknown = PatientActivationError::Unknown;
    given(vec![]).when(deactivate(january(1))).then_expect_error(unknown.clone());
    given(vec![]).when(bill(month(1))).then_expect_error(unknown);
    let PatientActivationCommand::Activate(command) = activate(january(12)) else { panic!() };
    let other = Activate { patient: AnonymousRef("anon_b".to_owned()), ..command };
    given(vec![activate(january(10))])
        .when(PatientActivationCommand::Activate(other))
        .then_expect_error(PatientActivationError::OtherPatient);
}

/// `activation-billing.json`: what each case is charged per cycle.
#[test]
fn the_billing_vector_holds() {
    let vector: serde_json::Value =
        serde_json::from_str(include_str!("../../tests/vectors/activation-billing.json")).unwrap();
    for case in vector["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let mut commands = Vec::new();
        for toggle in case["events"].as_array().unwrap() {
            let day: Date = serde_json::from_value(toggle[0].clone()).unwrap();
            let at = day.midnight().assume_utc() + Duration::hours(9);
            // The job has run at the start of every month up to then.
            commands.extend((1..=u8::from(day.month())).map(|number| (at, bill(month(number)))));
            let command = if toggle[1] == "activate" { activate(at) } else { deactivate(at) };
            commands.push((at, command));
        }
        let last = commands.last().unwrap().0;
        commands.extend((1..=4).map(|number| (last, bill(month(number)))));

        let mut patient = PatientActivation::default();
        let mut charges = std::collections::BTreeMap::<String, i64>::new();
        for (_, command) in commands {
            // Before the first activation there is nobody to bill.
            for event in patient.decide(command).unwrap_or_default() {
                if let PatientActivationEvent::CycleBilled(event) = &event {
                    *charges.entry(event.cycle.to_string()).or_default() += event.terms.fee.minor();
                }
                patient.apply(event);
            }
        }
        for (cycle, expected) in case["charges"].as_object().unwrap() {
            let charged = charges.get(cycle).copied().unwrap_or(0);
            assert_eq!(Some(charged), expected.as_i64(), "{name}, {cycle}");
        }
    }
}

fn any_command() -> impl Strategy<Value = PatientActivationCommand> {
    let at = || (0..24 * 200_i64).prop_map(|hours| january(1) + Duration::hours(hours));
    prop_oneof![
        3 => at().prop_map(activate),
        3 => at().prop_map(deactivate),
        4 => (1..=8_u8).prop_map(|number| bill(month(number))),
    ]
}

proptest! {
    #[test]
    fn a_cycle_is_billed_once_under_retries_duplicates_and_disorder(
        commands in prop::collection::vec((any_command(), 1..3_usize), 0..40)
    ) {
        let mut patient = PatientActivation::default();
        let mut billed = std::collections::BTreeSet::new();
        for (command, times) in commands {
            for _ in 0..times {
                for event in patient.decide(command.clone()).unwrap_or_default() {
                    patient.apply(event.clone());
                    if let PatientActivationEvent::CycleBilled(event) = &event {
                        prop_assert!(billed.insert(event.cycle));
                    }
                    let once = patient.clone();
                    patient.apply(event.clone());
                    prop_assert_eq!(&patient, &once);

                    let bytes = event.encode().unwrap();
                    let read = LedgerEvent::decode(event.name(), event.version(), &bytes).unwrap();
                    prop_assert_eq!(read, event.into());
                }
            }
        }
        let kept = serde_json::to_string(&patient).unwrap();
        prop_assert_eq!(serde_json::from_str::<PatientActivation>(&kept).unwrap(), patient);
    }

    /// The answer to "was the patient active then" does not depend on when it is asked.
    #[test]
    fn a_late_run_bills_the_same_cycles_as_a_punctual_one(
        gaps in prop::collection::vec(1..900_i64, 1..20)
    ) {
        let mut at = january(1);
        let mut toggles = Vec::new();
        for (number, hours) in gaps.into_iter().enumerate() {
            at += Duration::hours(hours);
            toggles.push((at, if number % 2 == 0 { activate(at) } else { deactivate(at) }));
        }
        let bills = || (1..=24).map(|number| {
            let year = 2026 + (number - 1) / 12;
            CycleKey { year, month: u8::try_from((number - 1) % 12 + 1).unwrap() }
        });
        let first_instant = |cycle: CycleKey| match bill(cycle) {
            PatientActivationCommand::BillCycle(command) => command.active_at,
            _ => unreachable!(),
        };
        let mut punctual: Vec<_> = toggles.clone();
        punctual.extend(bills().map(|cycle| (first_instant(cycle), bill(cycle))));
        punctual.sort_by_key(|(at, _)| *at);
        let late = toggles.into_iter().chain(bills().map(|cycle| (at, bill(cycle))));

        let charged = |commands: Vec<(OffsetDateTime, PatientActivationCommand)>| {
            let mut patient = PatientActivation::default();
            for (_, command) in commands {
                for event in patient.decide(command).unwrap_or_default() {
                    patient.apply(event);
                }
            }
            bills().filter(|cycle| patient.is_billed(*cycle)).collect::<Vec<_>>()
        };
        prop_assert_eq!(charged(punctual), charged(late.collect()));
    }
}
