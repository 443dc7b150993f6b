//! Asked for once, widened, received, asked for again.

use cqrs_es::Aggregate;
use time::{Date, macros::date};
use uuid::Uuid;

use super::*;
use crate::{
    decide::{Decider, Refusal},
    values::{AnonymousRef, Sealed, SubjectRef},
};

const DAY: Date = date!(2026 - 03 - 04);

fn ask(missing: &[Demographic]) -> FacesheetCommand {
    let subject = SubjectRef(Uuid::from_u128(2));
    let field = "patient_id".to_owned();
    FacesheetCommand::Request(Box::new(Request {
        asked_of: None,
        missing: missing.to_vec(),
        patient: AnonymousRef("anon_1".to_owned()),
        patient_id: Sealed::new(Uuid::from_u128(1), "AAAA".to_owned(), field, 1, subject),
        reason: Reason { claim_id: None },
        requested_on: DAY,
    }))
}

fn receive(still_missing: &[Demographic]) -> FacesheetCommand {
    FacesheetCommand::Receive(Receive {
        document: None,
        received_on: DAY,
        source: Source::Fax,
        still_missing: still_missing.to_vec(),
    })
}

fn overdue_on(today: Date) -> FacesheetCommand {
    FacesheetCommand::MarkOverdue(MarkOverdue { today })
}

fn cancel() -> FacesheetCommand {
    let reason_code = "not_needed".parse().unwrap();
    FacesheetCommand::Cancel(Cancel { canceled_on: DAY, reason_code })
}

/// What a history comes to; every command of it must be taken.
fn after(commands: Vec<FacesheetCommand>) -> Facesheet {
    commands.into_iter().fold(Facesheet::default(), |mut state, command| {
        state.decide(command).unwrap().into_iter().for_each(|event| state.apply(event));
        state
    })
}

fn refused(state: &Facesheet, command: FacesheetCommand) -> &'static str {
    state.decide(command).unwrap_err().code()
}

#[test]
fn one_request_per_patient_is_open_and_asking_again_changes_nothing() {
    let open = after(vec![ask(&[Demographic::Payer, Demographic::MemberId])]);
    assert_eq!(open.status(), Status::Requested);
    assert_eq!(open.missing(), [Demographic::MemberId, Demographic::Payer]);
    assert!(open.decide(ask(&[Demographic::Payer])).unwrap().is_empty());
}

#[test]
fn asking_for_more_widens_the_open_request() {
    let open = after(vec![ask(&[Demographic::Payer]), ask(&[Demographic::Address])]);
    assert_eq!(open.missing(), [Demographic::Address, Demographic::Payer]);
    assert_eq!(open.status(), Status::Requested);
}

#[test]
fn nothing_missing_is_not_asked_for() {
    assert_eq!(refused(&Facesheet::default(), ask(&[])), "facesheet.nothing_missing");
}

#[test]
fn what_came_ends_the_request_and_told_twice_it_came_once() {
    let asked = vec![ask(&[Demographic::Payer, Demographic::Phone])];
    let still = [Demographic::Phone, Demographic::Email];
    let came = after([asked, vec![receive(&still)]].concat());
    assert_eq!(came.status(), Status::Received);
    let left = &came.received().unwrap().still_missing;
    assert_eq!(*left, [Demographic::Phone], "only what was asked for can be missing still");
    assert!(came.decide(receive(&still)).unwrap().is_empty());
    assert_eq!(refused(&came, receive(&[])), "facesheet.not_open");
    assert_eq!(refused(&came, cancel()), "facesheet.not_open");
    let events = came.decide(ask(&[Demographic::Phone])).unwrap();
    let [FacesheetEvent::Requested(again)] = &events[..] else { panic!("{events:?}") };
    assert_eq!((again.times, again.due_on), (2, date!(2026 - 03 - 11)));
}

#[test]
fn it_is_overdue_the_day_after_it_was_due_and_may_still_come() {
    let open = after(vec![ask(&[Demographic::Payer])]);
    assert_eq!(refused(&open, overdue_on(date!(2026 - 03 - 11))), "facesheet.not_due");
    let late = after(vec![ask(&[Demographic::Payer]), overdue_on(date!(2026 - 03 - 12))]);
    assert_eq!(late.status(), Status::Overdue);
    assert!(late.decide(overdue_on(date!(2026 - 03 - 13))).unwrap().is_empty());
    assert!(late.decide(ask(&[Demographic::Payer])).unwrap().is_empty(), "it is open still");
    assert_eq!(late.decide(receive(&[])).unwrap().len(), 1);
}

#[test]
fn a_canceled_request_is_over_and_nobody_cancels_what_was_never_asked() {
    let over = after(vec![ask(&[Demographic::Payer]), cancel()]);
    assert_eq!(over.status(), Status::Canceled);
    assert!(over.decide(cancel()).unwrap().is_empty());
    assert_eq!(refused(&over, receive(&[])), "facesheet.not_open");
    assert_eq!(refused(&over, overdue_on(DAY)), "facesheet.not_open");
    for command in [cancel(), receive(&[]), overdue_on(DAY)] {
        assert_eq!(refused(&Facesheet::default(), command), "facesheet.unknown");
    }
}

#[test]
fn an_event_heard_twice_changes_nothing() {
    let mut state = Facesheet::default();
    for command in [ask(&[Demographic::Payer]), ask(&[Demographic::Name]), receive(&[])] {
        for event in state.decide(command).unwrap() {
            state.apply(event.clone());
            let once = state.clone();
            state.apply(event);
            assert_eq!(state, once);
        }
    }
}

#[test]
fn the_words_are_those_of_the_stored_shape() {
    for one in Demographic::ALL {
        assert_eq!(serde_json::to_value(one).unwrap(), one.word());
    }
}
