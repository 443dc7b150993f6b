//! What refunds and credit notes have left of what was issued: per item type, and per tax rate.
//!
//! Both add up to the same net. Whoever takes something says how much of each; nobody takes more
//! than is left of either, and what was taken can be put back exactly.

mod taken;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Issued, ItemType, TaxComponent, TaxOfRate};
use crate::values::{Money, MoneyError, Rate, portion, share};
pub(super) use taken::Taken;
use taken::TakenOfRate;

/// What is left, in minor units.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Left {
    items: BTreeMap<ItemType, i64>,
    /// What credit notes took of lines they named.
    lines: BTreeMap<Uuid, i64>,
    /// What is not taxed, then the rates as the snapshot lists them.
    rates: Vec<LeftOfRate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct LeftOfRate {
    base: i64,
    base_issued: i64,
    /// The tax by name, as the snapshot lists it.
    parts: Vec<i64>,
    rate: Rate,
    tax: i64,
    tax_issued: i64,
}

/// A line, or part of it, that is to be taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinePart {
    pub(super) item_type: ItemType,
    pub(super) line_id: Uuid,
    pub(super) minor: i64,
    pub(super) rate: Rate,
}

impl Left {
    /// All of what was issued.
    pub(super) fn all_of(issued: &Issued) -> Self {
        let items = issued.items.iter().map(|item| (item.item_type, item.amount.minor())).collect();
        let mut named = issued.tax.components.iter().peekable();
        let mut taxed: Vec<LeftOfRate> = Vec::with_capacity(issued.tax.taxes.len() + 1);
        for tax in &issued.tax.taxes {
            let (mut parts, mut rate) = (Vec::new(), rust_decimal::Decimal::ZERO);
            // The parts of a rate add up to it.
            while let Some(part) = named.next_if(|_| rate < tax.rate.decimal()) {
                parts.push(part.tax.minor());
                rate = rate.saturating_add(part.rate.decimal());
            }
            taxed.push(LeftOfRate::all(tax.rate, tax.base.minor(), tax.tax.minor(), parts));
        }
        let bases: i64 = taxed.iter().map(|rate| rate.base).sum();
        let untaxed = issued.totals.subtotal.minor().saturating_sub(bases);
        taxed.insert(0, LeftOfRate::all(Rate::ZERO, untaxed, 0, Vec::new()));
        Self { items, lines: BTreeMap::new(), rates: taxed }
    }

    /// Left of an item type.
    pub(super) fn of_item(&self, item_type: ItemType) -> i64 {
        self.items.get(&item_type).copied().unwrap_or(0)
    }

    /// Left of every item type.
    pub(super) fn items(&self) -> impl Iterator<Item = (ItemType, i64)> {
        self.items.iter().map(|(item_type, minor)| (*item_type, *minor))
    }

    /// Left of all taxes.
    pub(super) fn tax(&self) -> i64 {
        self.rates.iter().map(|rate| rate.tax).sum()
    }

    /// Left of net and tax.
    pub(super) fn total(&self) -> i64 {
        self.rates.iter().map(|rate| rate.base).sum::<i64>().saturating_add(self.tax())
    }

    /// Left of a line of so much: never more than is left of its item type and of its rate.
    pub(super) fn of_line(&self, line: &LinePart) -> i64 {
        let taken = self.lines.get(&line.line_id).copied().unwrap_or(0);
        let base = self.place_of(line.rate).map_or(0, |place| self.rates[place].base);
        line.minor.saturating_sub(taken).min(self.of_item(line.item_type)).min(base)
    }

    /// Weighs up lines: their net as it is, the tax of each rate in proportion to what has been
    /// taken of it so far, rounded once, so that taking all of it takes exactly its tax.
    pub(super) fn take_lines(&self, lines: &[LinePart]) -> Result<Taken, MoneyError> {
        let mut taken = self.nothing();
        for line in lines {
            *taken.items.entry(line.item_type).or_default() += line.minor;
            *taken.lines.entry(line.line_id).or_default() += line.minor;
            let place = self.place_of(line.rate).ok_or(MoneyError::OutOfRange)?;
            taken.rates[place].base += line.minor;
        }
        for (left, taken) in self.rates.iter().zip(&mut taken.rates) {
            taken.tax = left.tax_on(taken.base);
        }
        self.with_parts(taken)
    }

    /// Shares an amount, tax included, in proportion to what is left.
    pub(super) fn take_amount(&self, gross: i64) -> Result<Taken, MoneyError> {
        let bases = self.rates.iter().map(|rate| rate.base);
        let weights: Vec<i64> = bases.chain(self.rates.iter().map(|rate| rate.tax)).collect();
        let shares = share(gross, &weights)?;
        let mut taken = self.nothing();
        let (bases, taxes) = shares.split_at(self.rates.len());
        for ((taken, base), tax) in taken.rates.iter_mut().zip(bases).zip(taxes) {
            (taken.base, taken.tax) = (*base, *tax);
        }
        let weights: Vec<i64> = self.items.values().copied().collect();
        let shares = share(bases.iter().sum(), &weights)?;
        taken.items = self.items.keys().copied().zip(shares).collect();
        self.with_parts(taken)
    }

