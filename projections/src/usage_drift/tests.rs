//! What is used, what a counter says, and what came late.

use std::collections::BTreeMap;

use ledger::{
    Decider,
    operation::{
        Activity, Booking, BookingState, Fact, Metric, Operation, OperationCommand, Record,
        Storage, UsageCounter, Worker,
    },
    patient_activation::{BillingCause, ChargeTerms, CycleBilled, PatientActivationEvent},
    recorded::Recorded,
    values::{AnonymousRef, Currency, CycleKey, Rate, Rounding},
};
use proptest::prelude::*;
use time::{
    Duration, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

use super::{Row, UsageDrift};
use crate::{
    engine::{Word, fold},
    testing::{log, sealed, usd},
};

const NOW: OffsetDateTime = datetime!(2026-03-10 12:00 UTC);

/// (`Aggregate` itself is a dependency of the ledger only.)
fn apply<A: Decider>(state: &mut A, event: A::Event) {
    state.apply(event);
}

/// A message: about which thing, at which minute, what.
type Message = (u128, i64, Fact);

/// What the org's things say in this order, all heard now; repeated ones are passed over.
fn heard(messages: &[Message]) -> Vec<Recorded> {
    let mut things: BTreeMap<u128, Operation> = BTreeMap::new();
    let mut events = Vec::new();
    for (thing, minute, fact) in messages {
        let state = things.entry(*thing).or_default();
        let message = Uuid::from_u128((thing << 32) + u128::try_from(*minute).unwrap());
        let record = Record {
            content: message,
            entity_id: sealed("entity_id"),
            fact: fact.clone(),
            message,
            now: NOW,
            said_at: NOW - Duration::days(1) + Duration::minutes(*minute),
            time_zone: "UTC".parse().unwrap(),
        };
        for event in state.decide(OperationCommand::Record(Box::new(record))).unwrap() {
            apply(state, event.clone());
            events.push(event);
        }
    }
    log(Uuid::from_u128(1), events)
}

fn rows(events: &[Recorded]) -> BTreeMap<(Metric, String), Row> {
    let folded = fold::<UsageDrift>(events);
    folded.into_iter().map(|((metric, month), (row, _))| ((metric.0, month), row)).collect()
}

fn booking(day: i64, state: BookingState) -> Fact {
    let starts_at = datetime!(2026-01-15 12:00 UTC) + Duration::days(day);
    Booking {
        address: None,
        ends_at: starts_at + Duration::hours(1),
        invoice_id: None,
        lead: None,
        note: None,
        starts_at,
        state,
        team: None,
        worker: None,
    }
    .into()
}

fn worker(state: Activity) -> Fact {
    Worker { name: None, role: None, state, team: None }.into()
}

fn counter(metric: Metric, month: u8, value: i64) -> Fact {
    UsageCounter { metric, month: CycleKey { year: 2026, month }, value }.into()
}

#[test]
fn drift_is_what_the_counter_says_less_what_the_facts_come_to() {
    let confirmed = BookingState::Confirmed;
    let rows = rows(&heard(&[
        (1, 0, booking(50, confirmed)),
        (2, 0, booking(51, confirmed)),
        (3, 0, counter(Metric::Bookings, 3, 5)),
        (4, 0, worker(Activity::Active)),
        (5, 0, counter(Metric::Workers, 3, 1)),
    ]));
    let march = &rows[&(Metric::Bookings, "2026-03".to_owned())];
    assert_eq!((march.computed, march.recorded, march.drift), (2, Some(5), Some(3)));
    let workers = &rows[&(Metric::Workers, "current".to_owned())];
    assert_eq!((workers.computed, workers.drift), (1, Some(0)));
}

#[test]
fn without_a_counter_drift_is_not_known() {
    let rows = rows(&heard(&[(1, 0, worker(Activity::Active))]));
    assert_eq!(rows[&(Metric::Workers, "current".to_owned())].drift, None);
}

#[test]
fn late_facts_are_shown_with_what_they_changed() {
    let rows = rows(&heard(&[
        (1, 0, booking(0, BookingState::Confirmed)),
        (1, 1, booking(50, BookingState::Confirmed)),
        (2, 0, booking(1, BookingState::Canceled)),
    ]));
    let january = &rows[&(Metric::Bookings, "2026-01".to_owned())];
    assert_eq!((january.computed, january.late_facts, january.late_change), (0, 2, 0));
    let march = &rows[&(Metric::Bookings, "2026-03".to_owned())];
    assert_eq!((march.computed, march.late_facts, march.late_change), (1, 0, 0));
}

#[test]
fn a_billed_patient_counts_once_in_the_cycle() {
    let terms = ChargeTerms {
        currency: Currency::USD,
        fee: usd(200),
        payment_terms_days: 14,
        period_ends_on: date!(2026 - 03 - 01),
        period_starts_on: date!(2026 - 02 - 01),
        rounding: Rounding::default(),
        tax_rate: Rate::ZERO,
    };
    let billed = CycleBilled {
        cause: BillingCause::CycleStart,
        cycle: "2026-02".parse().unwrap(),
        patient: AnonymousRef("anon_1".to_owned()),
        terms,
    };
    let events = log(Uuid::from_u128(2), vec![PatientActivationEvent::from(billed)]);
    let rows = rows(&events);
    assert_eq!(rows[&(Metric::PatientActivations, "2026-02".to_owned())].computed, 1);
}

/// A fact in numbers, of a thing that always has the same kind.
fn message((thing, minute, day, half): (u8, i64, i64, bool)) -> Message {
    let fact = match thing % 4 {
        0 => booking(day, if half { BookingState::Canceled } else { BookingState::Pending }),
        1 => worker(if half { Activity::Inactive } else { Activity::Active }),
        2 => Storage { bytes: day }.into(),
        _ => counter(Metric::Bookings, 1 + thing / 4, day),
    };
    (u128::from(thing), minute, fact)
}

/// Messages whose names are their own: two of a thing are never said at the same minute.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let one = (0_u8..12, 0_i64..900, 0_i64..75, any::<bool>()).prop_map(message);
    prop::collection::vec(one, 1..40).prop_map(|mut messages| {
        let mut seen = std::collections::BTreeSet::new();
        messages.retain(|(thing, minute, _)| seen.insert((*thing, *minute)));
        messages
    })
}

