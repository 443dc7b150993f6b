//! What is known of things elsewhere.

use ledger::{
    operation::{
        Activity, Fact, Kind, Note, OperationEvent, Photo, PhotoState, Standing, UsageCounter,
        Worker,
    },
    values::CycleKey,
};
use time::macros::datetime;
use uuid::Uuid;

use super::{Operations, Row};
use crate::{
    engine::{Word, fold},
    testing::{at, log, sealed},
};

const THING: Uuid = Uuid::from_u128(6);

fn said(standing: Standing, fact: impl Into<Fact>) -> OperationEvent {
    let note = Note {
        changes: vec![],
        content: Uuid::nil(),
        counts: vec![],
        entity_id: sealed("entity_id"),
        late: vec![],
        message: Uuid::nil(),
        said_at: at(0),
        standing,
    };
    OperationEvent::new(fact.into(), note)
}

fn worker(state: Activity) -> Worker {
    Worker { name: Some(sealed("name")), role: None, state, team: Some(Uuid::from_u128(8)) }
}

fn only(kind: Kind, events: Vec<OperationEvent>) -> Row {
    let mut rows = fold::<Operations>(&log(THING, events));
    rows.remove(&(Word(kind), THING)).unwrap().0
}

#[test]
fn the_last_word_stands_and_names_stay_closed() {
    let row = only(
        Kind::Worker,
        vec![
            said(Standing::First, worker(Activity::Active)),
            said(Standing::Correction, worker(Activity::Inactive)),
        ],
    );
    assert_eq!(row.state.as_deref(), Some("inactive"));
    assert_eq!((row.facts, row.version), (2, 2));
    assert_eq!((row.first_recorded_at, row.recorded_at), (at(1), at(2)));
    assert!(String::from_utf8(row.name.unwrap()).unwrap().contains("\"closed\""));
}

#[test]
fn what_came_too_late_is_counted_and_changes_nothing() {
    let row = only(
        Kind::Worker,
        vec![
            said(Standing::First, worker(Activity::Active)),
            said(Standing::Superseded, worker(Activity::Inactive)),
        ],
    );
    assert_eq!((row.state.as_deref(), row.facts, row.version), (Some("active"), 2, 2));
}

#[test]
fn a_photo_has_its_bytes_and_a_counter_is_no_thing() {
    let taken_at = datetime!(2026-02-01 10:00 UTC);
    let photo = Photo { booking: None, bytes: 77, state: PhotoState::Stored, taken_at };
    let row = only(Kind::Photo, vec![said(Standing::First, photo)]);
    assert_eq!((row.amount, row.happened_at), (Some(77), Some(taken_at)));
    let metric = ledger::operation::Metric::Photos;
    let month = CycleKey { year: 2026, month: 2 };
    let counter = said(Standing::First, UsageCounter { metric, month, value: 3 });
    assert!(fold::<Operations>(&log(THING, vec![counter])).is_empty());
}
