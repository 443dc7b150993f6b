//! Counts of what payers count: visits, quarter hours, miles.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Decimal places that a count may have.
const PLACES: u32 = 3;

/// Why a number is not a count of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnitsError {
    /// Below zero.
    #[error("{value} is below zero")]
    Negative {
        /// Asked.
        value: Decimal,
    },
    /// Past three decimal places.
    #[error("{value} has more than three decimal places")]
    TooFine {
        /// Asked.
        value: Decimal,
    },
    /// More than fifteen digits.
    #[error("{value} has more than fifteen digits")]
    TooLarge {
        /// Asked.
        value: Decimal,
    },
}

/// A count of a payer's billing units: visits, or quarter hours, as the payer defines them.
///
/// - **Unit:** billing units, never negative, at most three decimal places (our limit).
/// - **Source:** X12 278 and 837P, element SV104, decimal, 1 to 15 digits (X12 RFI 2033).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Units(Decimal);

impl Units {
    /// None.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Exactly none.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// What is left after taking `taken` away, or `None` if there is not that much.
    pub fn minus(self, taken: Self) -> Option<Self> {
        Self::try_from(self.0.checked_sub(taken.0)?).ok()
    }

    /// Both together, or `None` past fifteen digits.
    pub fn plus(self, more: Self) -> Option<Self> {
        Self::try_from(self.0.checked_add(more.0)?).ok()
    }
}

impl TryFrom<Decimal> for Units {
    type Error = UnitsError;

    /// # Errors
    ///
    /// [`UnitsError::Negative`] below zero, [`UnitsError::TooFine`] past three decimal places,
    /// [`UnitsError::TooLarge`] past fifteen digits.
    fn try_from(value: Decimal) -> Result<Self, UnitsError> {
        if value < Decimal::ZERO {
            return Err(UnitsError::Negative { value });
        }
        Quantity::try_from(value).map(|quantity| Self(quantity.0))
    }
}

impl From<Units> for Decimal {
    fn from(units: Units) -> Self {
        units.0
    }
}

impl fmt::Display for Units {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A count as a remittance states it: below zero where a payment is taken back.
///
/// - **Unit:** billing units, at most three decimal places (our limit).
/// - **Source:** X12 835, elements SVC05 and CAS04.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Quantity(Decimal);

impl TryFrom<Decimal> for Quantity {
    type Error = UnitsError;

    /// # Errors
    ///
    /// [`UnitsError::TooFine`] past three decimal places, [`UnitsError::TooLarge`] past fifteen
    /// digits.
    fn try_from(value: Decimal) -> Result<Self, UnitsError> {
        // Without trailing zeros, so that equal counts are the same bytes.
        let value = value.normalize();
        if PLACES < value.scale() {
            return Err(UnitsError::TooFine { value });
        }
        if value.abs().trunc() >= Decimal::from(1_000_000_000_000_000_i64) {
            return Err(UnitsError::TooLarge { value });
        }
        Ok(Self(value))
    }
}

impl From<Quantity> for Decimal {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Result<Units, UnitsError> {
        Units::try_from(text.parse::<Decimal>().unwrap())
    }

    #[test]
    fn a_count_has_a_sign_three_places_and_fifteen_digits_at_most() {
        assert!(matches!(units("-1"), Err(UnitsError::Negative { .. })));
        assert!(matches!(units("0.0001"), Err(UnitsError::TooFine { .. })));
        assert!(matches!(units("1000000000000000"), Err(UnitsError::TooLarge { .. })));
        assert_eq!(units("8.000"), units("8"));
        assert_eq!(serde_json::to_string(&units("8.500").unwrap()).unwrap(), r#""8.5""#);
    }

    #[test]
    fn what_is_taken_away_must_be_there() {
        let (eight, three) = (units("8").unwrap(), units("3").unwrap());
        assert_eq!(eight.minus(three), units("5").ok());
        assert_eq!(three.minus(eight), None);
        assert_eq!(eight.plus(three), units("11").ok());
    }
}
