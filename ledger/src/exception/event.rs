//! What happened to something that does not fit.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::{
    reconciliation::{Between, Class, Item, Side},
    values::{Code, Sealed},
};

events! {
    /// What happened to something that does not fit.
    pub enum ExceptionEvent {
        /// Two sides of the money were found to disagree.
        Raised(Raised) = "billing.exception.raised" @ 1;
        /// Another desk owns it.
        Assigned(Assigned) = "billing.exception.assigned" @ 1;
        /// It was settled.
        Resolved(Resolved) = "billing.exception.resolved" @ 1;
        /// It is not settled after all.
        Reopened(Reopened) = "billing.exception.reopened" @ 1;
    }
}

/// See [`ExceptionEvent::Raised`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    /// Which two sides disagree.
    pub between: Between,
    /// How they disagree.
    pub class: Class,
    /// The day that it is about.
    pub happened_on: Date,
    /// The invoice, if it is about one.
    pub invoice_id: Option<Uuid>,
    /// About what.
    pub item: Item,
    /// Under which it is known again; it carries the figures.
    pub key: Uuid,
    /// Our payment, refund, dispute or entry, if there is one.
    pub movement_id: Option<Uuid>,
    /// The day it was noticed: its age counts from here.
    pub noticed_on: Date,
    /// What the log says.
    pub ours: Side,
    /// The desk that owns it; never a person's name.
    pub owner: Code,
    /// The provider whose statement was compared.
    pub provider: Code,
    /// The provider's own id (contract S1.7: sealed).
    pub provider_id: Option<Sealed<String>>,
    /// Which run found it.
    pub run_id: Uuid,
    /// What the other side says.
    pub theirs: Side,
}

/// See [`ExceptionEvent::Assigned`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// The day.
    pub assigned_on: Date,
    /// To which desk.
    pub owner: Code,
    /// From which.
    pub previous: Code,
}

/// How something that did not fit was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// It stands as it is and is known: not raised again.
    Accepted,
    /// A run no longer found it.
    Cleared,
    /// It was put right here.
    Corrected,
    /// It is about other business on the same account: not raised again.
    NotOurs,
    /// The provider puts it right.
    ProviderError,
}

impl Resolution {
    /// What a person may choose; only a run clears.
    pub const BY_HAND: [Self; 4] =
        [Self::Accepted, Self::Corrected, Self::NotOurs, Self::ProviderError];

    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Cleared => "cleared",
            Self::Corrected => "corrected",
            Self::NotOurs => "not_ours",
            Self::ProviderError => "provider_error",
        }
    }

    /// Whether finding it again says nothing new.
    pub const fn stays(self) -> bool {
        match self {
            Self::Accepted | Self::NotOurs => true,
            Self::Cleared | Self::Corrected | Self::ProviderError => false,
        }
    }
}

/// See [`ExceptionEvent::Resolved`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolved {
    /// A remark, if one was made.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// How.
    pub resolution: Resolution,
    /// The day.
    pub resolved_on: Date,
    /// The run that cleared it; nothing where a person resolved it.
    pub run_id: Option<Uuid>,
}

/// See [`ExceptionEvent::Reopened`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopened {
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub reopened_on: Date,
    /// The run that found it again; nothing where a person reopened it.
    pub run_id: Option<Uuid>,
}
