//! The states that things can be in.

use serde::{Deserialize, Serialize};

/// Defines the states of a kind, each with its word.
macro_rules! states {
    ($( $(#[$outer:meta])* $name:ident { $( $(#[$doc:meta])* $state:ident = $word:literal, )+ } )+)
    => { $(
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $( $(#[$doc])* #[serde(rename = $word)] $state, )+ }

        impl $name {
            /// Every state with its word.
            pub const WORDS: &'static [(&'static str, Self)] = &[ $( ($word, Self::$state), )+ ];

            /// The word of this state.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$state => $word, )+ }
            }
        }
    )+ };
}

states! {
    /// Whether something is in use.
    Activity {
        /// In use.
        Active = "active",
        /// No longer.
        Inactive = "inactive",
    }
    /// Where a booking stands.
    BookingState {
        /// Asked for.
        Pending = "pending",
        /// Agreed.
        Confirmed = "confirmed",
        /// Under way.
        InProgress = "in_progress",
        /// Done.
        Completed = "completed",
        /// Called off: it counts no longer.
        Canceled = "canceled",
    }
    /// Whether a job counts as done.
    JobState {
        /// Done.
        Completed = "completed",
        /// It was said by mistake.
        Withdrawn = "withdrawn",
    }
    /// Where a lead stands.
    LeadState {
        /// Nobody has answered yet.
        New = "new",
        /// Somebody has.
        Contacted = "contacted",
        /// A customer now.
        Won = "won",
        /// Not any more.
        Lost = "lost",
        /// It was none: it counts no longer.
        Discarded = "discarded",
    }
    /// Whether a photo is there.
    PhotoState {
        /// It is.
        Stored = "stored",
        /// It was deleted: neither it nor its bytes count.
        Deleted = "deleted",
    }
    /// What a reviewer says of a photo.
    ReviewVerdict {
        /// Nobody has looked yet.
        Pending = "pending",
        /// Good.
        Approved = "approved",
        /// To be taken again.
        NeedsRetake = "needs_retake",
    }
    /// Where a request for help stands.
    TicketState {
        /// Nobody has answered yet.
        Open = "open",
        /// Somebody waits.
        Pending = "pending",
        /// Helped.
        Resolved = "resolved",
        /// Over.
        Closed = "closed",
    }
}
