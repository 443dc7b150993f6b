//! How often somebody may be called about one debt.

use time::{Date, Duration};

/// Calls within seven days, the day of the next one included.
const MOST_CALLS: usize = 7;
/// Days that count, and days of rest after a conversation, its own day included.
const DAYS: i64 = 7;

/// The calls about one debt so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallHistory<'a> {
    /// The day of every call, answered or not.
    pub calls: &'a [Date],
    /// The days of the conversations among them.
    pub conversations: &'a [Date],
}

/// Why nobody may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallRefusal {
    /// They were called seven times within seven days.
    #[error("{calls} calls within seven days; the next is allowed from {from} on")]
    TooOften {
        /// How many.
        calls: usize,
        /// The first day on which a call is allowed, as things stand.
        from: Date,
    },
    /// They were spoken with.
    #[error("spoken with on {spoken_on}; the next call is allowed from {from} on")]
    JustSpoken {
        /// When.
        spoken_on: Date,
        /// The first day on which a call is allowed.
        from: Date,
    },
}

impl CallRefusal {
    /// The first day on which this refusal no longer stands.
    pub const fn from(self) -> Date {
        match self {
            Self::TooOften { from, .. } | Self::JustSpoken { from, .. } => from,
        }
    }
}

/// Whether somebody may be called on a day: at most seven calls in seven days about one debt,
/// none in the seven days that begin with the day of a conversation.
///
/// # Errors
///
/// [`CallRefusal`], with the first day on which it no longer stands.
///
/// - **Source:** 12 CFR 1006.14(b)(2); `vectors/contact-rules.json`, `reg_f`.
pub fn may_call(history: CallHistory<'_>, on: Date) -> Result<(), CallRefusal> {
    let spoken = history.conversations.iter().copied().filter(|day| *day <= on).max();
    if let Some(spoken_on) = spoken {
        let from = spoken_on.saturating_add(Duration::days(DAYS));
        if on < from {
            return Err(CallRefusal::JustSpoken { spoken_on, from });
        }
    }
    let first = on.saturating_sub(Duration::days(DAYS - 1));
    let mut counted: Vec<Date> =
        history.calls.iter().copied().filter(|day| (first..=on).contains(day)).collect();
    if counted.len() < MOST_CALLS {
        return Ok(());
    }
    counted.sort_unstable();
    // A call is free again when the seventh last of them is seven days back.
    let seventh_last = counted[counted.len() - MOST_CALLS];
    let from = seventh_last.saturating_add(Duration::days(DAYS));
    Err(CallRefusal::TooOften { calls: counted.len(), from })
}
