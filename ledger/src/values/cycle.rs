//! Billing cycles: from anchor day to anchor day, in the org's own time zone.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil, tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month, OffsetDateTime};

/// The years whose cycles have names that can be read back.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=9000;

/// An IANA time zone that exists.
///
/// - **Source:** IANA tz database, bundled with the program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimeZone(String);

/// Why a cycle cannot be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CycleError {
    /// No such time zone.
    #[error("unknown time zone: an IANA name such as America/Toronto is expected")]
    UnknownTimeZone,
    /// Not a day of the month.
    #[error("the anchor day lies between 1 and 31")]
    BadAnchorDay,
    /// Not `YYYY-MM`.
    #[error("a cycle is named YYYY-MM")]
    BadKey,
    /// Beyond the calendar that we can work with.
    #[error("date out of range")]
    OutOfRange,
}

/// The name of a cycle: year and month of its first day.
///
/// - **Unit:** `YYYY-MM`.
/// - **Source:** contract S1.3 (`last_billed_cycle`), S1.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CycleKey {
    /// Calendar year.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
}

/// One billing cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// First day of the next cycle.
    pub ends_on: Date,
    /// Its name.
    pub key: CycleKey,
    /// First day.
    pub starts_on: Date,
}

/// How an org's cycles fall: the anchor day, 29 to 31 clamped to the month's last day, from
/// 00:00 in the org's zone (contract S1.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleRule {
    /// Day of the month, 1 to 31.
    pub anchor_day: u8,
    /// The org's zone.
    pub time_zone: TimeZone,
}

impl CycleRule {
    /// A rule.
    ///
    /// # Errors
    ///
    /// [`CycleError::BadAnchorDay`].
    pub fn new(anchor_day: u8, time_zone: TimeZone) -> Result<Self, CycleError> {
        if !(1..=31).contains(&anchor_day) {
            return Err(CycleError::BadAnchorDay);
        }
        Ok(Self { anchor_day, time_zone })
    }

    /// The calendar day of an instant in the org's zone.
    ///
    /// # Errors
    ///
    /// [`CycleError`] for an instant beyond the calendar.
    pub fn local_day(&self, at: OffsetDateTime) -> Result<Date, CycleError> {
        let zone = self.time_zone.zone()?;
        let day = timestamp(at)?.to_zoned(zone).date();
        to_time_date(day)
    }

    /// The cycle an instant falls in.
    ///
    /// # Errors
    ///
    /// [`CycleError`] for an instant beyond the calendar.
    pub fn cycle_at(&self, at: OffsetDateTime) -> Result<Cycle, CycleError> {
        self.cycle_of(self.local_day(at)?)
    }

    /// The cycle a calendar day falls in.
    ///
    /// # Errors
    ///
    /// [`CycleError::OutOfRange`].
    pub fn cycle_of(&self, day: Date) -> Result<Cycle, CycleError> {
        let year = i16::try_from(day.year()).map_err(|_| CycleError::OutOfRange)?;
        let key = CycleKey { year, month: u8::from(day.month()) };
        let cycle = self.cycle(key)?;
        if day < cycle.starts_on { self.cycle(key.previous()) } else { Ok(cycle) }
    }

    /// The cycle of a name.
    ///
    /// # Errors
    ///
    /// [`CycleError::OutOfRange`].
    pub fn cycle(&self, key: CycleKey) -> Result<Cycle, CycleError> {
        Ok(Cycle { ends_on: self.first_day(key.next())?, key, starts_on: self.first_day(key)? })
    }

    /// The instant at which a cycle starts: 00:00 of its first day (or the first instant of
    /// that day where a clock change skips midnight).
    ///
    /// # Errors
    ///
    /// [`CycleError::OutOfRange`].
    pub fn starts_at(&self, cycle: &Cycle) -> Result<OffsetDateTime, CycleError> {
        self.midnight(cycle.starts_on)
    }

