//! Given, when, then; and the laws: order does not matter, twice is once, nothing is lost.

use std::collections::BTreeMap;

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use proptest::prelude::*;
use time::{Duration, OffsetDateTime, macros::datetime};
use uuid::Uuid;

use super::*;
use crate::{
    Decider,
    values::{CycleKey, Sealed, SubjectRef},
};

const NOW: OffsetDateTime = datetime!(2026-03-10 12:00 UTC);

fn month(number: u8) -> CycleKey {
    CycleKey { year: 2026, month: number }
}

fn sealed() -> Sealed<String> {
    let (at, subject) = (Uuid::from_u128(1), SubjectRef(Uuid::from_u128(2)));
    Sealed::new(at, "closed".to_owned(), "entity_id".to_owned(), 1, subject)
}

/// A message in a zone five hours behind UTC.
fn says(message: u128, said_at: OffsetDateTime, fact: impl Into<Fact>) -> Record {
    Record {
        content: Uuid::from_u128(1_000 + message),
        entity_id: sealed(),
        fact: fact.into(),
        message: Uuid::from_u128(message),
        now: NOW,
        said_at,
        time_zone: "America/Toronto".parse().unwrap(),
    }
}

fn booking(starts_at: OffsetDateTime, state: BookingState) -> Booking {
    Booking {
        address: None,
        ends_at: starts_at + Duration::hours(2),
        invoice_id: None,
        lead: None,
        note: None,
        starts_at,
        state,
        team: None,
        worker: None,
    }
}

fn photo(bytes: i64, state: PhotoState) -> Photo {
    Photo { booking: None, bytes, state, taken_at: datetime!(2026-03-05 12:00 UTC) }
}

fn counter(metric: Metric, month: CycleKey, value: i64) -> UsageCounter {
    UsageCounter { metric, month, value }
}

fn order(record: Record) -> OperationCommand {
    OperationCommand::Record(Box::new(record))
}

/// Whatever is not refused, heard in this order.
fn after(records: impl IntoIterator<Item = Record>) -> (Operation, Vec<OperationEvent>) {
    let mut thing = Operation::default();
    let mut history = Vec::new();
    for record in records {
        for event in thing.decide(order(record)).unwrap_or_default() {
            thing.apply(event.clone());
            history.push(event);
        }
    }
    (thing, history)
}

fn given(records: Vec<Record>) -> AggregateTestExecutor<Operation> {
    TestFramework::with(()).given(after(records).1)
}

fn last_note(records: Vec<Record>) -> Note {
    after(records).1.last().unwrap().note().clone()
}

/// What a log of notes adds up to.
fn totals(history: &[OperationEvent]) -> BTreeMap<(Metric, Option<CycleKey>), i64> {
    let mut totals = BTreeMap::new();
    for change in history.iter().flat_map(|event| &event.note().changes) {
        *totals.entry((change.metric, change.month)).or_default() += change.delta;
    }
    totals.retain(|_, total| *total != 0);
    totals
}

#[test]
fn a_booking_counts_in_the_month_it_starts_in_by_the_orgs_clock() {
    // Half past midnight in UTC is the evening before in Toronto.
    let starts_at = datetime!(2026-03-01 00:30 UTC);
    let note = last_note(vec![says(1, NOW, booking(starts_at, BookingState::Confirmed))]);
    assert_eq!(note.standing, Standing::First);
    let (metric, february) = (Metric::Bookings, month(2));
    let counted = Count { amount: 1, metric, month: Some(february) };
    assert_eq!(note.counts, [counted]);
    assert_eq!(note.changes, [Change { delta: 1, late: true, metric, month: Some(february) }]);
    assert_eq!(note.late, [Late { metric, month: february }]);
}

#[test]
fn a_booking_that_moves_takes_its_count_along() {
    let (march, april) = (datetime!(2026-03-20 15:00 UTC), datetime!(2026-04-02 15:00 UTC));
    let said = |hours| NOW - Duration::days(1) + Duration::hours(hours);
    let note = last_note(vec![
        says(1, said(0), booking(march, BookingState::Pending)),
        says(2, said(1), booking(april, BookingState::Confirmed)),
    ]);
    assert_eq!(note.standing, Standing::Correction);
    let change = |delta, key| Change {
        delta,
        late: false,
        metric: Metric::Bookings,
        month: Some(month(key)),
    };
    assert_eq!(note.changes, [change(-1, 3), change(1, 4)]);
    assert_eq!(note.late, []);
}

#[test]
fn a_canceled_booking_and_a_worker_who_left_count_no_longer() {
    let starts_at = datetime!(2026-03-20 15:00 UTC);
    let said = |hours| NOW - Duration::days(1) + Duration::hours(hours);
    let canceled = after(vec![
        says(1, said(0), booking(starts_at, BookingState::Confirmed)),
        says(2, said(1), booking(starts_at, BookingState::Canceled)),
    ]);
    assert_eq!((canceled.0.counts(), totals(&canceled.1).len()), (&[][..], 0));
    let worker = |state| Worker { name: None, role: None, state, team: None };
    let (left, history) = after(vec![
        says(1, said(0), worker(Activity::Active)),
        says(2, said(1), worker(Activity::Inactive)),
    ]);
    assert_eq!((left.counts(), totals(&history).len()), (&[][..], 0));
    assert_eq!(history[0].note().changes[0].month, None, "as it stands now");
}

