//! Facts about things elsewhere: corrected, late, out of order, and sent twice.

use ledger::{
    operation::{
        Activity, Blackout, Booking, BookingState, Fact, JobCompletion, JobState, Lead, LeadState,
        Metric, NpsResponse, OperationCommand, Photo, PhotoReview, PhotoState, Record,
        ReviewVerdict, Storage, SupportTicket, Team, TicketState, UsageCounter, Worker,
    },
    values::{CycleKey, OperationId},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{World, id, sealed};

impl World {
    pub(super) fn operation_step(&mut self, which: u8, amount: u16) {
        let kind = amount / 12 % 12;
        let thing = OperationId::new(id(11, u128::from(kind) * 100 + u128::from(which)));
        // A few numbers, so that some messages come again and some with other content.
        let message = id(12, u128::from(kind) * 1_000 + u128::from(amount % 40));
        let record = Record {
            content: id(13, u128::from(amount % 80)),
            entity_id: sealed("entity_id"),
            fact: self.fact(kind, amount),
            message,
            now: self.now,
            said_at: self.now - Duration::hours(i64::from(amount % 50)),
            time_zone: "America/Toronto".parse().unwrap(),
        };
        let command = OperationCommand::Record(Box::new(record));
        self.give(|world| &mut world.operations, thing, command);
    }

    fn fact(&self, kind: u16, amount: u16) -> Fact {
        let at = self.now - Duration::days(i64::from(amount % 60));
        let (number, half) = (i64::from(amount), amount.is_multiple_of(2));
        let activity = if half { Activity::Active } else { Activity::Inactive };
        match kind {
            0 => booking(at, half).into(),
            1 => {
                let state = if half { PhotoState::Stored } else { PhotoState::Deleted };
                Photo { booking: other(1), bytes: number, state, taken_at: at }.into()
            }
            2 => {
                let (name, role) = (Some(sealed("name")), Some(sealed("role")));
                Worker { name, role, state: activity, team: other(2) }.into()
            }
            3 => lead(at, half).into(),
            4 => {
                let minutes = half.then_some(number);
                let state = if half { JobState::Completed } else { JobState::Withdrawn };
                JobCompletion { booking: None, completed_at: at, minutes, state, worker: other(3) }
                    .into()
            }
            5 => Storage { bytes: number }.into(),
            6 => {
                let metric = Metric::ALL[usize::from(amount) % Metric::ALL.len()];
                let month = CycleKey { year: 2026, month: u8::try_from(amount % 4).unwrap() + 1 };
                UsageCounter { metric, month, value: number }.into()
            }
            7 => Team { name: Some(sealed("name")), state: activity }.into(),
            8 => blackout(at, activity).into(),
            9 => PhotoReview {
                note: None,
                photo: id(11, 101),
                reviewed_at: at,
                verdict: ReviewVerdict::NeedsRetake,
            }
            .into(),
            10 => {
                let comment = Some(sealed("comment"));
                NpsResponse { answered_at: at, booking: other(1), comment, lead: None, score: 9 }
                    .into()
            }
            _ => {
                let (state, text) = (TicketState::Open, Some(sealed("text")));
                SupportTicket { booking: None, lead: other(4), opened_at: at, state, text }.into()
            }
        }
    }
}

fn other(number: u128) -> Option<Uuid> {
    Some(id(11, number))
}

fn booking(starts_at: OffsetDateTime, stands: bool) -> Booking {
    Booking {
        address: Some(sealed("address")),
        ends_at: starts_at + Duration::hours(2),
        invoice_id: Some(id(1, 1)),
        lead: other(300),
        note: None,
        starts_at,
        state: if stands { BookingState::Confirmed } else { BookingState::Canceled },
        team: other(700),
        worker: other(200),
    }
}

fn blackout(starts_at: OffsetDateTime, state: Activity) -> Blackout {
    let ends_at = starts_at + Duration::days(1);
    Blackout { ends_at, note: Some(sealed("note")), starts_at, state, team: None, worker: other(2) }
}

fn lead(created_at: OffsetDateTime, stands: bool) -> Lead {
    Lead {
        created_at,
        email: Some(sealed("email")),
        name: Some(sealed("name")),
        phone: None,
        state: if stands { LeadState::New } else { LeadState::Discarded },
    }
}
