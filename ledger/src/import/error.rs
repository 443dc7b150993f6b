//! Why an import says no.

use serde::Serialize;
use serde_json::Value;

use crate::decide::{Refusal, RefusalKind};

/// Why an import says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum ImportError {
    /// It was never begun.
    #[error("there is no such import")]
    Unknown,
    /// It was begun with another source.
    #[error("the import was begun with other content")]
    Exists,
    /// It was finished with other counts.
    #[error("the import is finished")]
    Finished,
    /// A document number that is of no series.
    #[error("the document number cannot be read")]
    NumberUnreadable,
    /// Gapless numbers must come in order.
    #[error("number {expected} had to follow in series {series}, not {found}")]
    NumberOutOfOrder {
        /// What had to come.
        expected: i64,
        /// What came.
        found: i64,
        /// For example `INV-202601`.
        series: String,
    },
}

impl Refusal for ImportError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "import.unknown",
            Self::Exists => "import.exists",
            Self::Finished => "import.finished",
            Self::NumberUnreadable => "import.number_unreadable",
            Self::NumberOutOfOrder { .. } => "import.number_out_of_order",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::Exists => RefusalKind::Conflict,
            Self::Finished => RefusalKind::NotNow,
            Self::NumberUnreadable | Self::NumberOutOfOrder { .. } => RefusalKind::Invalid,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
