//! Parts of what an account remembers.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::values::Code;

/// Where an account stands, as the API says it.
///
/// - **Source:** contract S1.1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not opened.
    #[default]
    Inactive,
    /// Trying it out; billed as agreed.
    Trialing,
    /// In order.
    Active,
    /// Owes too long; still billed.
    PastDue,
    /// Billing rests.
    Paused,
    /// Over for good.
    Canceled,
}

/// The word the API uses.
impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Inactive => "inactive",
            Self::Trialing => "trialing",
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Paused => "paused",
            Self::Canceled => "canceled",
        })
    }
}

/// A time in which billing rested: from the first instant, up to but without the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// First instant.
    pub from_at: OffsetDateTime,
    /// Why.
    pub reason_code: Code,
    /// First instant after; `None` while it lasts.
    pub to_at: Option<OffsetDateTime>,
}

impl Pause {
    /// Whether billing rests at this instant.
    pub fn covers(&self, at: OffsetDateTime) -> bool {
        self.from_at <= at && self.to_at.is_none_or(|to_at| at < to_at)
    }
}
