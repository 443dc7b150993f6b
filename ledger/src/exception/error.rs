//! Why an exception says no.

use serde::Serialize;
use serde_json::Value;

use super::Resolution;
use crate::decide::{Refusal, RefusalKind};

/// Why an exception says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum ExceptionError {
    /// Nothing was raised under this id.
    #[error("there is no such exception")]
    Unknown,
    /// It was settled in another way.
    #[error("it is resolved already; reopen it first")]
    Resolved {
        /// How.
        resolution: Resolution,
    },
    /// Only a run clears.
    #[error("only a run that no longer finds it clears an exception")]
    NotByHand,
}

impl Refusal for ExceptionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "exception.unknown",
            Self::Resolved { .. } => "exception.resolved",
            Self::NotByHand => "exception.not_by_hand",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::Resolved { .. } => RefusalKind::NotNow,
            Self::NotByHand => RefusalKind::Invalid,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
