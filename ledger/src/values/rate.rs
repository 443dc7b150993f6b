//! Tax rates, and the one place where money is rounded.

use std::{fmt, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Money, MoneyError};

/// A tax rate.
///
/// - **Unit:** a fraction of one, 0 to 1, at most six decimal places (`0.14975` is QST + GST).
/// - **Source:** contract S2.14.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Decimal);

/// Why a number is not a tax rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// Not a plain decimal number.
    #[error("not a rate: a decimal fraction such as 0.05 is expected")]
    NotANumber,
    /// Below 0 or above 1.
    #[error("a rate lies between 0 and 1")]
    OutOfRange,
    /// More than six decimal places.
    #[error("a rate has at most six decimal places")]
    TooFine,
}

/// How half a minor unit is rounded.
///
/// - **Source:** ours; Canadian GST/HST asks for half up, which is the default
///   (`half_away_from_zero`); the mode used is kept in the tax snapshot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// 0.5 becomes 1, -0.5 becomes -1.
    #[default]
    HalfAwayFromZero,
    /// 0.5 becomes 0, 1.5 becomes 2.
    HalfEven,
}

impl Rate {
    /// No tax.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The fraction.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// Above zero.
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }

    /// The tax on an amount, rounded once to whole minor units.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`].
    pub fn of(self, base: Money, rounding: Rounding) -> Result<Money, MoneyError> {
        let exact =
            Decimal::from(base.minor()).checked_mul(self.0).ok_or(MoneyError::OutOfRange)?;
        let strategy = match rounding {
            Rounding::HalfAwayFromZero => RoundingStrategy::MidpointAwayFromZero,
            Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        let minor = exact.round_dp_with_strategy(0, strategy).to_i64();
        minor.map(|minor| Money::from_minor(minor, base.currency())).ok_or(MoneyError::OutOfRange)
    }
}

impl TryFrom<Decimal> for Rate {
    type Error = RateError;

    fn try_from(value: Decimal) -> Result<Self, RateError> {
        let value = value.normalize();
        if value < Decimal::ZERO || value > Decimal::ONE {
            return Err(RateError::OutOfRange);
        }
        if value.scale() > 6 {
            return Err(RateError::TooFine);
        }
        Ok(Self(value))
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !plain || text.len() > 20 {
            return Err(RateError::NotANumber);
        }
        let value = Decimal::from_str_exact(text).map_err(|_| RateError::NotANumber)?;
        Self::try_from(value)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(formatter)
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
