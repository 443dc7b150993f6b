//! What will be earned in each coming month.

use std::collections::BTreeMap;

use ledger::{
    invoice::{ItemType, Progress},
    values::{Currency, Money},
};
use time::{Date, util::days_in_month};

use super::{Row, query::list};
use crate::{
    answers::money,
    engine::{EngineError, Snapshot, Word},
};

/// Rows of one page.
const PAGE: i64 = 1_000;

/// Months that are told one by one at most; a term is never longer than the rest of a century.
const MONTHS: usize = 1_200;

/// What will be earned in one month of what is deferred now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeferredMonth {
    /// Its last day.
    pub month_ends_on: Date,
    /// What for.
    pub item_type: ItemType,
    /// How much will be earned in it.
    pub amount: Money,
    /// How much will be left to earn after it.
    pub left: Money,
}

/// The currency's code, so that they go by name, and what for.
type Key = (String, ItemType);

/// What will be earned in each month from the month of a day on, by currency and item type, until
/// nothing is left. What earlier months have earned and nobody has recognised falls into the first.
/// The amounts sum to what is deferred now.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn deferred_schedule(
    snapshot: &Snapshot,
    from: Date,
) -> Result<Vec<DeferredMonth>, EngineError> {
    let mut months: BTreeMap<Key, (Currency, i64, BTreeMap<Date, i64>)> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = list(snapshot, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.invoice_id.uuid(), last.item_type));
        for row in &page {
            let currency = row.deferred.currency();
            let key = (currency.code().to_owned(), row.item_type);
            let (_, left, sums) =
                months.entry(key).or_insert_with(|| (currency, 0, BTreeMap::new()));
            *left += row.deferred.minor();
            for schedule in &row.schedules {
                for (month, minor) in spread(schedule, from) {
                    *sums.entry(month).or_default() += minor;
                }
            }
        }
    }
    let mut answer = Vec::new();
    for ((_, item_type), (currency, mut left, sums)) in months {
        for (month_ends_on, minor) in sums {
            left -= minor;
            let (amount, left) = (money(minor, Word(currency)), money(left, Word(currency)));
            answer.push(DeferredMonth { month_ends_on, item_type, amount, left });
        }
    }
    Ok(answer)
}

/// What one schedule will earn month by month, from the month of a day on.
pub(super) fn spread(progress: &Progress, from: Date) -> Vec<(Date, i64)> {
    let mut earned = progress.recognized().minor();
    let end = earned + progress.deferred().minor();
    let mut months = Vec::new();
    let mut month = month_end(from);
    for _ in 0..MONTHS {
        if earned == end {
            break;
        }
        let then = progress.earned_through(month).minor();
        if then > earned {
            months.push((month, then - earned));
            earned = then;
        }
        let Some(next) = month.next_day() else { break };
        month = month_end(next);
    }
    months
}

impl Row {
    /// What is still to be earned, by the last day of each coming month, in minor units.
    pub fn coming_months(&self, from: Date) -> Vec<(Date, i64)> {
        self.progress().iter().flat_map(|(_, progress)| spread(progress, from)).collect()
    }
}

fn month_end(day: Date) -> Date {
    day.replace_day(days_in_month(day.month(), day.year())).unwrap_or(day)
}
