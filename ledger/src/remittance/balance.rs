//! The three balances of a remittance. Amounts are compared to the cent, with no tolerance;
//! positive adjustments reduce the payment.
//!
//! - **Source:** X12 835 (X221A1), balancing; `domain-facts.md` 1.7.

use serde::Serialize;

use super::{RemittedClaim, RemittedLine};
use crate::values::{Money, MoneyError};

/// Figures that do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Imbalance {
    /// What the other figures come to.
    pub computed: Money,
    /// What is written.
    pub stated: Money,
}

/// Whether two figures agree.
pub(crate) fn compare(computed: Money, stated: Money) -> Option<Imbalance> {
    (computed != stated).then_some(Imbalance { computed, stated })
}

/// What is left of an amount after others are taken off it.
///
/// # Errors
///
/// [`MoneyError`] for two currencies or an amount out of range.
pub fn less(from: Money, cuts: impl IntoIterator<Item = Money>) -> Result<Money, MoneyError> {
    cuts.into_iter().try_fold(from, Money::minus)
}

/// The sum.
pub(crate) fn sum(
    from: Money,
    amounts: impl IntoIterator<Item = Money>,
) -> Result<Money, MoneyError> {
    amounts.into_iter().try_fold(from, Money::plus)
}

/// A line: charge − adjustments = paid.
///
/// # Errors
///
/// As [`less`].
pub fn of_line(line: &RemittedLine) -> Result<Option<Imbalance>, MoneyError> {
    let computed = less(line.charge, line.adjustments.iter().map(|cut| cut.amount))?;
    Ok(compare(computed, line.paid))
}

/// A claim: charge − all adjustments = paid, and the lines' charges and payments are the
/// claim's.
///
/// # Errors
///
/// As [`less`].
pub fn of_claim(claim: &RemittedClaim) -> Result<Option<Imbalance>, MoneyError> {
    let computed = less(claim.charge, claim.all_adjustments().map(|cut| cut.amount))?;
    if let Some(out) = compare(computed, claim.paid) {
        return Ok(Some(out));
    }
    if claim.lines.is_empty() {
        return Ok(None);
    }
    let none = Money::zero(claim.charge.currency());
    let charges = sum(none, claim.lines.iter().map(|line| line.charge))?;
    Ok(compare(charges, claim.charge))
}

/// A payment: the claims' payments − the provider adjustments = what was paid.
///
/// # Errors
///
/// As [`less`].
pub fn of_payment(
    paid: Money,
    claims: impl IntoIterator<Item = Money>,
    adjustments: impl IntoIterator<Item = Money>,
) -> Result<Option<Imbalance>, MoneyError> {
    let total = sum(Money::zero(paid.currency()), claims)?;
    Ok(compare(less(total, adjustments)?, paid))
}
