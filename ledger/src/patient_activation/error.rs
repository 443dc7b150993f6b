//! Refusals.

use crate::decide::{Refusal, RefusalKind};

/// Refusals.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PatientActivationError {
    /// Unknown.
    #[error("unknown")]
    Unknown,
}

impl Refusal for PatientActivationError {
    fn code(&self) -> &'static str {
        "patient_activation.unknown"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Unknown
    }
}
