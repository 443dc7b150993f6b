//! A schedule and how far it is earned, for readers: the arithmetic is that of the decisions.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{
    Earning, Recognized, Schedule,
    schedules::{passed, term},
};
use crate::values::{Money, share};

/// A schedule and how far it is earned.
///
/// - **Unit:** minor units of the schedule's currency; days or months of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    earning: Earning,
    schedule: Schedule,
    /// The day up to which it was looked at last.
    through: Option<Date>,
}

impl Progress {
    /// A schedule of which nothing is earned.
    pub fn of(schedule: Schedule) -> Self {
        Self { earning: Earning::default(), schedule, through: None }
    }

    /// The schedule, as it was fixed at issue.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Days or months of service that have passed, interruptions left out.
    pub fn elapsed(&self) -> i64 {
        self.earning.elapsed
    }

    /// How many there are in all.
    pub fn term(&self) -> i64 {
        term(&self.schedule)
    }

    /// Earned so far.
    pub fn recognized(&self) -> Money {
        self.money(self.earning.recognized)
    }

    /// Taken back before it was earned.
    pub fn cut(&self) -> Money {
        self.money(self.earning.cut)
    }

    /// Neither earned nor taken back.
    pub fn deferred(&self) -> Money {
        self.money(self.earning.deferred(&self.schedule))
    }

    /// Hears what was earned up to a day.
    pub fn hear(&mut self, earned: &Recognized, through: Date) {
        self.earning.elapsed = earned.elapsed;
        self.earning.recognized = earned.cumulative.minor();
        self.through = Some(through);
    }

    /// What will have been earned when a day is over, if nothing interrupts the service from the
    /// last look on; what was interrupted before puts the end off.
    pub fn earned_through(&self, day: Date) -> Money {
        let since = self.through.map_or(0, |through| passed(&self.schedule, through));
        let elapsed = self.earning.elapsed + (passed(&self.schedule, day) - since).max(0);
        let elapsed = elapsed.min(self.term());
        let cumulative = match elapsed {
            0 if day < self.schedule.ends_on => 0,
            elapsed => self.earning.cumulative(&self.schedule, elapsed),
        };
        self.money(cumulative.max(self.earning.recognized))
    }

    /// Takes so many minor units out of what these have not earned yet, in proportion to that;
    /// below zero puts back what was taken out.
    pub fn take_out(all: &mut [Self], minor: i64) {
        let weights: Vec<i64> = all
            .iter()
            .map(|one| if minor > 0 { one.deferred().minor() } else { one.earning.cut })
            .collect();
        let shares = share(minor.saturating_abs(), &weights).unwrap_or_default();
        for (one, share) in all.iter_mut().zip(shares) {
            one.earning.cut(minor.signum() * share);
        }
    }

    fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.schedule.amount.currency())
    }
}
