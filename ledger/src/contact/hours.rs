//! At what hours somebody may be contacted.

use jiff::{Timestamp, tz};
use time::{OffsetDateTime, Time, macros::time};

use crate::values::TimeZone;

/// The first moment of the day at which somebody may be contacted, where they are.
pub const OPENS: Time = time!(8:00);
/// The first moment at which no longer.
pub const CLOSES: Time = time!(21:00);

/// Rounds after which zones that never agree are given up.
const ROUNDS: usize = 64;

/// Why nobody may be contacted now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursRefusal {
    /// It is too early or too late somewhere.
    #[error("it is {local} in {zone}; 08:00 to 21:00 is allowed")]
    Quiet {
        /// The time there.
        local: Time,
        /// Where.
        zone: TimeZone,
    },
    /// Nobody knows where the person may be.
    #[error("the person's time zone is not known")]
    NobodyKnowsWhere,
    /// An instant beyond the calendar.
    #[error("the instant is beyond the calendar")]
    OutOfCalendar,
}

/// Whether somebody may be contacted at an instant: from 08:00 until before 21:00 in every zone
/// where they may be (that of the area code, that of the address, …).
///
/// # Errors
///
/// [`HoursRefusal`].
///
/// - **Source:** 12 CFR 1006.6(b)(1); `vectors/contact-rules.json`, `quiet_hours`, `multi_zone`.
pub fn may_contact(at: OffsetDateTime, zones: &[TimeZone]) -> Result<(), HoursRefusal> {
    if zones.is_empty() {
        return Err(HoursRefusal::NobodyKnowsWhere);
    }
    for zone in zones {
        let local = time_of(&local(at, zone)?)?;
        if !(OPENS..CLOSES).contains(&local) {
            return Err(HoursRefusal::Quiet { local, zone: zone.clone() });
        }
    }
    Ok(())
}

/// The first instant from `at` on at which [`may_contact`] allows it; `None` where there is none,
/// because no zone is known or the zones never agree.
pub fn next_open(at: OffsetDateTime, zones: &[TimeZone]) -> Option<OffsetDateTime> {
    let mut at = at;
    for _ in 0..ROUNDS {
        match may_contact(at, zones) {
            Ok(()) => return Some(at),
            Err(HoursRefusal::Quiet { local: _, zone }) => at = opens_after(at, &zone)?,
            Err(HoursRefusal::NobodyKnowsWhere | HoursRefusal::OutOfCalendar) => return None,
        }
    }
    None
}

/// The next 08:00 in a zone.
fn opens_after(at: OffsetDateTime, zone: &TimeZone) -> Option<OffsetDateTime> {
    let now = local(at, zone).ok()?;
    let opens = jiff::civil::time(8, 0, 0, 0);
    let day = if now.time() < opens { now.date() } else { now.date().tomorrow().ok()? };
    let opened = day.to_datetime(opens).to_zoned(now.time_zone().clone()).ok()?;
    OffsetDateTime::from_unix_timestamp_nanos(opened.timestamp().as_nanosecond()).ok()
}

fn local(at: OffsetDateTime, zone: &TimeZone) -> Result<jiff::Zoned, HoursRefusal> {
    let beyond = |_| HoursRefusal::OutOfCalendar;
    let instant = Timestamp::from_nanosecond(at.unix_timestamp_nanos()).map_err(beyond)?;
    let zone = tz::TimeZone::get(zone.as_str()).map_err(beyond)?;
    Ok(instant.to_zoned(zone))
}

/// The time of the day, to the second.
fn time_of(local: &jiff::Zoned) -> Result<Time, HoursRefusal> {
    let parts = [local.hour(), local.minute(), local.second()].map(u8::try_from);
    let [Ok(hour), Ok(minute), Ok(second)] = parts else { return Err(HoursRefusal::OutOfCalendar) };
    Time::from_hms(hour, minute, second).map_err(|_| HoursRefusal::OutOfCalendar)
}
