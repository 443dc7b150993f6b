//! Why a facesheet says no.

use serde::Serialize;
use serde_json::Value;
use time::Date;

use super::Status;
use crate::decide::{Refusal, RefusalKind};

/// Why a facesheet says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum FacesheetError {
    /// Nothing was ever asked under this id.
    #[error("no facesheet was asked for under this id")]
    Unknown,
    /// A request names what it asks for.
    #[error("a facesheet is asked for something: name what is missing")]
    NothingMissing,
    /// No answer is waited for.
    #[error("the request is not open")]
    NotOpen {
        /// Where it stands.
        status: Status,
    },
    /// Its due day has not passed.
    #[error("the answer is due on {due_on}")]
    NotDue {
        /// The day by which an answer is expected.
        due_on: Date,
    },
    /// A calendar ends.
    #[error("the day is beyond the calendar")]
    OutOfCalendar,
}

impl Refusal for FacesheetError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "facesheet.unknown",
            Self::NothingMissing => "facesheet.nothing_missing",
            Self::NotOpen { .. } => "facesheet.not_open",
            Self::NotDue { .. } => "facesheet.not_due",
            Self::OutOfCalendar => "facesheet.out_of_calendar",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::NothingMissing | Self::OutOfCalendar => RefusalKind::Invalid,
            Self::NotOpen { .. } | Self::NotDue { .. } => RefusalKind::NotNow,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
