//! Telling apart the taxes that refunds and voids cut.

use std::collections::BTreeMap;

use ledger::values::Currency;
use time::Date;
use uuid::Uuid;

use super::{Kind, Row};

/// A tax: its name and its rate.
type Tax = (String, String);

/// One movement of one tax, told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The event's place in the log.
    pub position: i64,
    /// What moved it.
    pub kind: Kind,
    /// The day it belongs to.
    pub business_on: Date,
    /// Which tax law.
    pub jurisdiction: Option<String>,
    /// The tax's name.
    pub component: String,
    /// Its rate.
    pub rate: String,
    /// Of both amounts.
    pub currency: Currency,
    /// What it is taken on, in minor units; below zero where it is taken back.
    pub base_minor: i64,
    /// The tax, in minor units; below zero where it is taken back.
    pub tax_minor: i64,
}

/// All movements of one invoice, told apart. `rows` are all of the invoice's, in the order of the
/// log.
pub fn whole(rows: &[Row]) -> Vec<Movement> {
    let mut left: BTreeMap<Tax, (i64, i64)> = BTreeMap::new();
    let mut refunds: BTreeMap<Uuid, Vec<(Tax, i64, i64)>> = BTreeMap::new();
    let mut movements = Vec::new();
    let law = rows.iter().find_map(|row| row.jurisdiction.clone());
    for row in rows {
        let parts = match (&row.component, &row.rate) {
            (Some(component), Some(rate)) => {
                let tax = (component.clone(), rate.clone());
                vec![(tax, row.base_minor, row.tax_minor)]
            }
            _ => {
                let undone = row.subject_id.filter(|_| row.kind.0 == Kind::RefundCanceled);
                let refunded = undone.and_then(|id| refunds.remove(&id));
                refunded.unwrap_or_else(|| shared(&left, row.tax_minor))
            }
        };
        if let (Kind::Refunded, Some(id)) = (row.kind.0, row.subject_id) {
            let mirror = |(tax, base, minor): &(Tax, i64, i64)| (tax.clone(), -base, -minor);
            refunds.insert(id, parts.iter().map(mirror).collect());
        }
        for ((component, rate), base_minor, tax_minor) in parts {
            let held = left.entry((component.clone(), rate.clone())).or_default();
            *held = (held.0 + base_minor, held.1 + tax_minor);
            movements.push(Movement {
                position: row.position,
                kind: row.kind.0,
                business_on: row.business_on,
                jurisdiction: law.clone(),
                component,
                rate,
                currency: row.currency.0,
                base_minor,
                tax_minor,
            });
        }
    }
    movements
}

/// Shares a cut among what is left of each tax, by largest remainder; all that is left takes its
/// base with it. A cut of something that is not there stands by itself.
fn shared(left: &BTreeMap<Tax, (i64, i64)>, cut: i64) -> Vec<(Tax, i64, i64)> {
    let sum: i128 = left.values().map(|(_, tax)| i128::from(*tax)).sum();
    if sum <= 0 {
        return vec![(("TAX".to_owned(), "0".to_owned()), 0, cut)];
    }
    let (sign, amount) = (cut.signum(), i128::from(cut.unsigned_abs()));
    let mut order: Vec<(&Tax, i128, i128, i64)> = left
        .iter()
        .map(|(tax, (base, held))| {
            let product = amount * i128::from(*held);
            (tax, product.div_euclid(sum), product.rem_euclid(sum), *base)
        })
        .collect();
    let mut missing = amount - order.iter().map(|(_, whole, ..)| whole).sum::<i128>();
    // Stable, so that equal remainders go by name.
    order.sort_by_key(|(_, _, remainder, _)| std::cmp::Reverse(*remainder));
    let parts = order.into_iter().map(|(tax, whole, _, base)| {
        let one = i128::from(missing > 0);
        missing -= one;
        let part = whole + one;
        let held = left.get(tax).map_or(0, |(_, held)| i128::from(*held));
        let base = portion(i128::from(base), part, held);
        let fits = |minor: i128| i64::try_from(minor).unwrap_or(i64::MAX);
        (tax.clone(), sign * fits(base), sign * fits(part))
    });
    parts.filter(|(_, base, minor)| (*base, *minor) != (0, 0)).collect()
}

/// `amount × part / whole`, half up; all of it where the part is the whole.
fn portion(amount: i128, part: i128, whole: i128) -> i128 {
    if whole <= 0 || part >= whole {
        return if part > 0 { amount } else { 0 };
    }
    (2 * amount * part + whole).div_euclid(2 * whole)
}