/// The last word of every thing.
fn last_words(messages: &[Message]) -> impl Iterator<Item = &Fact> {
    let mut last: BTreeMap<u128, &Message> = BTreeMap::new();
    for message in messages {
        let known = last.entry(message.0).or_insert(message);
        if known.1 < message.1 {
            *known = message;
        }
    }
    last.into_values().map(|(_, _, fact)| fact)
}

/// The bookings of a month and its counter, counted off the facts by hand.
fn bookings_by_hand(messages: &[Message], month: u8) -> (i64, Option<i64>) {
    let (mut computed, mut recorded) = (0, None);
    for fact in last_words(messages) {
        match fact {
            Fact::Booking(booking) => {
                let counts = booking.state != BookingState::Canceled
                    && u8::from(booking.starts_at.month()) == month;
                computed += i64::from(counts);
            }
            Fact::UsageCounter(counter) if counter.month.month == month => {
                recorded = Some(counter.value);
            }
            _ => {}
        }
    }
    (computed, recorded)
}

proptest! {
    #[test]
    fn drift_is_recorded_less_computed_counted_off_the_facts(messages in messages()) {
        let rows = rows(&heard(&messages));
        for month in 1..=3 {
            let (computed, recorded) = bookings_by_hand(&messages, month);
            let row = rows.get(&(Metric::Bookings, format!("2026-{month:02}")));
            prop_assert_eq!(row.map_or(0, |row| row.computed), computed);
            let drift = recorded.map(|recorded| recorded - computed);
            prop_assert_eq!(row.and_then(|row| row.drift), drift);
        }
        let bytes: i64 = last_words(&messages)
            .map(|fact| if let Fact::Storage(storage) = fact { storage.bytes } else { 0 })
            .sum();
        let row = rows.get(&(Metric::StorageBytes, "current".to_owned()));
        prop_assert_eq!(row.map_or(0, |row| row.computed), bytes);
    }

    #[test]
    fn any_order_of_delivery_gives_the_same_report(
        (messages, shuffled) in messages()
            .prop_flat_map(|messages| (Just(messages.clone()), Just(messages).prop_shuffle())),
    ) {
        // What moved in between and came back leaves a row of nothing behind.
        let said = |messages: &[Message]| {
            let mut rows = rows(&heard(messages));
            rows.values_mut().for_each(|row| row.updated_at = NOW);
            rows.retain(|_, row| {
                (row.computed, row.recorded, row.late_facts, row.late_change) != (0, None, 0, 0)
            });
            rows
        };
        prop_assert_eq!(said(&messages), said(&shuffled));
    }

    #[test]
    fn messages_that_come_again_change_nothing(messages in messages()) {
        let twice: Vec<Message> = messages.iter().chain(&messages).cloned().collect();
        prop_assert_eq!(rows(&heard(&messages)), rows(&heard(&twice)));
    }
}

#[test]
fn words_are_those_of_the_ledger() {
    for metric in Metric::ALL {
        let word = crate::engine::Worded::word(&metric).to_owned();
        let read: Option<Metric> = crate::engine::Worded::of_word(&word);
        assert_eq!((read, Word(metric).0), (Some(metric), metric));
    }
}
