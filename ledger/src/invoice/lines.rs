//! The lines of an invoice and their running sums.
//!
//! Deciding about one more line touches the sums only: as many numbers as there are tax rates,
//! however many lines there are.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{AddLine, BillingPeriod, ChargeKey, ItemTotal, ItemType, Line, TaxOfRate, Totals};
use crate::values::{Currency, Money, MoneyError, Rate, Rounding};

/// What is remembered of a line: all of it but its sealed description and the charge's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct KeptLine {
    charged: bool,
    covers: Option<BillingPeriod>,
    item_type: ItemType,
    quantity: i64,
    rate_configured: bool,
    service_on: Date,
    tax_rate: Rate,
    total_minor: i64,
    unit_price: Money,
}

/// How many lines, and what they come to in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Sum {
    lines: i64,
    minor: i64,
}

/// The running sums of all lines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sums {
    /// Lines that follow the configured rate: one sum, so that a new rate costs nothing.
    configured: Sum,
    configured_rate: Rate,
    /// Lines with a rate of their own.
    fixed: BTreeMap<Rate, Sum>,
    items: BTreeMap<ItemType, Sum>,
}

/// The lines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Lines {
    charges: BTreeSet<ChargeKey>,
    kept: BTreeMap<Uuid, KeptLine>,
    removed: BTreeSet<Uuid>,
    sums: Sums,
}

impl Lines {
    pub(super) fn sums(&self) -> &Sums {
        &self.sums
    }

    pub(super) fn get(&self, line_id: &Uuid) -> Option<&KeptLine> {
        self.kept.get(line_id)
    }

    /// All lines that are there.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Uuid, &KeptLine)> {
        self.kept.iter()
    }

    /// The rate of a line: its own, or the one that all lines follow which have none.
    pub(super) fn rate_of(&self, line: &KeptLine) -> Rate {
        if line.rate_configured { self.sums.configured_rate } else { line.tax_rate }
    }

    pub(super) fn has_charge(&self, charge: &ChargeKey) -> bool {
        self.charges.contains(charge)
    }

    pub(super) fn was_removed(&self, line_id: &Uuid) -> bool {
        self.removed.contains(line_id)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Roughly how many bytes they take.
    pub(super) fn weight(&self) -> usize {
        self.kept.len() * 176 + self.charges.len() * 80 + self.removed.len() * 32
    }

    /// Takes a line in; a line that is there already changes nothing.
    pub(super) fn add(&mut self, line: Line) {
        if self.kept.contains_key(&line.line_id) || self.removed.contains(&line.line_id) {
            return;
        }
        let kept = KeptLine {
            charged: line.charge.is_some(),
            covers: line.covers,
            item_type: line.item_type,
            quantity: line.quantity,
            rate_configured: line.rate_configured,
            service_on: line.service_on,
            tax_rate: line.tax_rate,
            total_minor: line.total_price.minor(),
            unit_price: line.unit_price,
        };
        // The decision that made the event has already found that the sums fit.
        if let Ok(sums) = self.sums.with(&kept) {
            self.sums = sums;
        }
        self.charges.extend(line.charge);
        self.kept.insert(line.line_id, kept);
    }

    /// Takes a line out. Its charge stays taken, so that a late retry does not put it back.
    pub(super) fn remove(&mut self, line_id: Uuid) {
        if let Some(kept) = self.kept.remove(&line_id) {
            if let Ok(sums) = self.sums.without(&kept) {
                self.sums = sums;
            }
            self.removed.insert(line_id);
        }
    }

    /// Gives the lines that follow the configured rate another one.
    pub(super) fn rerate(&mut self, rate: Rate) {
        self.sums.configured_rate = rate;
    }
}

impl KeptLine {
    /// A line as it will be kept if the command is accepted.
    pub(super) fn of(command: &AddLine, total: Money) -> Self {
        Self {
            charged: command.charge.is_some(),
            covers: command.covers,
            item_type: command.item_type,
            quantity: command.quantity,
            rate_configured: command.rate_configured,
            service_on: command.service_on,
            tax_rate: command.tax_rate,
            total_minor: total.minor(),
            unit_price: command.unit_price,
        }
    }

    /// The days it covers, where they are its own.
    pub(super) fn covers(&self) -> Option<BillingPeriod> {
        self.covers
    }

    pub(super) fn item_type(&self) -> ItemType {
        self.item_type
    }

    pub(super) fn service_on(&self) -> Date {
        self.service_on
    }

    /// Quantity times price, net of tax.
    pub(super) fn total(&self) -> Money {
        Money::from_minor(self.total_minor, self.unit_price.currency())
    }

