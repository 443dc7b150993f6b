//! The columns of `periods`.

use time::{Date, OffsetDateTime};

use crate::{columns, engine::Word, worded};

/// What happened to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A period was sealed.
    Closed,
    /// The last sealed period was opened again.
    Reopened,
}

worded! {
    What { Closed = "closed", Reopened = "reopened" }
}

columns! {
    /// One closing or reopening.
    pub struct Row {
        key {
            /// The event's place in the log.
            position: i64,
        }
        /// Which of the two.
        what: Word<What>,
        /// The last day that was sealed before.
        before: Option<Date>,
        /// The last day that is sealed after it.
        closed_through: Option<Date>,
        /// When it was learned.
        recorded_at: OffsetDateTime,
        /// Who did it.
        actor: String,
        /// Why it was reopened.
        reason_code: Option<String>,
        /// A remark, sealed.
        note: Option<Vec<u8>>,
    }
}
