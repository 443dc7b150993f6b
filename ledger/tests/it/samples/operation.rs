use ledger::{
    operation::{
        Activity, Blackout, Booking, BookingState, Change, Count, Fact, JobCompletion, JobState,
        Late, Lead, LeadState, Metric, Note, NpsResponse, OperationEvent, Photo, PhotoReview,
        PhotoState, ReviewVerdict, Standing, Storage, SupportTicket, Team, TicketState,
        UsageCounter, Worker,
    },
    values::CycleKey,
};
use uuid::Uuid;

use super::{at, id, sealed};

const JANUARY: CycleKey = CycleKey { year: 2026, month: 1 };

pub(super) fn events() -> Vec<OperationEvent> {
    let facts = [schedule(), people(), photos(), voices(), usage()].concat();
    facts.into_iter().map(|fact| OperationEvent::new(fact, note())).collect()
}

/// Every shape shows every field, whether a fact of that kind would fill it or not.
fn note() -> Note {
    let (metric, month) = (Metric::Bookings, JANUARY);
    Note {
        changes: vec![Change { delta: -1, late: true, metric, month: Some(month) }],
        content: id(0xc0),
        counts: vec![Count { amount: 1, metric, month: Some(month) }],
        entity_id: sealed("entity_id"),
        late: vec![Late { metric, month }],
        message: id(0xc1),
        said_at: at(2, 3),
        standing: Standing::Correction,
    }
}

fn other(number: u128) -> Option<Uuid> {
    Some(id(0xe0 + number))
}

fn schedule() -> Vec<Fact> {
    let blackout = Blackout {
        ends_at: at(1, 20),
        note: Some(sealed("note")),
        starts_at: at(1, 19),
        state: Activity::Active,
        team: other(1),
        worker: other(2),
    };
    let booking = Booking {
        address: Some(sealed("address")),
        ends_at: at(1, 16),
        invoice_id: other(3),
        lead: other(4),
        note: Some(sealed("note")),
        starts_at: at(1, 15),
        state: BookingState::Confirmed,
        team: other(1),
        worker: other(2),
    };
    let completion = JobCompletion {
        booking: other(5),
        completed_at: at(1, 16),
        minutes: Some(90),
        state: JobState::Completed,
        worker: other(2),
    };
    vec![blackout.into(), booking.into(), completion.into()]
}

fn people() -> Vec<Fact> {
    let lead = Lead {
        created_at: at(1, 3),
        email: Some(sealed("email")),
        name: Some(sealed("name")),
        phone: Some(sealed("phone")),
        state: LeadState::Contacted,
    };
    let worker = Worker {
        name: Some(sealed("name")),
        role: Some(sealed("role")),
        state: Activity::Active,
        team: other(1),
    };
    let team = Team { name: Some(sealed("name")), state: Activity::Inactive };
    vec![lead.into(), worker.into(), team.into()]
}

fn photos() -> Vec<Fact> {
    let photo =
        Photo { booking: other(5), bytes: 204_800, state: PhotoState::Stored, taken_at: at(1, 16) };
    let review = PhotoReview {
        note: Some(sealed("note")),
        photo: id(0xe6),
        reviewed_at: at(1, 17),
        verdict: ReviewVerdict::NeedsRetake,
    };
    vec![photo.into(), review.into()]
}

fn voices() -> Vec<Fact> {
    let response = NpsResponse {
        answered_at: at(1, 18),
        booking: other(5),
        comment: Some(sealed("comment")),
        lead: other(4),
        score: 9,
    };
    let ticket = SupportTicket {
        booking: other(5),
        lead: other(4),
        opened_at: at(1, 18),
        state: TicketState::Open,
        text: Some(sealed("text")),
    };
    vec![response.into(), ticket.into()]
}

fn usage() -> Vec<Fact> {
    let counter = UsageCounter { metric: Metric::Bookings, month: JANUARY, value: 118 };
    vec![Storage { bytes: 1_048_576 }.into(), counter.into()]
}
