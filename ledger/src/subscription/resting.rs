//! Pauses and the end as calendar days, for whoever earns by the day.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{Subscription, SubscriptionError};
use crate::values::{CycleError, CycleRule};

/// Days on which billing rested, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausedDays {
    /// The first.
    pub from_on: Date,
    /// The last.
    pub through_on: Date,
}

impl Subscription {
    /// The days up to `through` on whose first instant billing rested, in the org's zone:
    /// earliest first, apart from each other.
    ///
    /// The first instant counts, as it does for a cycle: a pause of so many times 24 hours rests
    /// for as many days, and one that a day holds whole rests for none.
    ///
    /// # Errors
    ///
    /// [`SubscriptionError::Unknown`] before the account is opened,
    /// [`SubscriptionError::Cycle`] for an instant beyond the calendar.
    pub fn pauses_by_day(&self, through: Date) -> Result<Vec<PausedDays>, SubscriptionError> {
        let rule = &self.opened_account()?.cycle;
        let mut days: Vec<PausedDays> = Vec::new();
        for pause in &self.pauses {
            let from_on = first_day_from(rule, pause.from_at)?;
            let through_on = match pause.to_at {
                Some(to_at) => before(first_day_from(rule, to_at)?).min(through),
                None => through,
            };
            if through_on < from_on {
                continue;
            }
            match days.last_mut() {
                Some(last) if before(from_on) <= last.through_on => last.through_on = through_on,
                Some(_) | None => days.push(PausedDays { from_on, through_on }),
            }
        }
        Ok(days)
    }

    /// The last day of service where the account was canceled: the last one on whose first
    /// instant it was not yet.
    ///
    /// # Errors
    ///
    /// As [`Self::pauses_by_day`].
    pub fn served_through(&self) -> Result<Option<Date>, SubscriptionError> {
        let rule = &self.opened_account()?.cycle;
        let Some(canceled_at) = self.canceled_at else { return Ok(None) };
        Ok(Some(before(first_day_from(rule, canceled_at)?)))
    }
}

/// The first day that starts at this instant or later.
fn first_day_from(rule: &CycleRule, at: time::OffsetDateTime) -> Result<Date, CycleError> {
    let day = rule.local_day(at)?;
    if rule.day_starts_at(day)? == at {
        return Ok(day);
    }
    day.next_day().ok_or(CycleError::OutOfRange)
}

fn before(day: Date) -> Date {
    day.previous_day().unwrap_or(day)
}
