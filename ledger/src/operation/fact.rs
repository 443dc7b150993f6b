//! What is said about a thing, kind by kind. Other things are named by their streams; every free
//! text, and every name of a person, is sealed.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use super::{
    Activity, BookingState, JobState, LeadState, Metric, PhotoState, ReviewVerdict, TicketState,
};
use crate::values::{CycleKey, Sealed};

/// Defines [`Kind`] and [`Fact`]: one line per kind.
macro_rules! facts {
    ($( $(#[$doc:meta])* $kind:ident = $word:literal; )+) => {
        /// Kinds of things.
        ///
        /// - **Source:** contract S2.2, S2.15.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $( $(#[$doc])* $kind, )+ }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$kind, )+ ];

            /// The word of this kind.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$kind => $word, )+ }
            }
        }

        /// What is said about a thing.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Fact { $( $(#[$doc])* $kind($kind), )+ }

        impl Fact {
            /// Of which kind the thing is.
            pub fn kind(&self) -> Kind {
                match self { $( Self::$kind(_) => Kind::$kind, )+ }
            }
        }

        $(
            impl From<$kind> for Fact {
                fn from(fact: $kind) -> Self {
                    Self::$kind(fact)
                }
            }
        )+
    };
}

facts! {
    /// A time in which a team or a worker is not there.
    Blackout = "blackout";
    /// An appointment at a customer's.
    Booking = "booking";
    /// A job was done.
    JobCompletion = "job_completion";
    /// Somebody who may become a customer.
    Lead = "lead";
    /// A customer's answer to "would you recommend us".
    NpsResponse = "nps_response";
    /// A photo of a job.
    Photo = "photo";
    /// Somebody looked at a photo.
    PhotoReview = "photo_review";
    /// Room that something other than photos takes.
    Storage = "storage";
    /// A customer asked for help.
    SupportTicket = "support_ticket";
    /// Workers who work together.
    Team = "team";
    /// Another system's own count.
    UsageCounter = "usage_counter";
    /// Somebody who works.
    Worker = "worker";
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Not the word of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such kind of operational fact")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

/// See [`Kind::Blackout`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blackout {
    /// First instant after it.
    #[serde(with = "rfc3339")]
    pub ends_at: OffsetDateTime,
    /// Why, in words.
    pub note: Option<Sealed<String>>,
    /// First instant.
    #[serde(with = "rfc3339")]
    pub starts_at: OffsetDateTime,
    /// Whether it stands.
    pub state: Activity,
    /// Whose, if a team's.
    pub team: Option<Uuid>,
    /// Whose, if a worker's.
    pub worker: Option<Uuid>,
}

/// See [`Kind::Booking`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Booking {
    /// Where.
    pub address: Option<Sealed<String>>,
    /// First instant after it.
    #[serde(with = "rfc3339")]
    pub ends_at: OffsetDateTime,
    /// Our invoice for it.
    pub invoice_id: Option<Uuid>,
    /// For whom.
    pub lead: Option<Uuid>,
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// First instant.
    #[serde(with = "rfc3339")]
    pub starts_at: OffsetDateTime,
    /// Where it stands.
    pub state: BookingState,
    /// Who does it.
    pub team: Option<Uuid>,
    /// Who does it.
    pub worker: Option<Uuid>,
}

/// See [`Kind::JobCompletion`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobCompletion {
    /// Of which booking.
    pub booking: Option<Uuid>,
    /// When.
    #[serde(with = "rfc3339")]
    pub completed_at: OffsetDateTime,
    /// How long it took.
    pub minutes: Option<i64>,
    /// Whether it counts.
    pub state: JobState,
    /// Who did it.
    pub worker: Option<Uuid>,
}

/// See [`Kind::Lead`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// When.
    #[serde(with = "rfc3339")]
    pub created_at: OffsetDateTime,
    /// How to write to them.
    pub email: Option<Sealed<String>>,
    /// Who they are.
    pub name: Option<Sealed<String>>,
    /// How to call them.
    pub phone: Option<Sealed<String>>,
    /// Where it stands.
    pub state: LeadState,
}

/// See [`Kind::NpsResponse`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsResponse {
    /// When.
    #[serde(with = "rfc3339")]
    pub answered_at: OffsetDateTime,
    /// About which booking.
    pub booking: Option<Uuid>,
    /// In words.
    pub comment: Option<Sealed<String>>,
    /// By whom.
    pub lead: Option<Uuid>,
    /// 0 to 10.
    pub score: i64,
}

/// See [`Kind::Photo`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// Of which booking.
    pub booking: Option<Uuid>,
    /// Its size.
    pub bytes: i64,
    /// Whether it is there.
    pub state: PhotoState,
    /// When.
    #[serde(with = "rfc3339")]
    pub taken_at: OffsetDateTime,
}

/// See [`Kind::PhotoReview`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoReview {
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Of which photo.
    pub photo: Uuid,
    /// When.
    #[serde(with = "rfc3339")]
    pub reviewed_at: OffsetDateTime,
    /// What was said of it.
    pub verdict: ReviewVerdict,
}

/// See [`Kind::Storage`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// How much there is now; 0 once it is gone.
    pub bytes: i64,
}

/// See [`Kind::SupportTicket`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportTicket {
    /// About which booking.
    pub booking: Option<Uuid>,
    /// By whom.
    pub lead: Option<Uuid>,
    /// When.
    #[serde(with = "rfc3339")]
    pub opened_at: OffsetDateTime,
    /// Where it stands.
    pub state: TicketState,
    /// In words.
    pub text: Option<Sealed<String>>,
}

/// See [`Kind::Team`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// What it is called.
    pub name: Option<Sealed<String>>,
    /// Whether it works.
    pub state: Activity,
}

/// See [`Kind::UsageCounter`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageCounter {
    /// Of what.
    pub metric: Metric,
    /// In which month.
    pub month: CycleKey,
    /// How much.
    pub value: i64,
}

/// See [`Kind::Worker`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    /// Who they are.
    pub name: Option<Sealed<String>>,
    /// What they can do, in words.
    pub role: Option<Sealed<String>>,
    /// Whether they work.
    pub state: Activity,
    /// With whom.
    pub team: Option<Uuid>,
}
