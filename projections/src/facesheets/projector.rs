//! What each event means for a facesheet's row.

use ledger::{
    facesheet::{Demographic, FacesheetEvent, Requested, Status},
    recorded::{LedgerEvent, Recorded},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Row;
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct Facesheets;

/// What an event means for a facesheet, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    id: Uuid,
    at: OffsetDateTime,
    position: i64,
    sequence: i64,
    what: Box<FacesheetEvent>,
}

impl ReadModel for Facesheets {
    const NAME: &'static str = "facesheets";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.facesheet.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Facesheet(happened) = &event.event else { return };
        let change = Change {
            id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            sequence: event.sequence,
            what: Box::new(happened.clone()),
        };
        out.extend([(event.aggregate_id, change)]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let FacesheetEvent::Requested(requested) = &*change.what {
            *row = Some(asked(requested, &change, row.as_ref()));
        }
        let row = row.as_mut().expect("a facesheet is asked for before anything else happens");
        row.updated_at = change.at;
        row.version = change.sequence;
        match *change.what {
            FacesheetEvent::Requested(_) => {}
            FacesheetEvent::Widened(event) => row.missing = words(&event.missing),
            FacesheetEvent::Received(event) => {
                row.status = Word(Status::Received);
                row.still_missing = words(&event.still_missing);
                row.source = Some(Word(event.source));
                row.document = event.document.map(|document| document.to_string());
                row.received_on = Some(event.received_on);
            }
            FacesheetEvent::Canceled(event) => {
                row.status = Word(Status::Canceled);
                row.reason_code = Some(event.reason_code.to_string());
            }
            FacesheetEvent::OverdueMarked(_) => row.status = Word(Status::Overdue),
        }
    }
}

fn asked(requested: &Requested, change: &Change, before: Option<&Row>) -> Row {
    Row {
        facesheet_id: change.id,
        status: Word(Status::Requested),
        missing: words(&requested.missing),
        still_missing: String::new(),
        source: None,
        document: None,
        claim_id: requested.reason.claim_id.map(ledger::values::Id::uuid),
        anonymous_patient_ref: requested.patient.0.clone(),
        requested_on: requested.requested_on,
        due_on: requested.due_on,
        received_on: None,
        reason_code: None,
        times_requested: i64::from(requested.times),
        created_at: before.map_or(change.at, |row| row.created_at),
        updated_at: change.at,
        version: change.sequence,
        requested_position: change.position,
        patient_id: closed(&requested.patient_id),
        asked_of: requested.asked_of.as_ref().map(closed),
    }
}

fn words(demographics: &[Demographic]) -> String {
    let words: Vec<&str> = demographics.iter().map(|one| one.word()).collect();
    words.join(",")
}
