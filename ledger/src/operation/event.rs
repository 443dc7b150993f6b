//! What was said about things elsewhere, and what that means for usage.

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use super::{
    Blackout, Booking, Change, Count, Fact, JobCompletion, Kind, Late, Lead, NpsResponse, Photo,
    PhotoReview, Storage, SupportTicket, Team, UsageCounter, Worker,
};
use crate::values::Sealed;

events! {
    /// What was said about things elsewhere.
    pub enum OperationEvent {
        /// A team or a worker is not there for a while.
        BlackoutRecorded(Noted<Blackout>) = "billing.operation.blackout_recorded" @ 1;
        /// How a booking stands.
        BookingRecorded(Noted<Booking>) = "billing.operation.booking_recorded" @ 1;
        /// A job was done.
        JobCompletionRecorded(Noted<JobCompletion>) =
            "billing.operation.job_completion_recorded" @ 1;
        /// How a lead stands.
        LeadRecorded(Noted<Lead>) = "billing.operation.lead_recorded" @ 1;
        /// A customer answered.
        NpsResponseRecorded(Noted<NpsResponse>) = "billing.operation.nps_response_recorded" @ 1;
        /// A photo was taken, or is gone.
        PhotoRecorded(Noted<Photo>) = "billing.operation.photo_recorded" @ 1;
        /// Somebody looked at a photo.
        PhotoReviewRecorded(Noted<PhotoReview>) = "billing.operation.photo_review_recorded" @ 1;
        /// How much room something takes.
        StorageRecorded(Noted<Storage>) = "billing.operation.storage_recorded" @ 1;
        /// How a request for help stands.
        SupportTicketRecorded(Noted<SupportTicket>) =
            "billing.operation.support_ticket_recorded" @ 1;
        /// How a team stands.
        TeamRecorded(Noted<Team>) = "billing.operation.team_recorded" @ 1;
        /// Another system's own count.
        UsageCounterRecorded(Noted<UsageCounter>) = "billing.operation.usage_counter_recorded" @ 1;
        /// How a worker stands.
        WorkerRecorded(Noted<Worker>) = "billing.operation.worker_recorded" @ 1;
    }
}

/// What a fact is to what was said of its thing before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The first that is heard of it.
    First,
    /// It takes the place of what was said before.
    Correction,
    /// Something said later is known already: it has no effect.
    Superseded,
}

impl Standing {
    /// The word that events and answers use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Correction => "correction",
            Self::Superseded => "superseded",
        }
    }
}

/// A fact, and what it means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noted<F> {
    /// What was said.
    pub fact: F,
    /// What it means.
    pub note: Note,
}

/// What a fact means for usage, and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// By how much the org's usage counts changed.
    pub changes: Vec<Change>,
    /// Names the message's content.
    pub content: Uuid,
    /// What the thing counts for from now on.
    pub counts: Vec<Count>,
    /// The other system's id of the thing.
    pub entity_id: Sealed<String>,
    /// The months the fact is about that had ended when it was recorded.
    pub late: Vec<Late>,
    /// Names the message by its source and id.
    pub message: Uuid,
    /// Since when it is true.
    #[serde(with = "rfc3339")]
    pub said_at: OffsetDateTime,
    /// What it is to what was said before.
    pub standing: Standing,
}

impl OperationEvent {
    /// The event of a fact.
    pub fn new(fact: Fact, note: Note) -> Self {
        match fact {
            Fact::Blackout(fact) => Noted { fact, note }.into(),
            Fact::Booking(fact) => Noted { fact, note }.into(),
            Fact::JobCompletion(fact) => Noted { fact, note }.into(),
            Fact::Lead(fact) => Noted { fact, note }.into(),
            Fact::NpsResponse(fact) => Noted { fact, note }.into(),
            Fact::Photo(fact) => Noted { fact, note }.into(),
            Fact::PhotoReview(fact) => Noted { fact, note }.into(),
            Fact::Storage(fact) => Noted { fact, note }.into(),
            Fact::SupportTicket(fact) => Noted { fact, note }.into(),
            Fact::Team(fact) => Noted { fact, note }.into(),
            Fact::UsageCounter(fact) => Noted { fact, note }.into(),
            Fact::Worker(fact) => Noted { fact, note }.into(),
        }
    }

    /// What it means.
    pub fn note(&self) -> &Note {
        match self {
            Self::BlackoutRecorded(event) => &event.note,
            Self::BookingRecorded(event) => &event.note,
            Self::JobCompletionRecorded(event) => &event.note,
            Self::LeadRecorded(event) => &event.note,
            Self::NpsResponseRecorded(event) => &event.note,
            Self::PhotoRecorded(event) => &event.note,
            Self::PhotoReviewRecorded(event) => &event.note,
            Self::StorageRecorded(event) => &event.note,
            Self::SupportTicketRecorded(event) => &event.note,
            Self::TeamRecorded(event) => &event.note,
            Self::UsageCounterRecorded(event) => &event.note,
            Self::WorkerRecorded(event) => &event.note,
        }
    }

    /// Of which kind the thing is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::BlackoutRecorded(_) => Kind::Blackout,
            Self::BookingRecorded(_) => Kind::Booking,
            Self::JobCompletionRecorded(_) => Kind::JobCompletion,
            Self::LeadRecorded(_) => Kind::Lead,
            Self::NpsResponseRecorded(_) => Kind::NpsResponse,
            Self::PhotoRecorded(_) => Kind::Photo,
            Self::PhotoReviewRecorded(_) => Kind::PhotoReview,
            Self::StorageRecorded(_) => Kind::Storage,
            Self::SupportTicketRecorded(_) => Kind::SupportTicket,
            Self::TeamRecorded(_) => Kind::Team,
            Self::UsageCounterRecorded(_) => Kind::UsageCounter,
            Self::WorkerRecorded(_) => Kind::Worker,
        }
    }
}
