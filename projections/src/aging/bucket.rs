//! Buckets by days past due.

use time::Date;

use crate::worded;

/// How long something has been due.
///
/// - **Source:** `vectors/ar-aging.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Not due, or due that day.
    Current,
    /// 1 to 30 days.
    To30,
    /// 31 to 60 days.
    To60,
    /// 61 to 90 days.
    To90,
    /// 91 to 120 days.
    To120,
    /// More than 120 days.
    Over120,
}

worded! {
    Bucket {
        Current = "current",
        To30 = "1-30",
        To60 = "31-60",
        To90 = "61-90",
        To120 = "91-120",
        Over120 = "120+",
    }
}

impl Bucket {
    /// Every bucket, youngest first.
    pub const ALL: [Self; 6] =
        [Self::Current, Self::To30, Self::To60, Self::To90, Self::To120, Self::Over120];

    /// The bucket of something due on one day, as of another.
    pub fn of(due_on: Date, as_of: Date) -> Self {
        match days_past_due(due_on, as_of) {
            ..=0 => Self::Current,
            1..=30 => Self::To30,
            31..=60 => Self::To60,
            61..=90 => Self::To90,
            91..=120 => Self::To120,
            121.. => Self::Over120,
        }
    }
}

/// Days from the due date to a day; below zero before it.
pub(super) fn days_past_due(due_on: Date, as_of: Date) -> i64 {
    (as_of - due_on).whole_days()
}
