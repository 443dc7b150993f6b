//! Taxes by name: which taxes a rate is made of, where and when.
//!
//! # The rule
//!
//! 1. An account's rate is configured; it is never looked up here. This table only says what the
//!    rate consists of, so that a document can name `GST` and `QST` beside their sum.
//! 2. Where the rate is what the law of the jurisdiction came to on that day, the tax is split
//!    among the taxes of that law by largest remainder: the parts sum to the tax exactly.
//! 3. Where it is the rate of one of them alone (GST without QST), it has that one's name.
//! 4. Everything else is a plain percentage named `TAX`: another rate, another country, nothing
//!    configured.
//!
//! # The table
//!
//! | jurisdiction | from | taxes |
//! |---|---|---|
//! | `CA-ON` | 2010-07-01 | HST 13 % |
//! | `CA-NB`, `CA-NL` | 2016-07-01 | HST 15 % (13 % from 2010-07-01) |
//! | `CA-NS` | 2025-04-01 | HST 14 % (15 % from 2010-07-01) |
//! | `CA-PE` | 2016-10-01 | HST 15 % (14 % from 2013-04-01) |
//! | `CA-QC` | 2013-01-01 | GST 5 % and QST 9.975 % |
//! | any other `CA-` or `CA` | 2008-01-01 | GST 5 % |
//!
//! Before the first day of a line GST stands alone, and before GST's nothing is named.
//! Provincial sales taxes that are no part of the HST are not collected with it; a rate that
//! holds one is a plain percentage.
//!
//! - **Source:** `domain-facts.md` 5 (GST/HST 5, 13, 14, 15 %; QST 9.975 %); Canada Revenue
//!   Agency and Revenu Québec for the days.

use rust_decimal::Decimal;
use time::{Date, macros::date};

use crate::{
    invoice::{TaxComponent, TaxOfRate},
    values::{Code, Money, MoneyError, Rate, share},
};

/// One tax of a law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedTax {
    /// Its name.
    pub name: &'static str,
    /// Its rate in millionths: 50,000 is 5 %.
    pub millionths: u32,
}

/// What a law came to from a day on.
struct Law {
    from: Date,
    taxes: &'static [NamedTax],
}

const GST: NamedTax = NamedTax { name: "GST", millionths: 50_000 };
const QST: NamedTax = NamedTax { name: "QST", millionths: 99_750 };
const HST_13: NamedTax = NamedTax { name: "HST", millionths: 130_000 };
const HST_14: NamedTax = NamedTax { name: "HST", millionths: 140_000 };
const HST_15: NamedTax = NamedTax { name: "HST", millionths: 150_000 };

/// Latest first.
const CANADA: &[Law] = &[Law { from: date!(2008 - 01 - 01), taxes: &[GST] }];
const ONTARIO: &[Law] = &[Law { from: date!(2010 - 07 - 01), taxes: &[HST_13] }];
const NEW_BRUNSWICK_NEWFOUNDLAND: &[Law] = &[
    Law { from: date!(2016 - 07 - 01), taxes: &[HST_15] },
    Law { from: date!(2010 - 07 - 01), taxes: &[HST_13] },
];
const NOVA_SCOTIA: &[Law] = &[
    Law { from: date!(2025 - 04 - 01), taxes: &[HST_14] },
    Law { from: date!(2010 - 07 - 01), taxes: &[HST_15] },
];
const PRINCE_EDWARD_ISLAND: &[Law] = &[
    Law { from: date!(2016 - 10 - 01), taxes: &[HST_15] },
    Law { from: date!(2013 - 04 - 01), taxes: &[HST_14] },
];
const QUEBEC: &[Law] = &[Law { from: date!(2013 - 01 - 01), taxes: &[GST, QST] }];

/// The taxes of a jurisdiction on a day; none where it is not in the table.
pub fn taxes_on(jurisdiction: &str, day: Date) -> &'static [NamedTax] {
    let own = match jurisdiction {
        "CA-ON" => ONTARIO,
        "CA-NB" | "CA-NL" => NEW_BRUNSWICK_NEWFOUNDLAND,
        "CA-NS" => NOVA_SCOTIA,
        "CA-PE" => PRINCE_EDWARD_ISLAND,
        "CA-QC" => QUEBEC,
        other if other == "CA" || other.starts_with("CA-") => &[],
        _ => return &[],
    };
    own.iter().chain(CANADA).find(|law| law.from <= day).map_or(&[], |law| law.taxes)
}

/// The tax of one rate by name; sums to it exactly.
///
/// # Errors
///
/// [`MoneyError::OutOfRange`] for a tax below zero.
pub fn components(
    jurisdiction: Option<&Code>,
    day: Date,
    tax: &TaxOfRate,
) -> Result<Vec<TaxComponent>, MoneyError> {
    let law = jurisdiction.map_or(&[][..], |code| taxes_on(code.as_str(), day));
    let asked = tax.rate.decimal();
    let whole: u32 = law.iter().map(|named| named.millionths).sum();
    let parts: &[NamedTax] = if fraction(whole) == asked {
        law
    } else if let Some(place) = law.iter().position(|named| fraction(named.millionths) == asked) {
        &law[place..=place]
    } else {
        return Ok(vec![TaxComponent {
            base: tax.base,
            name: name("TAX"),
            rate: tax.rate,
            tax: tax.tax,
        }]);
    };
    let weights: Vec<i64> = parts.iter().map(|named| i64::from(named.millionths)).collect();
    let shares = share(tax.tax.minor(), &weights)?;
    let component = |(named, minor): (&NamedTax, i64)| TaxComponent {
        base: tax.base,
        name: name(named.name),
        // The table holds fractions of one with at most six places.
        rate: Rate::try_from(fraction(named.millionths)).unwrap_or_default(),
        tax: Money::from_minor(minor, tax.tax.currency()),
    };
    Ok(parts.iter().zip(shares).map(component).collect())
}

fn fraction(millionths: u32) -> Decimal {
    Decimal::new(i64::from(millionths), 6)
}

fn name(text: &'static str) -> Code {
    Code::word(text)
}

#[cfg(test)]
mod tests;
