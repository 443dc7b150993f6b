//! Bookings, blackouts and what was done.

use ledger::operation::{Activity, Blackout, Booking, BookingState, JobCompletion, JobState, Kind};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{super::sealing::Sealing, MOST};
use crate::{
    body::{Fields, ForeignId, FromBody, foreign_id, instant, integer, one_of, text, uuid},
    error::ApiError,
};

/// An appointment; `operation.booking`. It counts in the month it starts in.
#[derive(Debug, ToSchema)]
pub(crate) struct BookingData {
    /// Where; kept sealed.
    address: Option<String>,
    /// First instant after it.
    #[schema(value_type = String, format = DateTime)]
    ends_at: OffsetDateTime,
    /// Our invoice for it.
    invoice_id: Option<Uuid>,
    /// For whom.
    #[schema(value_type = Option<String>)]
    lead_id: Option<ForeignId>,
    /// A remark; kept sealed.
    note: Option<String>,
    /// First instant.
    #[schema(value_type = String, format = DateTime)]
    starts_at: OffsetDateTime,
    /// pending, confirmed, in_progress, completed, or canceled: then it does not count.
    #[schema(value_type = String)]
    state: BookingState,
    /// The team that does it.
    #[schema(value_type = Option<String>)]
    team_id: Option<ForeignId>,
    /// The worker who does it.
    #[schema(value_type = Option<String>)]
    worker_id: Option<ForeignId>,
}

impl FromBody for BookingData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let address = fields.optional("address", text(500));
        let ends_at = fields.required("ends_at", instant);
        let invoice_id = fields.optional("invoice_id", uuid);
        let lead_id = fields.optional("lead_id", foreign_id);
        let note = fields.optional("note", text(2_000));
        let starts_at = fields.required("starts_at", instant);
        let state = fields.required("state", one_of(BookingState::WORDS));
        let team_id = fields.optional("team_id", foreign_id);
        let worker_id = fields.optional("worker_id", foreign_id);
        Some(Self {
            address: address?,
            ends_at: ends_at?,
            invoice_id: invoice_id?,
            lead_id: lead_id?,
            note: note?,
            starts_at: starts_at?,
            state: state?,
            team_id: team_id?,
            worker_id: worker_id?,
        })
    }
}

impl BookingData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<Booking, ApiError> {
        let lead = self.lead_id.as_ref();
        Ok(Booking {
            address: sealing.of_lead(lead, "address", self.address.as_deref()).await?,
            ends_at: self.ends_at,
            invoice_id: self.invoice_id,
            lead: sealing.other(Kind::Lead, lead),
            note: sealing.of_lead(lead, "note", self.note.as_deref()).await?,
            starts_at: self.starts_at,
            state: self.state,
            team: sealing.other(Kind::Team, self.team_id.as_ref()),
            worker: sealing.other(Kind::Worker, self.worker_id.as_ref()),
        })
    }
}

/// A time in which a team or a worker is not there; `operation.blackout`.
#[derive(Debug, ToSchema)]
pub(crate) struct BlackoutData {
    /// First instant after it.
    #[schema(value_type = String, format = DateTime)]
    ends_at: OffsetDateTime,
    /// Why, in words; kept sealed.
    note: Option<String>,
    /// First instant.
    #[schema(value_type = String, format = DateTime)]
    starts_at: OffsetDateTime,
    /// active (unless said otherwise) or inactive.
    #[schema(value_type = Option<String>)]
    state: Activity,
    /// Whose, if a team's.
    #[schema(value_type = Option<String>)]
    team_id: Option<ForeignId>,
    /// Whose, if a worker's.
    #[schema(value_type = Option<String>)]
    worker_id: Option<ForeignId>,
}

impl FromBody for BlackoutData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let ends_at = fields.required("ends_at", instant);
        let note = fields.optional("note", text(2_000));
        let starts_at = fields.required("starts_at", instant);
        let state = fields.or("state", Activity::Active, one_of(Activity::WORDS));
        let team_id = fields.optional("team_id", foreign_id);
        let worker_id = fields.optional("worker_id", foreign_id);
        Some(Self {
            ends_at: ends_at?,
            note: note?,
            starts_at: starts_at?,
            state: state?,
            team_id: team_id?,
            worker_id: worker_id?,
        })
    }
}

impl BlackoutData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<Blackout, ApiError> {
        let (worker, note) = (self.worker_id.as_ref(), self.note.as_deref());
        Ok(Blackout {
            ends_at: self.ends_at,
            note: sealing.of_worker(worker, "note", note).await?,
            starts_at: self.starts_at,
            state: self.state,
            team: sealing.other(Kind::Team, self.team_id.as_ref()),
            worker: sealing.other(Kind::Worker, worker),
        })
    }
}

/// A job was done; `operation.job_completion`.
#[derive(Debug, ToSchema)]
pub(crate) struct JobCompletionData {
    /// Of which booking.
    #[schema(value_type = Option<String>)]
    booking_id: Option<ForeignId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    completed_at: OffsetDateTime,
    /// How long it took.
    minutes: Option<i64>,
    /// completed (unless said otherwise), or withdrawn: it was said by mistake.
    #[schema(value_type = Option<String>)]
    state: JobState,
    /// Who did it.
    #[schema(value_type = Option<String>)]
    worker_id: Option<ForeignId>,
}

impl FromBody for JobCompletionData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let booking_id = fields.optional("booking_id", foreign_id);
        let completed_at = fields.required("completed_at", instant);
        let minutes = fields.optional("minutes", integer(0, MOST));
        let state = fields.or("state", JobState::Completed, one_of(JobState::WORDS));
        let worker_id = fields.optional("worker_id", foreign_id);
        Some(Self {
            booking_id: booking_id?,
            completed_at: completed_at?,
            minutes: minutes?,
            state: state?,
            worker_id: worker_id?,
        })
    }
}

impl JobCompletionData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<JobCompletion, ApiError> {
        Ok(JobCompletion {
            booking: sealing.other(Kind::Booking, self.booking_id.as_ref()),
            completed_at: self.completed_at,
            minutes: self.minutes,
            state: self.state,
            worker: sealing.other(Kind::Worker, self.worker_id.as_ref()),
        })
    }
}
