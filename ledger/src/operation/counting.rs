//! What a fact counts for, and in which month.

use time::OffsetDateTime;

use super::{
    Activity, BookingState, Change, Count, Fact, JobState, Late, LeadState, Metric, OperationError,
    PhotoState, UsageCounter,
};
use crate::values::{CycleKey, CycleRule, TimeZone};

/// The largest number of a fact: the largest whole number that JSON carries exactly.
const MOST: i64 = 9_007_199_254_740_991;

/// Calendar months in a zone.
pub(super) struct Months(CycleRule);

impl Months {
    pub(super) fn of(time_zone: TimeZone) -> Self {
        Self(CycleRule { anchor_day: 1, time_zone })
    }

    /// The month an instant falls in.
    fn at(&self, at: OffsetDateTime) -> Result<CycleKey, OperationError> {
        let month = self.0.cycle_at(at).map_err(|_| OperationError::OutOfCalendar)?;
        Ok(month.key)
    }

    /// Whether a month is over.
    fn has_ended(&self, month: CycleKey, now: OffsetDateTime) -> Result<bool, OperationError> {
        let ends_at = self.0.cycle(month).and_then(|cycle| self.0.ends_at(&cycle));
        Ok(ends_at.map_err(|_| OperationError::OutOfCalendar)? <= now)
    }
}

/// What a fact is about: a metric, an instant in the month it is counted in (`None`: as it
/// stands now), and for how much it counts.
struct About(Metric, Option<OffsetDateTime>, i64);

impl Fact {
    /// Whether it can be true at all.
    pub(super) fn check(&self) -> Result<(), OperationError> {
        match self {
            Self::Booking(fact) => ordered(fact.starts_at, fact.ends_at),
            Self::Blackout(fact) => ordered(fact.starts_at, fact.ends_at),
            Self::JobCompletion(fact) => bounded(fact.minutes.unwrap_or(0), MOST),
            Self::NpsResponse(fact) => bounded(fact.score, 10),
            Self::Photo(fact) => bounded(fact.bytes, MOST),
            Self::Storage(fact) => bounded(fact.bytes, MOST),
            Self::UsageCounter(fact) => bounded(fact.value, MOST),
            Self::Lead(_)
            | Self::PhotoReview(_)
            | Self::SupportTicket(_)
            | Self::Team(_)
            | Self::Worker(_) => Ok(()),
        }
    }

    /// What comes before everything else in deciding which of two facts counts: of a counter of
    /// something that stands now, the one of the later month.
    pub(super) fn month_told(&self) -> Option<CycleKey> {
        match self {
            Self::UsageCounter(UsageCounter { month, .. }) => Some(*month),
            Self::Blackout(_)
            | Self::Booking(_)
            | Self::JobCompletion(_)
            | Self::Lead(_)
            | Self::NpsResponse(_)
            | Self::Photo(_)
            | Self::PhotoReview(_)
            | Self::Storage(_)
            | Self::SupportTicket(_)
            | Self::Team(_)
            | Self::Worker(_) => None,
        }
    }

    fn about(&self) -> Vec<About> {
        let one = |yes: bool| i64::from(yes);
        match self {
            Self::Booking(fact) => {
                let counts = fact.state != BookingState::Canceled;
                vec![About(Metric::Bookings, Some(fact.starts_at), one(counts))]
            }
            Self::JobCompletion(fact) => {
                let counts = fact.state == JobState::Completed;
                vec![About(Metric::JobCompletions, Some(fact.completed_at), one(counts))]
            }
            Self::Lead(fact) => {
                let counts = fact.state != LeadState::Discarded;
                vec![About(Metric::Leads, Some(fact.created_at), one(counts))]
            }
            Self::Photo(fact) => {
                let there = fact.state == PhotoState::Stored;
                vec![
                    About(Metric::Photos, Some(fact.taken_at), one(there)),
                    About(Metric::StorageBytes, None, if there { fact.bytes } else { 0 }),
                ]
            }
            Self::Storage(fact) => vec![About(Metric::StorageBytes, None, fact.bytes)],
            Self::Worker(fact) => {
                vec![About(Metric::Workers, None, one(fact.state == Activity::Active))]
            }
            Self::Blackout(_)
            | Self::NpsResponse(_)
            | Self::PhotoReview(_)
            | Self::SupportTicket(_)
            | Self::Team(_)
            | Self::UsageCounter(_) => Vec::new(),
        }
    }

    /// What it counts for.
    pub(super) fn counts(&self, months: &Months) -> Result<Vec<Count>, OperationError> {
        let counted = self.about().into_iter().filter(|About(_, _, amount)| *amount != 0);
        counted
            .map(|About(metric, at, amount)| {
                let month = at.map(|at| months.at(at)).transpose()?;
                Ok(Count { amount, metric, month })
            })
            .collect()
    }

    /// The ended months it is about, whether it counts for something there or not.
    pub(super) fn late(
        &self,
        months: &Months,
        now: OffsetDateTime,
    ) -> Result<Vec<Late>, OperationError> {
        let mut late = Vec::new();
        for About(metric, at, _) in self.about() {
            let Some(at) = at else { continue };
            let month = months.at(at)?;
            if months.has_ended(month, now)? {
                late.push(Late { metric, month });
            }
        }
        Ok(late)
    }
}

/// What changes when one set of counts takes the place of another.
pub(super) fn changes(
    before: &[Count],
    after: &[Count],
    months: &Months,
    now: OffsetDateTime,
) -> Result<Vec<Change>, OperationError> {
    let mut changes: Vec<Change> = Vec::new();
    let lost = before.iter().map(|count| (count, -count.amount));
    let gained = after.iter().map(|count| (count, count.amount));
    for (&Count { metric, month, .. }, delta) in lost.chain(gained) {
        let same = |change: &&mut Change| (change.metric, change.month) == (metric, month);
        if let Some(change) = changes.iter_mut().find(same) {
            change.delta += delta;
            continue;
        }
        let late = month.map(|month| months.has_ended(month, now)).transpose()?;
        changes.push(Change { delta, late: late.unwrap_or(false), metric, month });
    }
    changes.retain(|change| change.delta != 0);
    Ok(changes)
}

fn ordered(starts_at: OffsetDateTime, ends_at: OffsetDateTime) -> Result<(), OperationError> {
    if starts_at < ends_at {
        Ok(())
    } else {
        Err(OperationError::EndsBeforeStart { starts_at, ends_at })
    }
}

fn bounded(value: i64, most: i64) -> Result<(), OperationError> {
    if (0..=most).contains(&value) {
        Ok(())
    } else {
        Err(OperationError::OutOfBounds { value, least: 0, most })
    }
}
