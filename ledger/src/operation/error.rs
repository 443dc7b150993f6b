//! Why a fact is not taken.

use serde::Serialize;
use serde_json::Value;
use time::{OffsetDateTime, serde::rfc3339};

use crate::decide::{Refusal, RefusalKind};

/// Why a fact is not taken. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum OperationError {
    /// A message of this source and id said something else.
    #[error("another content was sent under this source and id")]
    OtherContent,
    /// It is over before it begins.
    #[error("it starts at {starts_at} and ends at {ends_at}")]
    EndsBeforeStart {
        /// First instant.
        #[serde(with = "rfc3339")]
        starts_at: OffsetDateTime,
        /// First instant after.
        #[serde(with = "rfc3339")]
        ends_at: OffsetDateTime,
    },
    /// Taken now, it would silence everything that is said until then.
    #[error("it was said at {said_at}, which is not yet")]
    FromTheFuture {
        /// When it was said.
        #[serde(with = "rfc3339")]
        said_at: OffsetDateTime,
        /// When we heard it.
        #[serde(with = "rfc3339")]
        now: OffsetDateTime,
    },
    /// Beyond the calendar that we can work with.
    #[error("date out of range")]
    OutOfCalendar,
    /// A number that cannot be.
    #[error("{value} lies not between {least} and {most}")]
    OutOfBounds {
        /// Said.
        value: i64,
        /// At least.
        least: i64,
        /// At most.
        most: i64,
    },
}

impl Refusal for OperationError {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherContent => "operation.other_content",
            Self::EndsBeforeStart { .. } => "operation.ends_before_start",
            Self::FromTheFuture { .. } => "operation.from_the_future",
            Self::OutOfCalendar => "operation.out_of_calendar",
            Self::OutOfBounds { .. } => "operation.out_of_bounds",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::OtherContent => RefusalKind::Conflict,
            Self::FromTheFuture { .. } => RefusalKind::NotNow,
            Self::EndsBeforeStart { .. } | Self::OutOfCalendar | Self::OutOfBounds { .. } => {
                RefusalKind::Invalid
            }
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