    /// Whether the command asks for this very line. Sealed text cannot be compared and is not.
    pub(super) fn is_asked_by(&self, command: &AddLine) -> bool {
        *self == Self::of(command, self.total())
    }
}

impl Sum {
    fn moved(self, lines: i64, minor: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_add(minor).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { lines: self.lines.saturating_add(lines), minor })
    }
}

impl Sums {
    /// The sums with one more line.
    pub(super) fn with(&self, line: &KeptLine) -> Result<Self, MoneyError> {
        let mut sums = self.moved(line, 1, line.total_minor)?;
        if line.rate_configured {
            sums.configured_rate = line.tax_rate;
        }
        Ok(sums)
    }

    /// The sums with one line less.
    pub(super) fn without(&self, line: &KeptLine) -> Result<Self, MoneyError> {
        let minor = line.total_minor.checked_neg().ok_or(MoneyError::OutOfRange)?;
        self.moved(line, -1, minor)
    }

    /// The sums with another configured rate, or `None` where that changes nothing.
    pub(super) fn rerated(&self, rate: Rate) -> Option<Self> {
        let follows = self.configured.lines > 0;
        (follows && self.configured_rate != rate)
            .then(|| Self { configured_rate: rate, ..self.clone() })
    }

    /// How many different rates there are.
    pub(super) fn rates(&self) -> usize {
        self.fixed.len() + usize::from(self.configured.lines > 0)
    }

    /// What the lines add up to.
    pub(super) fn totals(
        &self,
        currency: Currency,
        rounding: Rounding,
    ) -> Result<Totals, MoneyError> {
        let mut totals = Totals::zero(currency);
        for (rate, minor) in self.by_rate()? {
            let base = Money::from_minor(minor, currency);
            totals.subtotal = totals.subtotal.plus(base)?;
            if rate.is_positive() {
                totals.taxable_subtotal = totals.taxable_subtotal.plus(base)?;
                totals.tax = totals.tax.plus(rate.of(base, rounding)?)?;
            }
        }
        totals.total = totals.subtotal.plus(totals.tax)?;
        Ok(totals)
    }

    /// Tax per rate, lowest rate first; what is not taxed is left out.
    pub(super) fn taxes(
        &self,
        currency: Currency,
        rounding: Rounding,
    ) -> Result<Vec<TaxOfRate>, MoneyError> {
        let mut taxes = Vec::new();
        for (rate, minor) in self.by_rate()? {
            let base = Money::from_minor(minor, currency);
            if rate.is_positive() && base.is_positive() {
                taxes.push(TaxOfRate { base, rate, tax: rate.of(base, rounding)? });
            }
        }
        Ok(taxes)
    }

    /// Revenue per item type, without those that come to nothing.
    pub(super) fn items(&self, currency: Currency) -> Vec<ItemTotal> {
        self.items
            .iter()
            .filter(|(_, sum)| sum.minor != 0)
            .map(|(item_type, sum)| ItemTotal {
                amount: Money::from_minor(sum.minor, currency),
                item_type: *item_type,
            })
            .collect()
    }

    fn moved(&self, line: &KeptLine, lines: i64, minor: i64) -> Result<Self, MoneyError> {
        let mut sums = self.clone();
        if line.rate_configured {
            sums.configured = sums.configured.moved(lines, minor)?;
        } else {
            move_entry(&mut sums.fixed, line.tax_rate, lines, minor)?;
        }
        move_entry(&mut sums.items, line.item_type, lines, minor)?;
        Ok(sums)
    }

    /// What each rate is taken on: a fixed rate that equals the configured one is the same rate.
    fn by_rate(&self) -> Result<BTreeMap<Rate, i64>, MoneyError> {
        let mut by_rate: BTreeMap<Rate, i64> =
            self.fixed.iter().map(|(rate, sum)| (*rate, sum.minor)).collect();
        if self.configured.lines > 0 {
            let base = by_rate.entry(self.configured_rate).or_default();
            *base = base.checked_add(self.configured.minor).ok_or(MoneyError::OutOfRange)?;
        }
        Ok(by_rate)
    }
}

/// Moves one sum of a map; a sum of no lines goes away.
fn move_entry<K: Ord + Copy>(
    map: &mut BTreeMap<K, Sum>,
    key: K,
    lines: i64,
    minor: i64,
) -> Result<(), MoneyError> {
    let moved = map.get(&key).copied().unwrap_or_default().moved(lines, minor)?;
    if moved.lines > 0 {
        map.insert(key, moved);
    } else {
        map.remove(&key);
    }
    Ok(())
}
