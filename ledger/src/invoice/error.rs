//! Refusals.

use crate::decide::{Refusal, RefusalKind};

/// Refusals.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum InvoiceError {
    /// Unknown.
    #[error("unknown")]
    Unknown,
}

impl Refusal for InvoiceError {
    fn code(&self) -> &'static str {
        "invoice.unknown"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Unknown
    }
}
