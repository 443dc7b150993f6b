//! Laws: any number of pauses, against every cycle they touch.

use std::collections::BTreeSet;

use proptest::prelude::*;
use time::Duration;

use super::*;
use crate::{
    patient_activation::{
        Activate, BillCycle, PatientActivation, PatientActivationCommand, PatientActivationEvent,
    },
    values::{AnonymousRef, Sealed, SubjectRef},
};

const BEGIN: OffsetDateTime = datetime!(2026-01-01 00:00 UTC);
const HOURS: i64 = 24 * 365;

/// Pauses of any length, some touching; the last may still last.
fn any_pauses() -> impl Strategy<Value = Vec<(OffsetDateTime, Option<OffsetDateTime>)>> {
    let lengths = prop::collection::vec((0..1500_i64, 0..1500_i64), 0..12);
    (lengths, any::<bool>()).prop_map(|(lengths, open_end)| {
        let mut at = BEGIN;
        let mut pauses = Vec::new();
        for (running, resting) in lengths {
            let from_at = at + Duration::hours(running);
            at = from_at + Duration::hours(resting);
            pauses.push((from_at, Some(at)));
        }
        if open_end && let Some(last) = pauses.last_mut() {
            last.1 = None;
        }
        pauses
    })
}

fn any_rule() -> impl Strategy<Value = CycleRule> {
    let zone = prop_oneof![
        Just("UTC"),
        Just("America/Toronto"),
        Just("Pacific/Auckland"),
        Just("America/Havana")
    ];
    (1..=31_u8, zone).prop_map(|(day, zone)| CycleRule::new(day, zone.parse().unwrap()).unwrap())
}

fn account(rule: CycleRule, pauses: &[(OffsetDateTime, Option<OffsetDateTime>)]) -> Subscription {
    let mut commands = vec![SubscriptionCommand::Open(Open { cycle: rule, ..opening() })];
    for (from_at, to_at) in pauses {
        commands.push(pause(*from_at));
        commands.extend(to_at.map(resume));
    }
    after(commands).0
}

fn sealed() -> Sealed<String> {
    let (at, subject) = (Uuid::from_u128(1), SubjectRef(Uuid::from_u128(2)));
    Sealed::new(at, "closed".to_owned(), "patient_id".to_owned(), 1, subject)
}

fn all_cycles() -> Vec<CycleKey> {
    std::iter::successors(Some(key("2025-12")), |key| Some(key.next())).take(15).collect()
}

proptest! {
    /// A patient who is active throughout pays for a cycle exactly if billing ran at some
    /// instant of it, and the instant that counts is never one of a pause.
    #[test]
    fn a_cycle_is_billed_unless_it_lies_wholly_inside_pauses(
        rule in any_rule(),
        pauses in any_pauses(),
    ) {
        let account = account(rule.clone(), &pauses);
        let now = BEGIN + Duration::hours(3 * HOURS);
        let resting = |at: OffsetDateTime| {
            let covers = |(from_at, to_at): &(OffsetDateTime, Option<OffsetDateTime>)| {
                *from_at <= at && to_at.is_none_or(|to_at| at < to_at)
            };
            pauses.iter().any(covers)
        };
        for key in all_cycles() {
            let cycle = rule.cycle(key).unwrap();
            let (starts_at, ends_at) =
                (rule.starts_at(&cycle).unwrap(), rule.ends_at(&cycle).unwrap());
            let charge = account.cycle_charge(key, now).unwrap();
            // Billing can only begin to run at the start of the cycle or the end of a pause.
            let ends = pauses.iter().filter_map(|(_, to_at)| *to_at);
            let first = std::iter::once(starts_at)
                .chain(ends)
                .filter(|at| (starts_at..ends_at).contains(at) && !resting(*at))
                .min();
            prop_assert_eq!(charge.map(|(active_at, _)| active_at), first);
        }
    }

    /// Cycles tile the calendar and each is billed once per patient, whatever is repeated and in
    /// whatever order the runs come: so no day, paused or not, is billed twice.
    #[test]
    fn no_day_is_billed_twice(
        rule in any_rule(),
        pauses in any_pauses(),
        runs in prop::collection::vec((0..15_usize, 0..HOURS), 0..60),
    ) {
        let account = account(rule, &pauses);
        let mut patient = PatientActivation::default();
        let billing = account.charge_for_activation(BEGIN);
        let mut billed_days = BTreeSet::new();
        let mut hear = |patient: &mut PatientActivation, command| {
            for event in patient.decide(command).unwrap() {
                if let PatientActivationEvent::CycleBilled(event) = &event {
                    let mut day = event.terms.period_starts_on;
                    while day < event.terms.period_ends_on {
                        assert!(billed_days.insert(day), "{day} is billed twice");
                        day = day.next_day().unwrap();
                    }
                }
                patient.apply(event);
            }
        };
        if let Ok(billing) = billing {
            let patient_ref = AnonymousRef("anon_a".to_owned());
            let activate = Activate {
                activated_at: BEGIN, billing, name: None, patient: patient_ref, patient_id: sealed(),
            };
            hear(&mut patient, PatientActivationCommand::Activate(activate));
            for (cycle, hours) in runs {
                let now = BEGIN + Duration::hours(hours);
                let charge = account.cycle_charge(all_cycles()[cycle], now).unwrap();
                if let Some((active_at, billing)) = charge {
                    let bill = BillCycle { active_at, billing };
                    hear(&mut patient, PatientActivationCommand::BillCycle(bill));
                }
            }
        }
    }

    #[test]
    fn an_event_heard_twice_changes_nothing_and_is_read_as_it_was_written(
        pauses in any_pauses(),
        tax_days in prop::collection::vec(1..300_i64, 0..4),
        closing in any::<bool>(),
    ) {
        let mut commands = vec![open()];
        for (from_at, to_at) in &pauses {
            commands.push(pause(*from_at));
            commands.extend(to_at.map(resume));
        }
        let first = date!(2026 - 01 - 01);
        commands.extend(tax_days.iter().map(|days| tax("CA-ON", "0.13", first + Duration::days(*days))));
        commands.extend(closing.then(|| cancel(BEGIN + Duration::hours(9 * HOURS))));
        let mut account = Subscription::default();
        for event in after(commands).1 {
            account.apply(event.clone());
            let once = account.clone();
            account.apply(event.clone());
            prop_assert_eq!(&account, &once);

            let bytes = event.encode().unwrap();
            let read = LedgerEvent::decode(event.name(), event.version(), &bytes).unwrap();
            prop_assert_eq!(read, event.into());
        }
        let kept = serde_json::to_string(&account).unwrap();
        prop_assert_eq!(serde_json::from_str::<Subscription>(&kept).unwrap(), account);
    }
}
