//! What the figures of the tax report are the sums of.

use std::collections::{BTreeMap, BTreeSet};

use projections::{
    engine::explain::{Figure, prefix},
    tax_ledger::{Movement, Row, TaxLedger, whole},
};
use uuid::Uuid;

use crate::{
    answer::number,
    explaining::{Place, Source},
};

/// Of one tax, or of all taxes of a currency.
pub(super) fn gst(place: &Place<'_>) -> Option<Source> {
    let (within, field) = place.named();
    let one = match within {
        "/lines/*" => Some(Tax::of(place)?),
        "/totals/*" => None,
        _ => return None,
    };
    let value: fn(&Movement) -> i64 = match field {
        "collected" => |of| if of.is_collected() { of.tax_minor } else { 0 },
        "taken_back" => |of| if of.is_collected() { 0 } else { -of.tax_minor },
        "net" => |of| of.tax_minor,
        "taxable_subtotal" => |of| of.base_minor,
        _ => return None,
    };
    let (currency, (from, until)) = (place.currency(), place.days());
    Some(Source::after(move |log| {
        Box::pin(async move {
            let mut invoices: BTreeMap<Uuid, Vec<Row>> = BTreeMap::new();
            for (row, _) in prefix::<TaxLedger>(log, None).await?.into_values() {
                invoices.entry(row.invoice_id).or_default().push(row);
            }
            let within = |of: &Movement| {
                of.currency == currency
                    && from.is_none_or(|from| of.business_on >= from)
                    && until.is_none_or(|until| of.business_on < until)
                    && one.as_ref().is_none_or(|tax| tax.is_of(of))
            };
            // Parts of one event are told apart by rule, so that only its sum has an event.
            let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
            for of in invoices.values().flat_map(|rows| whole(rows)).filter(within) {
                *sums.entry(of.position).or_default() += value(&of);
            }
            let firsts: BTreeSet<(i64, i32)> = invoices
                .values()
                .flatten()
                .map(|row| (row.position, row.line))
                .fold(BTreeMap::new(), |mut firsts: BTreeMap<i64, i32>, (position, line)| {
                    let first = firsts.entry(position).or_insert(line);
                    *first = line.min(*first);
                    firsts
                })
                .into_iter()
                .collect();
            Ok(Figure::sum::<TaxLedger>(move |row| {
                let is_first = firsts.contains(&(row.position, row.line));
                sums.get(&row.position).copied().filter(|_| is_first).unwrap_or(0)
            }))
        })
    }))
}

/// A tax of a law at a rate.
struct Tax {
    jurisdiction: Option<String>,
    component: String,
    rate: String,
}

impl Tax {
    fn of(place: &Place<'_>) -> Option<Self> {
        let own = place.object(0)?;
        Some(Self {
            jurisdiction: own.get("jurisdiction")?.as_str().map(str::to_owned),
            component: own.get("tax")?.as_str()?.to_owned(),
            rate: own.get("tax_rate")?.to_string(),
        })
    }

    fn is_of(&self, of: &Movement) -> bool {
        let rate = of.rate.parse().ok().map(|rate| number(&rate).to_string());
        of.jurisdiction == self.jurisdiction
            && of.component == self.component
            && rate.as_ref() == Some(&self.rate)
    }
}
