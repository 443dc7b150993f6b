//! The rules together, as far as they are switched on.

use time::{Date, OffsetDateTime};

use super::{CallHistory, HoursRefusal, may_call, may_contact, next_open};
use crate::values::TimeZone;

/// How somebody is contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// A telephone call.
    Call,
    /// Electronic mail.
    Email,
    /// A letter: it comes when it comes.
    Letter,
    /// A text message.
    Sms,
}

/// Which rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactRules {
    /// Whether calls are limited.
    pub call_limits: bool,
    /// Whether nights are quiet.
    pub quiet_hours: bool,
}

impl Default for ContactRules {
    /// All of them.
    fn default() -> Self {
        Self { call_limits: true, quiet_hours: true }
    }
}

/// Somebody is about to be contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact<'a> {
    /// When.
    pub at: OffsetDateTime,
    /// The calls about this debt so far.
    pub history: CallHistory<'a>,
    /// The day it is where the caller keeps the days of calls.
    pub today: Date,
    /// How.
    pub way: Way,
    /// Every zone where the person may be.
    pub zones: &'a [TimeZone],
}

/// What the rules say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Go ahead.
    Now,
    /// Not before this instant.
    NotBefore(OffsetDateTime),
    /// Not before this day; ask again then.
    NotBeforeDay(Date),
    /// Not in this way, as things are known.
    NotThisWay,
}

impl ContactRules {
    /// Whether somebody may be contacted now, in this way.
    pub fn ask(&self, contact: &Contact<'_>) -> Verdict {
        let Contact { at, history, today, way, zones } = *contact;
        if self.call_limits
            && way == Way::Call
            && let Err(refused) = may_call(history, today)
        {
            return Verdict::NotBeforeDay(refused.from());
        }
        if !self.quiet_hours || way == Way::Letter {
            return Verdict::Now;
        }
        match may_contact(at, zones) {
            Ok(()) => Verdict::Now,
            Err(HoursRefusal::Quiet { .. }) => {
                next_open(at, zones).map_or(Verdict::NotThisWay, Verdict::NotBefore)
            }
            Err(HoursRefusal::NobodyKnowsWhere | HoursRefusal::OutOfCalendar) => {
                Verdict::NotThisWay
            }
        }
    }
}
