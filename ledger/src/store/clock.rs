//! The one place that reads the clock.

use time::OffsetDateTime;

/// Tells the time in whole microseconds, which is what PostgreSQL keeps: a finer instant would
/// hash differently before the insert and after the read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock;

impl Clock {
    /// Now, in UTC.
    #[expect(clippy::disallowed_methods, reason = "this is the place that may read the clock")]
    pub fn now(self) -> OffsetDateTime {
        microseconds(OffsetDateTime::now_utc())
    }
}

/// Cuts an instant to whole microseconds.
pub(crate) fn microseconds(at: OffsetDateTime) -> OffsetDateTime {
    let nanosecond = at.nanosecond() - at.nanosecond() % 1_000;
    at.replace_nanosecond(nanosecond).unwrap_or(at)
}
