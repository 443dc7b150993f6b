//! Why a patient's billing state says no.

use serde::Serialize;
use serde_json::Value;
use time::{OffsetDateTime, serde::rfc3339};

use crate::decide::{Refusal, RefusalKind};

/// Why a patient's billing state says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum PatientActivationError {
    /// The patient was never activated.
    #[error("the patient was never activated")]
    Unknown,
    /// Earlier than what is already known.
    #[error("{at} lies before the last change at {last}")]
    OutOfOrder {
        /// Asked.
        #[serde(with = "rfc3339")]
        at: OffsetDateTime,
        /// Known.
        #[serde(with = "rfc3339")]
        last: OffsetDateTime,
    },
    /// The state belongs to another patient.
    #[error("the billing state belongs to another patient")]
    OtherPatient,
}

impl Refusal for PatientActivationError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "patient_activation.unknown",
            Self::OutOfOrder { .. } => "patient_activation.out_of_order",
            Self::OtherPatient => "patient_activation.other_patient",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::OutOfOrder { .. } => RefusalKind::NotNow,
            Self::OtherPatient => RefusalKind::Conflict,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
