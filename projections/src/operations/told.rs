//! A fact as a row.

use ledger::{operation::OperationEvent, recorded::Recorded, values::Sealed};

use super::Row;
use crate::{answers::closed, engine::Word};

/// The row of a thing that nothing else was said of; `None` for usage counters.
pub(super) fn told(event: &Recorded, happened: &OperationEvent) -> Option<Row> {
    let row = empty(event, happened);
    Some(match happened {
        OperationEvent::BlackoutRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            starts_at: Some(said.fact.starts_at),
            ends_at: Some(said.fact.ends_at),
            team_id: said.fact.team,
            worker_id: said.fact.worker,
            note: sealed(said.fact.note.as_ref()),
            ..row
        },
        OperationEvent::BookingRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            starts_at: Some(said.fact.starts_at),
            ends_at: Some(said.fact.ends_at),
            team_id: said.fact.team,
            worker_id: said.fact.worker,
            lead_id: said.fact.lead,
            invoice_id: said.fact.invoice_id,
            address: sealed(said.fact.address.as_ref()),
            note: sealed(said.fact.note.as_ref()),
            ..row
        },
        OperationEvent::JobCompletionRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            happened_at: Some(said.fact.completed_at),
            worker_id: said.fact.worker,
            booking_id: said.fact.booking,
            amount: said.fact.minutes,
            ..row
        },
        OperationEvent::LeadRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            happened_at: Some(said.fact.created_at),
            name: sealed(said.fact.name.as_ref()),
            email: sealed(said.fact.email.as_ref()),
            phone: sealed(said.fact.phone.as_ref()),
            ..row
        },
        OperationEvent::NpsResponseRecorded(said) => Row {
            happened_at: Some(said.fact.answered_at),
            booking_id: said.fact.booking,
            lead_id: said.fact.lead,
            amount: Some(said.fact.score),
            note: sealed(said.fact.comment.as_ref()),
            ..row
        },
        OperationEvent::PhotoRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            happened_at: Some(said.fact.taken_at),
            booking_id: said.fact.booking,
            amount: Some(said.fact.bytes),
            ..row
        },
        OperationEvent::PhotoReviewRecorded(said) => Row {
            state: word(said.fact.verdict.as_str()),
            happened_at: Some(said.fact.reviewed_at),
            photo_id: Some(said.fact.photo),
            note: sealed(said.fact.note.as_ref()),
            ..row
        },
        OperationEvent::StorageRecorded(said) => Row { amount: Some(said.fact.bytes), ..row },
        OperationEvent::SupportTicketRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            happened_at: Some(said.fact.opened_at),
            booking_id: said.fact.booking,
            lead_id: said.fact.lead,
            note: sealed(said.fact.text.as_ref()),
            ..row
        },
        OperationEvent::TeamRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            name: sealed(said.fact.name.as_ref()),
            ..row
        },
        OperationEvent::WorkerRecorded(said) => Row {
            state: word(said.fact.state.as_str()),
            team_id: said.fact.team,
            name: sealed(said.fact.name.as_ref()),
            role: sealed(said.fact.role.as_ref()),
            ..row
        },
        OperationEvent::UsageCounterRecorded(_) => return None,
    })
}

fn word(state: &str) -> Option<String> {
    Some(state.to_owned())
}

fn sealed(text: Option<&Sealed<String>>) -> Option<Vec<u8>> {
    text.map(closed)
}

fn empty(event: &Recorded, happened: &OperationEvent) -> Row {
    let note = happened.note();
    Row {
        kind: Word(happened.kind()),
        operation_id: event.aggregate_id,
        state: None,
        starts_at: None,
        ends_at: None,
        happened_at: None,
        team_id: None,
        worker_id: None,
        booking_id: None,
        lead_id: None,
        photo_id: None,
        invoice_id: None,
        amount: None,
        facts: 0,
        late: !note.late.is_empty(),
        said_at: note.said_at,
        first_recorded_at: event.recorded_at,
        recorded_at: event.recorded_at,
        version: event.sequence,
        entity_id: closed(&note.entity_id),
        name: None,
        role: None,
        email: None,
        phone: None,
        address: None,
        note: None,
    }
}
