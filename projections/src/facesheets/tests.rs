//! Asked for, widened, come, asked for again.

use ledger::{
    facesheet::{
        Canceled, Demographic, FacesheetEvent, OverdueMarked, Reason, Received, Requested, Source,
        Status, Widened,
    },
    values::AnonymousRef,
};
use time::macros::date;

use super::{Facesheets, Row};
use crate::{
    engine::{Word, fold},
    testing::{PATIENT, at, log, sealed},
};

fn requested(times: u32) -> FacesheetEvent {
    let requested = Requested {
        asked_of: Some(sealed("asked_of")),
        due_on: date!(2026 - 03 - 11),
        missing: vec![Demographic::MemberId],
        patient: AnonymousRef("anon_1".to_owned()),
        patient_id: sealed("patient_id"),
        reason: Reason { claim_id: None },
        requested_on: date!(2026 - 03 - 04),
        times,
    };
    Box::new(requested).into()
}

fn widened() -> FacesheetEvent {
    let missing = vec![Demographic::MemberId, Demographic::Payer];
    let reason = Reason { claim_id: None };
    Widened { missing, reason, widened_on: date!(2026 - 03 - 05) }.into()
}

fn received() -> FacesheetEvent {
    Received {
        document: None,
        received_on: date!(2026 - 03 - 13),
        source: Source::Fax,
        still_missing: vec![Demographic::Payer],
    }
    .into()
}

fn overdue() -> FacesheetEvent {
    let (due_on, marked_on) = (date!(2026 - 03 - 11), date!(2026 - 03 - 12));
    OverdueMarked { due_on, marked_on }.into()
}

fn row(events: Vec<FacesheetEvent>) -> Row {
    fold::<Facesheets>(&log(PATIENT, events)).remove(&PATIENT).unwrap().0
}

#[test]
fn an_open_request_says_what_is_missing_and_when_it_was_due() {
    let row = row(vec![requested(1), widened(), overdue()]);
    assert_eq!((row.status, &*row.missing), (Word(Status::Overdue), "member_id,payer"));
    assert_eq!((row.due_on, row.version), (date!(2026 - 03 - 11), 3));
    assert!(row.asked_of.is_some());
}

#[test]
fn what_came_says_how_and_what_was_not_on_it() {
    let row = row(vec![requested(1), widened(), received()]);
    assert_eq!((row.status, &*row.still_missing), (Word(Status::Received), "payer"));
    assert_eq!(
        (row.source, row.received_on),
        (Some(Word(Source::Fax)), Some(date!(2026 - 03 - 13)))
    );
}

#[test]
fn a_second_request_begins_anew_and_keeps_when_the_first_was() {
    let canceled =
        Canceled { canceled_on: date!(2026 - 03 - 14), reason_code: "not_needed".parse().unwrap() };
    let over = row(vec![requested(1), canceled.clone().into()]);
    assert_eq!(
        (over.status, over.reason_code.as_deref()),
        (Word(Status::Canceled), Some("not_needed"))
    );
    let again = row(vec![requested(1), canceled.into(), requested(2)]);
    assert_eq!((again.status, again.times_requested), (Word(Status::Requested), 2));
    assert_eq!((again.reason_code, again.received_on), (None, None));
    assert_eq!((again.created_at, again.requested_position), (at(1), 3));
}
