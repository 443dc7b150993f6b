//! Refusals.

use crate::decide::{Refusal, RefusalKind};

/// Refusals.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SubscriptionError {
    /// Unknown.
    #[error("unknown")]
    Unknown,
}

impl Refusal for SubscriptionError {
    fn code(&self) -> &'static str {
        "subscription.unknown"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Unknown
    }
}