#[test]
fn a_deleted_photo_gives_its_bytes_back() {
    let said = |hours| NOW - Duration::days(1) + Duration::hours(hours);
    let stored = says(1, said(0), photo(2_048, PhotoState::Stored));
    let (_, history) = after(vec![stored.clone()]);
    let both = [((Metric::Photos, Some(month(3))), 1), ((Metric::StorageBytes, None), 2_048)];
    assert_eq!(totals(&history), BTreeMap::from(both));
    let (_, history) = after(vec![stored, says(2, said(1), photo(2_048, PhotoState::Deleted))]);
    assert_eq!(totals(&history), BTreeMap::new());
}

#[test]
fn the_same_message_again_is_nothing_new_and_another_under_its_name_is_refused() {
    let first = says(1, NOW, photo(10, PhotoState::Stored));
    given(vec![first.clone()]).when(order(first.clone())).then_expect_events(vec![]);
    let other = Record { content: Uuid::from_u128(7), ..first.clone() };
    given(vec![first]).when(order(other)).then_expect_error(OperationError::OtherContent);
}

#[test]
fn what_was_said_earlier_is_kept_but_changes_nothing() {
    let newer = says(1, NOW, photo(10, PhotoState::Deleted));
    let older = says(2, NOW - Duration::hours(1), photo(10, PhotoState::Stored));
    let note = last_note(vec![newer, older]);
    assert_eq!((note.standing, note.changes, note.counts), (Standing::Superseded, vec![], vec![]));
}

#[test]
fn a_counter_of_what_stands_now_is_the_one_of_the_latest_month() {
    let march = says(1, NOW - Duration::hours(2), counter(Metric::Workers, month(3), 4));
    let february = says(2, NOW, counter(Metric::Workers, month(2), 9));
    let note = last_note(vec![march, february]);
    assert_eq!(note.standing, Standing::Superseded);
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |record| {
        let error = Operation::default().decide(order(record)).unwrap_err();
        crate::Refusal::code(&error)
    };
    let start = datetime!(2026-03-20 15:00 UTC);
    let backwards = Booking { ends_at: start, ..booking(start, BookingState::Pending) };
    assert_eq!(refused(says(1, NOW, backwards)), "operation.ends_before_start");
    let tomorrow = NOW + Duration::days(1);
    let early = says(1, tomorrow, photo(1, PhotoState::Stored));
    assert_eq!(refused(early), "operation.from_the_future");
    let negative = says(1, NOW, photo(-1, PhotoState::Stored));
    assert_eq!(refused(negative), "operation.out_of_bounds");
    let ancient = booking(datetime!(0001-01-01 00:00 UTC), BookingState::Pending);
    assert_eq!(refused(says(1, NOW, ancient)), "operation.out_of_calendar");
}

/// A fact in numbers: kind, day, state or size.
fn fact((kind, day, what): (u8, i64, u8)) -> Fact {
    let at = datetime!(2026-01-15 12:00 UTC) + Duration::days(day);
    let half = what.is_multiple_of(2);
    match kind % 3 {
        0 => {
            booking(at, if half { BookingState::Canceled } else { BookingState::Confirmed }).into()
        }
        1 => {
            let state = if half { PhotoState::Deleted } else { PhotoState::Stored };
            Photo { taken_at: at, ..photo(i64::from(what), state) }.into()
        }
        _ => {
            let state = if half { Activity::Inactive } else { Activity::Active };
            Worker { name: None, role: None, state, team: None }.into()
        }
    }
}

/// Messages about one thing, some said at the same instant.
fn messages() -> impl Strategy<Value = Vec<Record>> {
    let one = ((0_i64..90), any::<u8>(), (0_i64..6));
    (any::<u8>(), prop::collection::vec(one, 1..12)).prop_map(|(kind, said)| {
        let numbered = (1..).zip(said);
        let record = |(number, (day, what, minute))| {
            let said_at = NOW - Duration::minutes(minute);
            says(number, said_at, fact((kind, day, what)))
        };
        numbered.map(record).collect()
    })
}

/// What the facts come to, without any of the aggregate's arithmetic: the last one counts.
fn naively(records: &[Record]) -> BTreeMap<(Metric, Option<CycleKey>), i64> {
    let last = records.iter().max_by_key(|record| (record.said_at, record.message)).unwrap();
    let (_, alone) = after([last.clone()]);
    totals(&alone)
}

proptest! {
    #[test]
    fn whatever_the_order_the_last_word_counts(
        (records, shuffled) in messages()
            .prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle())),
    ) {
        let (known, history) = after(records.clone());
        let (other, other_history) = after(shuffled);
        prop_assert_eq!(totals(&history), naively(&records));
        prop_assert_eq!(totals(&history), totals(&other_history));
        prop_assert_eq!(known, other);
        let late = |history: &[OperationEvent]| -> usize {
            history.iter().map(|event| event.note().late.len()).sum()
        };
        prop_assert_eq!(late(&history), late(&other_history));
    }

    #[test]
    fn messages_that_come_again_change_nothing(records in messages()) {
        let (once, history) = after(records.clone());
        let (twice, repeated) = after(records.iter().chain(&records).cloned());
        prop_assert_eq!(&once, &twice);
        prop_assert_eq!(history.len(), records.len(), "nothing is lost");
        prop_assert_eq!(&history, &repeated);
        let mut heard_twice = once.clone();
        heard_twice.apply(history.last().unwrap().clone());
        prop_assert_eq!(once, heard_twice);
    }
}
