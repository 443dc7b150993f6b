//! What totals tell about themselves.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Totals;
use crate::values::{Currency, Money};

impl Totals {
    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self { subtotal: zero, tax: zero, taxable_subtotal: zero, total: zero }
    }

    /// The effective tax rate worked out from the amounts; `None` where nothing is taxable.
    ///
    /// - **Unit:** a fraction with six decimal places, halves away from zero.
    /// - **Source:** contract S2.14 (`tax_rate_basis`).
    pub fn tax_rate_basis(&self) -> Option<Decimal> {
        if self.taxable_subtotal.is_zero() {
            return None;
        }
        let tax = Decimal::from(self.tax.minor());
        let mut basis = tax
            .checked_div(Decimal::from(self.taxable_subtotal.minor()))?
            .round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero);
        basis.rescale(6);
        Some(basis)
    }
}
