//! The columns of `tax_snapshot`.

use ledger::values::{Currency, Rounding};
use time::Date;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    Rounding { HalfAwayFromZero = "half_away_from_zero", HalfEven = "half_even" }
}

columns! {
    /// One issued invoice.
    pub struct Row {
        key {
            /// Which.
            invoice_id: Uuid,
        }
        /// Its number.
        number: String,
        /// The day it was issued.
        issued_on: Date,
        /// Of all amounts.
        currency: Word<Currency>,
        /// Sum of the lines.
        subtotal_minor: i64,
        /// Sum of the lines with a rate above zero.
        taxable_subtotal_minor: i64,
        /// Sum of the taxes.
        tax_minor: i64,
        /// Subtotal and tax.
        total_minor: i64,
        /// Tax over taxable subtotal, six decimal places.
        tax_rate_basis: String,
        /// Which tax law.
        jurisdiction: Option<String>,
        /// How halves were rounded.
        rounding: Word<Rounding>,
        /// Whether it was voided since.
        canceled: bool,
        /// The day it was voided.
        canceled_on: Option<Date>,
    }
}
