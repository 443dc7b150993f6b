//! A month in a path.

use time::{Date, Month};

use crate::error::{ApiError, Plain};

/// First and last day of the month that `YYYY-MM` names.
pub(super) fn month(text: &str) -> Result<(Date, Date), ApiError> {
    parsed(text).ok_or_else(|| Plain::NotFound.into())
}

fn parsed(text: &str) -> Option<(Date, Date)> {
    let (year, month) = text.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let first = Date::from_calendar_date(year, month, 1).ok()?;
    Some((first, first.replace_day(month.length(year)).ok()?))
}

/// The month that a day belongs to, as paths have it.
pub(super) fn name(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), u8::from(day.month()))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::{month, name};

    #[test]
    fn a_month_has_a_first_and_a_last_day() {
        let (first, last) = month("2024-02").unwrap();
        assert_eq!((first, last), (date!(2024 - 02 - 01), date!(2024 - 02 - 29)));
        assert_eq!(name(last), "2024-02");
    }

    #[test]
    fn what_is_no_month_is_nothing() {
        for text in ["2024-13", "2024-00", "2024-1", "24-01", "2024", "", "2024-01-01", "+024-01"] {
            assert!(month(text).is_err(), "{text}");
        }
    }
}