    /// What a document took that says how much of each item type and how much tax.
    pub(super) fn take_items(
        &self,
        items: impl Iterator<Item = (ItemType, i64)>,
        tax: i64,
    ) -> Result<Taken, MoneyError> {
        let mut taken = self.nothing();
        taken.items = items.collect();
        let bases: Vec<i64> = self.rates.iter().map(|rate| rate.base).collect();
        let taxes: Vec<i64> = self.rates.iter().map(|rate| rate.tax).collect();
        let bases = share(taken.items.values().sum(), &bases)?;
        let taxes = share(tax, &taxes)?;
        for ((taken, base), tax) in taken.rates.iter_mut().zip(bases).zip(taxes) {
            (taken.base, taken.tax) = (base, tax);
        }
        self.with_parts(taken)
    }

    /// What a credit note took, as its event tells it.
    pub(super) fn take_told(
        &self,
        items: impl Iterator<Item = (ItemType, i64)>,
        lines: impl Iterator<Item = (Uuid, i64)>,
        taxes: &[TaxOfRate],
        components: &[TaxComponent],
    ) -> Taken {
        let mut taken = self.nothing();
        taken.items = items.collect();
        taken.lines = lines.collect();
        let mut components = components.iter();
        for tax in taxes {
            let Some(place) = self.place_of(tax.rate) else { continue };
            let parts = components.by_ref().take(self.rates[place].parts.len());
            taken.rates[place] = TakenOfRate {
                base: tax.base.minor(),
                parts: parts.map(|part| part.tax.minor()).collect(),
                tax: tax.tax.minor(),
            };
        }
        let net: i64 = taken.items.values().sum();
        let taxed: i64 = taken.rates.iter().map(|rate| rate.base).sum();
        if let Some(untaxed) = taken.rates.first_mut() {
            untaxed.base = net.saturating_sub(taxed);
        }
        taken
    }

    /// Takes it. The decision has found that it is there.
    pub(super) fn take(&mut self, taken: &Taken) {
        self.moved(taken, i64::saturating_sub);
        for (line_id, minor) in &taken.lines {
            let line = self.lines.entry(*line_id).or_default();
            *line = line.saturating_add(*minor);
        }
    }

    /// Puts it back.
    pub(super) fn put_back(&mut self, taken: &Taken) {
        self.moved(taken, i64::saturating_add);
        for (line_id, minor) in &taken.lines {
            let line = self.lines.entry(*line_id).or_default();
            *line = line.saturating_sub(*minor);
        }
        self.lines.retain(|_, minor| *minor != 0);
    }

    fn moved(&mut self, taken: &Taken, by: fn(i64, i64) -> i64) {
        for (item_type, minor) in &taken.items {
            if let Some(left) = self.items.get_mut(item_type) {
                *left = by(*left, *minor);
            }
        }
        for (left, taken) in self.rates.iter_mut().zip(&taken.rates) {
            left.base = by(left.base, taken.base);
            left.tax = by(left.tax, taken.tax);
            for (left, taken) in left.parts.iter_mut().zip(&taken.parts) {
                *left = by(*left, *taken);
            }
        }
    }

    /// The taxes taken, per rate and by the snapshot's names.
    pub(super) fn taxes_of(
        &self,
        taken: &Taken,
        issued: &Issued,
    ) -> (Vec<TaxOfRate>, Vec<TaxComponent>) {
        let money = |minor| Money::from_minor(minor, issued.totals.total.currency());
        let mut named = issued.tax.components.iter();
        let (mut taxes, mut components) = (Vec::new(), Vec::new());
        for (left, taken) in self.rates.iter().zip(&taken.rates) {
            let names: Vec<&TaxComponent> = named.by_ref().take(left.parts.len()).collect();
            if !left.rate.is_positive() || (taken.base == 0 && taken.tax == 0) {
                continue;
            }
            let (base, tax) = (money(taken.base), money(taken.tax));
            taxes.push(TaxOfRate { base, rate: left.rate, tax });
            let parts = names.into_iter().zip(&taken.parts);
            components.extend(parts.map(|(name, minor)| TaxComponent {
                base,
                name: name.name.clone(),
                rate: name.rate,
                tax: money(*minor),
            }));
        }
        (taxes, components)
    }

    fn nothing(&self) -> Taken {
        Taken { rates: vec![TakenOfRate::default(); self.rates.len()], ..Taken::default() }
    }

    fn place_of(&self, rate: Rate) -> Option<usize> {
        self.rates.iter().position(|left| left.rate == rate)
    }

    /// Shares the tax of each rate among its names, in proportion to what is left of them.
    fn with_parts(&self, mut taken: Taken) -> Result<Taken, MoneyError> {
        for (left, taken) in self.rates.iter().zip(&mut taken.rates) {
            if !left.parts.is_empty() {
                taken.parts = share(taken.tax, &left.parts)?;
            }
        }
        Ok(taken)
    }
}

impl LeftOfRate {
    fn all(rate: Rate, base: i64, tax: i64, parts: Vec<i64>) -> Self {
        Self { base, base_issued: base, parts, rate, tax, tax_issued: tax }
    }

    /// The tax that goes with so much more of the base.
    fn tax_on(&self, more: i64) -> i64 {
        if more == 0 {
            return 0;
        }
        let taken = self.base_issued.saturating_sub(self.base);
        let due = portion(self.tax_issued, taken.saturating_add(more), self.base_issued);
        due.saturating_sub(self.tax_issued.saturating_sub(self.tax)).clamp(0, self.tax)
    }
}
