//! What was billed ahead is earned.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Decision, Invoice, InvoiceError, ItemCut, ItemType, RecognizeRevenue, Recognized,
    RevenueRecognized, Schedule, Taken, TaxComponent, TaxOfRate,
    schedules::{Pauses, elapsed, term},
};
use crate::values::{Currency, Money, MoneyError, portion, share};

/// How far a schedule is earned, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Earning {
    /// Days or months of service, when it was looked at last.
    pub(super) elapsed: i64,
    /// Taken back before it was earned.
    pub(super) cut: i64,
    /// Where the straight line begins: what had passed and was earned at the last cut.
    from_elapsed: i64,
    from_recognized: i64,
    pub(super) recognized: i64,
}

/// Something of an item type that is taken back, and the schedule it stands on, if it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) item_type: ItemType,
    pub(super) minor: i64,
    pub(super) place: Option<usize>,
}

impl Earning {
    /// Not earned and not taken back.
    pub(super) fn deferred(&self, schedule: &Schedule) -> i64 {
        schedule.amount.minor().saturating_sub(self.recognized).saturating_sub(self.cut)
    }

    /// What is earned since the beginning when so much has passed: a straight line from the last
    /// cut on, rounded once, so that the sum of all steps is exact.
    pub(super) fn cumulative(&self, schedule: &Schedule, elapsed: i64) -> i64 {
        let rest =
            schedule.amount.minor().saturating_sub(self.cut).saturating_sub(self.from_recognized);
        let term = term(schedule);
        let passed = elapsed.saturating_sub(self.from_elapsed);
        if elapsed < term && passed <= 0 {
            return self.recognized;
        }
        let part = portion(rest, passed, term.saturating_sub(self.from_elapsed));
        self.from_recognized.saturating_add(part)
    }

    /// Takes so much back (or puts it back, below zero); the rest is spread anew from here on.
    pub(super) fn cut(&mut self, minor: i64) {
        if minor != 0 {
            self.cut = self.cut.saturating_add(minor);
            self.from_elapsed = self.elapsed;
            self.from_recognized = self.recognized;
        }
    }
}

impl Invoice {
    /// Earns what the days of service up to one have earned and no earlier look had. The same
    /// day again, or an earlier one, earns nothing; nor does a day before the issue.
    pub(super) fn recognize_revenue(&self, command: RecognizeRevenue) -> Decision {
        let (opened, _) = self.begun()?;
        let RecognizeRevenue { ends_on, pauses, through } = command;
        let issued = self.issued.as_ref().ok_or(InvoiceError::NotOpen { status: self.status() })?;
        let through = ends_on.map_or(through, |ends_on| ends_on.min(through));
        let before = self.earned_through.is_some_and(|earned| through < earned);
        if before || through < issued.issued_on {
            return Ok(vec![]);
        }
        let pauses = Pauses::new(pauses);
        let money = |minor| Money::from_minor(minor, opened.currency);
        let mut earned = Vec::new();
        for ((place, schedule), earning) in (0..).zip(&issued.schedules).zip(&self.earnings) {
            let elapsed = elapsed(schedule, through, &pauses);
            if elapsed == 0 && through < schedule.ends_on {
                continue;
            }
            let cumulative = earning.cumulative(schedule, elapsed);
            let amount = cumulative.saturating_sub(earning.recognized);
            if amount > 0 {
                earned.push(Recognized {
                    amount: money(amount),
                    cumulative: money(cumulative),
                    deferred: money(earning.deferred(schedule).saturating_sub(amount)),
                    elapsed,
                    item_type: schedule.item_type,
                    schedule: place,
                });
            }
        }
        if earned.is_empty() {
            return Ok(vec![]);
        }
        Ok(vec![RevenueRecognized { earned, through }.into()])
    }

    pub(super) fn hear_recognized(&mut self, event: &RevenueRecognized) {
        for earned in &event.earned {
            let place = usize::try_from(earned.schedule).unwrap_or(usize::MAX);
            if let Some(earning) = self.earnings.get_mut(place) {
                earning.elapsed = earned.elapsed;
                earning.recognized = earned.cumulative.minor();
            }
        }
        self.earned_through = self.earned_through.max(Some(event.through));
    }

