//! The columns of `operations`.

use ledger::operation::Kind;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    columns,
    engine::{Word, Worded},
};

impl Worded for Kind {
    fn word(&self) -> &str {
        self.as_str()
    }

    fn of_word(word: &str) -> Option<Self> {
        word.parse().ok()
    }
}

columns! {
    /// One thing elsewhere.
    pub struct Row {
        key {
            /// Of which kind.
            kind: Word<Kind>,
            /// Keyed HMAC of kind and foreign id.
            operation_id: Uuid,
        }
        /// Where it stands.
        state: Option<String>,
        /// First instant of a booking or a blackout.
        starts_at: Option<OffsetDateTime>,
        /// First instant after it.
        ends_at: Option<OffsetDateTime>,
        /// When it was created, completed, taken, reviewed, answered or opened.
        happened_at: Option<OffsetDateTime>,
        /// Whose, with whom, or who does it.
        team_id: Option<Uuid>,
        /// Whose, or who does it.
        worker_id: Option<Uuid>,
        /// About which booking.
        booking_id: Option<Uuid>,
        /// For or by whom.
        lead_id: Option<Uuid>,
        /// Of which photo.
        photo_id: Option<Uuid>,
        /// Our invoice for a booking.
        invoice_id: Option<Uuid>,
        /// Bytes, minutes or a score.
        amount: Option<i64>,
        /// How often something was said of it.
        facts: i64,
        /// Whether what counts was recorded after the month it is about had ended.
        late: bool,
        /// Since when what counts is true.
        said_at: OffsetDateTime,
        /// When it was first heard of.
        first_recorded_at: OffsetDateTime,
        /// When it was heard of last.
        recorded_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// The other system's id, sealed.
        entity_id: Vec<u8>,
        /// What it or they are called, sealed.
        name: Option<Vec<u8>>,
        /// What a worker can do, sealed.
        role: Option<Vec<u8>>,
        /// How to write to a lead, sealed.
        email: Option<Vec<u8>>,
        /// How to call a lead, sealed.
        phone: Option<Vec<u8>>,
        /// Where a booking is, sealed.
        address: Option<Vec<u8>>,
        /// Remark, reason, comment or request in words, sealed.
        note: Option<Vec<u8>>,
    }
}