    /// The instant at which a cycle ends and the next starts.
    ///
    /// # Errors
    ///
    /// [`CycleError::OutOfRange`].
    pub fn ends_at(&self, cycle: &Cycle) -> Result<OffsetDateTime, CycleError> {
        self.midnight(cycle.ends_on)
    }

    /// The first instant of a calendar day in the org's zone.
    ///
    /// # Errors
    ///
    /// [`CycleError::OutOfRange`].
    pub fn day_starts_at(&self, day: Date) -> Result<OffsetDateTime, CycleError> {
        self.midnight(day)
    }

    fn midnight(&self, day: Date) -> Result<OffsetDateTime, CycleError> {
        let zoned = to_civil(day)?
            .to_zoned(self.time_zone.zone()?)
            .and_then(|zoned| zoned.start_of_day())
            .map_err(|_| CycleError::OutOfRange)?;
        let nanoseconds = zoned.timestamp().as_nanosecond();
        OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).map_err(|_| CycleError::OutOfRange)
    }

    fn first_day(&self, key: CycleKey) -> Result<Date, CycleError> {
        if !YEARS.contains(&key.year) {
            return Err(CycleError::OutOfRange);
        }
        let month = Month::try_from(key.month).map_err(|_| CycleError::BadKey)?;
        let day = self.anchor_day.min(month.length(i32::from(key.year)));
        Date::from_calendar_date(i32::from(key.year), month, day)
            .map_err(|_| CycleError::OutOfRange)
    }
}

impl CycleKey {
    /// The month after.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month >= 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// The month before.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.month <= 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }
}

impl fmt::Display for CycleKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for CycleKey {
    type Err = CycleError;

    fn from_str(text: &str) -> Result<Self, CycleError> {
        let shaped = text.len() == 7 && text.is_ascii() && text.as_bytes()[4] == b'-';
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !shaped || !digits(&text[..4]) || !digits(&text[5..]) {
            return Err(CycleError::BadKey);
        }
        let year = text[..4].parse().map_err(|_| CycleError::BadKey)?;
        let month: u8 = text[5..].parse().map_err(|_| CycleError::BadKey)?;
        if !(1..=12).contains(&month) || !YEARS.contains(&year) {
            return Err(CycleError::BadKey);
        }
        Ok(Self { year, month })
    }
}

impl Serialize for CycleKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CycleKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl TimeZone {
    /// The IANA name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn zone(&self) -> Result<tz::TimeZone, CycleError> {
        tz::TimeZone::get(&self.0).map_err(|_| CycleError::UnknownTimeZone)
    }
}

impl FromStr for TimeZone {
    type Err = CycleError;

    fn from_str(text: &str) -> Result<Self, CycleError> {
        let zone = Self(text.to_owned());
        zone.zone()?;
        Ok(zone)
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for TimeZone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TimeZone {
    /// Stored names are taken as they are: a zone that a later tz database drops must not make
    /// the log unreadable.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

fn timestamp(at: OffsetDateTime) -> Result<Timestamp, CycleError> {
    Timestamp::from_nanosecond(at.unix_timestamp_nanos()).map_err(|_| CycleError::OutOfRange)
}

fn to_time_date(day: civil::Date) -> Result<Date, CycleError> {
    let month = u8::try_from(day.month()).ok().and_then(|month| Month::try_from(month).ok());
    let number = u8::try_from(day.day()).ok();
    match (month, number) {
        (Some(month), Some(number)) => {
            Date::from_calendar_date(i32::from(day.year()), month, number)
                .map_err(|_| CycleError::OutOfRange)
        }
        _ => Err(CycleError::OutOfRange),
    }
}

fn to_civil(day: Date) -> Result<civil::Date, CycleError> {
    let year = i16::try_from(day.year()).map_err(|_| CycleError::OutOfRange)?;
    let month = i8::try_from(u8::from(day.month())).map_err(|_| CycleError::OutOfRange)?;
    let number = i8::try_from(day.day()).map_err(|_| CycleError::OutOfRange)?;
    civil::Date::new(year, month, number).map_err(|_| CycleError::OutOfRange)
}