    /// What is billed ahead and neither earned nor taken back.
    pub fn deferred(&self) -> Option<Money> {
        let currency = self.currency()?;
        let schedules = self.issued.iter().flat_map(|issued| &issued.schedules);
        let minor = schedules.zip(&self.earnings).map(|(of, earning)| earning.deferred(of)).sum();
        Some(Money::from_minor(minor, currency))
    }

    /// Finds what leaves deferred revenue where so much is taken back, one figure for each
    /// schedule. A line takes what it has deferred itself, then what was earned; where that is
    /// not enough, and where no line is named, whatever is not earned yet goes first.
    pub(super) fn unearned(&self, wanted: &[Wanted]) -> Result<Vec<i64>, MoneyError> {
        let Some(issued) = &self.issued else { return Ok(Vec::new()) };
        let schedules = &issued.schedules;
        let of_type = |item_type, left: &[i64]| -> Vec<i64> {
            let minor = |(schedule, left): (&Schedule, &i64)| {
                if schedule.item_type == item_type { *left } else { 0 }
            };
            schedules.iter().zip(left).map(minor).collect()
        };
        let whole: Vec<i64> = schedules
            .iter()
            .zip(&self.earnings)
            .map(|(schedule, earning)| earning.deferred(schedule))
            .collect();
        let mut left = whole.clone();
        let mut earned = BTreeMap::<ItemType, i64>::new();
        let mut ahead = BTreeMap::<ItemType, i64>::new();
        for want in wanted {
            let Some(place) = want.place.filter(|place| *place < left.len()) else {
                *ahead.entry(want.item_type).or_default() += want.minor;
                continue;
            };
            let own = want.minor.min(left[place]);
            left[place] -= own;
            *earned.entry(want.item_type).or_default() += want.minor - own;
        }
        for (item_type, minor) in earned {
            let deferred: i64 = of_type(item_type, &whole).iter().sum();
            let there = self.left.of_item(item_type).saturating_sub(deferred);
            *ahead.entry(item_type).or_default() += minor.saturating_sub(there).max(0);
        }
        for (item_type, minor) in ahead {
            let weights = of_type(item_type, &left);
            let shares = share(minor.min(weights.iter().sum()), &weights)?;
            left.iter_mut().zip(shares).for_each(|(left, share)| *left -= share);
        }
        Ok(whole.iter().zip(&left).map(|(whole, left)| whole - left).collect())
    }

    /// What was taken, item by item, told apart into earned and deferred.
    pub(super) fn cuts(&self, taken: &Taken, currency: Currency) -> Vec<ItemCut> {
        let cut = |(item_type, minor)| ItemCut {
            amount: Money::from_minor(minor, currency),
            deferred: Money::from_minor(self.deferred_of(&taken.schedules, item_type), currency),
            item_type,
        };
        taken.items().filter(|(_, minor)| *minor != 0).map(cut).collect()
    }

    /// The taxes taken, per rate and by name; none for a draft.
    pub(super) fn taxes_of(&self, taken: &Taken) -> (Vec<TaxOfRate>, Vec<TaxComponent>) {
        self.issued.as_ref().map(|issued| self.left.taxes_of(taken, issued)).unwrap_or_default()
    }

    /// The part of such figures that belongs to an item type.
    pub(super) fn deferred_of(&self, figures: &[i64], item_type: ItemType) -> i64 {
        let schedules = self.issued.iter().flat_map(|issued| &issued.schedules);
        let of_type = |(schedule, minor): (&Schedule, &i64)| {
            (schedule.item_type == item_type).then_some(*minor)
        };
        schedules.zip(figures).filter_map(of_type).sum()
    }

    /// Weighs up what refunds and voids take, who say how much of each item type.
    pub(super) fn take_items(
        &self,
        items: &[(ItemType, i64)],
        tax: i64,
    ) -> Result<Taken, MoneyError> {
        let mut taken = self.left.take_items(items.iter().copied(), tax)?;
        let wanted = |(item_type, minor): &(ItemType, i64)| Wanted {
            item_type: *item_type,
            minor: *minor,
            place: None,
        };
        let wanted: Vec<Wanted> = items.iter().map(wanted).collect();
        taken.schedules = self.unearned(&wanted)?;
        Ok(taken)
    }
}
