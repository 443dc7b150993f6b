//! Months.

use time::{Date, Month, util::days_in_month};

/// The same day so many months later, or the month's last.
pub(super) fn month_later(day: Date, months: u16) -> Option<Date> {
    let count = i32::from(u8::from(day.month())) - 1 + i32::from(months);
    let year = day.year().checked_add(count / 12)?;
    let month = Month::try_from(u8::try_from(count % 12 + 1).ok()?).ok()?;
    Date::from_calendar_date(year, month, day.day().min(days_in_month(month, year))).ok()
}
