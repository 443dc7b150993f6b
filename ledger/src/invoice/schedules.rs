//! How what is billed ahead is spread, fixed at issue.
//!
//! A plan's fee is earned day by day over the days its line covers, or else the invoice's, or
//! else one month from the day of service. A set-up fee is earned month by month over the days
//! its line covers, or else twelve months from the month of issue on.

use std::collections::BTreeMap;

use time::{Date, Month};

use super::{
    BillingPeriod, Interruption, ItemType, Opened, Schedule, Spread,
    lines::{KeptLine, Lines},
};
use crate::values::{Money, MoneyError};

/// One stretch of service: how it is spread, first day, last day.
pub(super) type Stretch = (Spread, Date, Date);

/// The schedules of all lines that are billed ahead: one for each item type and stretch.
pub(super) fn of_lines(
    lines: &Lines,
    opened: &Opened,
    issued_on: Date,
) -> Result<Vec<Schedule>, MoneyError> {
    let mut amounts: BTreeMap<(ItemType, Date, Date, Spread), Money> = BTreeMap::new();
    for (_, line) in lines.iter() {
        if let Some((spread, starts_on, ends_on)) = stretch(line, opened.period, issued_on) {
            let amount = amounts
                .entry((line.item_type(), starts_on, ends_on, spread))
                .or_insert(Money::zero(opened.currency));
            *amount = amount.plus(line.total())?;
        }
    }
    let schedule = |((item_type, starts_on, ends_on, spread), amount): (_, Money)| Schedule {
        amount,
        ends_on,
        item_type,
        spread,
        starts_on,
    };
    let schedules = amounts.into_iter().map(schedule);
    Ok(schedules.filter(|schedule| schedule.amount.is_positive()).collect())
}

/// Which of the schedules a line belongs to.
pub(super) fn place_of(
    schedules: &[Schedule],
    line: &KeptLine,
    period: Option<BillingPeriod>,
    issued_on: Date,
) -> Option<usize> {
    let (spread, starts_on, ends_on) = stretch(line, period, issued_on)?;
    schedules.iter().position(|schedule| {
        schedule.item_type == line.item_type()
            && schedule.spread == spread
            && (schedule.starts_on, schedule.ends_on) == (starts_on, ends_on)
    })
}

/// The stretch of service that a line pays for; nothing for what is earned when it is billed.
fn stretch(line: &KeptLine, period: Option<BillingPeriod>, issued_on: Date) -> Option<Stretch> {
    let last_day = |covers: BillingPeriod| covers.ends_on.previous_day().unwrap_or(covers.ends_on);
    match line.item_type() {
        ItemType::PatientActivation | ItemType::OneOff => None,
        ItemType::Subscription => match line.covers().or(period) {
            Some(covers) => Some((Spread::ByDay, covers.starts_on, last_day(covers))),
            None => default_stretch(line.item_type(), line.service_on()),
        },
        ItemType::SetupFee => match line.covers() {
            Some(covers) => {
                let (first, last) = (covers.starts_on, last_day(covers));
                // A stretch without a month's end is too short to be counted in months.
                let whole = MonthEnds::from(first).next().is_some_and(|end| end <= last);
                Some((if whole { Spread::ByMonth } else { Spread::ByDay }, first, last))
            }
            None => {
                default_stretch(line.item_type(), issued_on.replace_day(1).unwrap_or(issued_on))
            }
        },
    }
}

/// How many days or months a schedule has.
pub(super) fn term(schedule: &Schedule) -> i64 {
    let Schedule { starts_on, ends_on, .. } = *schedule;
    match schedule.spread {
        Spread::ByDay => days(starts_on, ends_on),
        Spread::ByMonth => count(MonthEnds::from(starts_on).take_while(|end| *end <= ends_on)),
    }
}

/// How many days or months of service have passed when a day is over: interruptions are left
/// out, so that they put the end off.
pub(super) fn elapsed(schedule: &Schedule, through: Date, pauses: &Pauses) -> i64 {
    let term = term(schedule);
    if through < schedule.starts_on {
        return 0;
    }
    let served = match schedule.spread {
        Spread::ByDay => {
            days(schedule.starts_on, through) - pauses.days(schedule.starts_on, through)
        }
        Spread::ByMonth => {
            let most = usize::try_from(term).unwrap_or(usize::MAX);
            let ends = MonthEnds::from(schedule.starts_on).take_while(|end| *end <= through);
            count(ends.filter(|end| !pauses.hold(*end)).take(most))
        }
    };
    served.clamp(0, term)
}

/// How many days or months there are from the first day to the end of a day, whatever the term.
pub(super) fn passed(schedule: &Schedule, through: Date) -> i64 {
    match schedule.spread {
        Spread::ByDay => days(schedule.starts_on, through),
        Spread::ByMonth => {
            count(MonthEnds::from(schedule.starts_on).take_while(|end| *end <= through))
        }
    }
}

/// Interruptions, in order and apart from each other.
pub(super) struct Pauses(Vec<Interruption>);

impl Pauses {
    pub(super) fn new(mut pauses: Vec<Interruption>) -> Self {
        pauses.retain(|pause| pause.from <= pause.through);
        pauses.sort_by_key(|pause| pause.from);
        let mut apart: Vec<Interruption> = Vec::with_capacity(pauses.len());
        for pause in pauses {
            match apart.last_mut() {
                Some(last) if pause.from <= last.through => {
                    last.through = last.through.max(pause.through);
                }
                _ => apart.push(pause),
            }
        }
        Self(apart)
    }

    fn days(&self, from: Date, through: Date) -> i64 {
        self.0.iter().map(|pause| days(pause.from.max(from), pause.through.min(through))).sum()
    }

    fn hold(&self, day: Date) -> bool {
        self.0.iter().any(|pause| (pause.from..=pause.through).contains(&day))
    }
}

/// Days from the first through the last; none where the last comes before.
fn days(first: Date, last: Date) -> i64 {
    ((last - first).whole_days() + 1).max(0)
}

fn count(ends: impl Iterator<Item = Date>) -> i64 {
    i64::try_from(ends.count()).unwrap_or(i64::MAX)
}

/// The last days of the months, from the month of a day on.
struct MonthEnds(Option<Date>);

impl MonthEnds {
    fn from(day: Date) -> Self {
        Self(day.replace_day(1).ok())
    }
}

impl Iterator for MonthEnds {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        let first = self.0?;
        let end = first.replace_day(first.month().length(first.year())).ok()?;
        self.0 = end.next_day();
        Some(end)
    }
}

/// The stretch where nothing else is said: one month of a plan, twelve months after a set-up.
pub(super) fn default_stretch(item_type: ItemType, from: Date) -> Option<Stretch> {
    let (months, spread) = match item_type {
        ItemType::SetupFee => (12, Spread::ByMonth),
        ItemType::Subscription => (1, Spread::ByDay),
        ItemType::PatientActivation | ItemType::OneOff => return None,
    };
    Some((spread, from, months_after(from, months).previous_day().unwrap_or(from)))
}

/// The same day some months later, the month's last day where it has no such day.
fn months_after(from: Date, months: i32) -> Date {
    let month = from.year() * 12 + i32::from(u8::from(from.month())) - 1 + months;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
    let month = u8::try_from(month).ok().and_then(|month| Month::try_from(month + 1).ok());
    let Some(month) = month else { return from };
    let day = from.day().min(month.length(year));
    Date::from_calendar_date(year, month, day).unwrap_or(from)
}
