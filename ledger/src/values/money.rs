//! Exact money: minor units of one currency.

use std::{borrow::Cow, fmt};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Currency;

/// Why an amount is not money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a plain decimal number.
    #[error("not an amount: digits with at most one decimal point are expected")]
    NotANumber,
    /// More decimal places than the currency has.
    #[error("more than {digits} decimal places")]
    TooFine {
        /// Decimal places of the currency.
        digits: u32,
    },
    /// Does not fit 64-bit minor units.
    #[error("amount out of range")]
    OutOfRange,
    /// Amounts of two currencies met.
    #[error("{left} and {right} cannot be added")]
    CurrencyMismatch {
        /// The one.
        left: Currency,
        /// The other.
        right: Currency,
    },
    /// Not a currency we bill in.
    #[error("unknown currency")]
    UnknownCurrency,
}

/// An exact amount of one currency.
///
/// - **Unit:** whole minor units (cents for USD), 64-bit; overflow is an error, never a wrap.
/// - **Source:** contract, "Money". In JSON `{"amount": "2.00", "currency": "USD"}`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// So many minor units.
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Whole minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Above zero.
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Exactly zero.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Below zero.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The amount as a decimal number of the major unit.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.minor_digits())
    }

    /// Takes a decimal number of the major unit.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooFine`] past the currency's minor digits, [`MoneyError::OutOfRange`].
    pub fn from_decimal(value: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let digits = currency.minor_digits();
        let value = value.normalize();
        if value.scale() > digits {
            return Err(MoneyError::TooFine { digits });
        }
        let scaled =
            value.checked_mul(Decimal::from(10_u64.pow(digits))).ok_or(MoneyError::OutOfRange)?;
        scaled.to_i64().map(|minor| Self { minor, currency }).ok_or(MoneyError::OutOfRange)
    }

    /// Reads `"450.00"`, `".5"`, `"-20.16"`; no exponent, no thousands separator.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NotANumber`], [`MoneyError::TooFine`], [`MoneyError::OutOfRange`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let digits = currency.minor_digits();
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction)
        {
            return Err(MoneyError::NotANumber);
        }
        if unsigned.contains('.') && fraction.is_empty() {
            return Err(MoneyError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > digits as usize {
            return Err(MoneyError::TooFine { digits });
        }
        let mut minor: i64 = 0;
        let padding = std::iter::repeat_n(b'0', digits as usize - fraction.len());
        for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
            let step = i64::from(digit - b'0');
            let step = if negative { -step } else { step };
            minor = minor
                .checked_mul(10)
                .and_then(|tens| tens.checked_add(step))
                .ok_or(MoneyError::OutOfRange)?;
        }
        Ok(Self { minor, currency })
    }

    /// The sum.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`], [`MoneyError::OutOfRange`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// The difference.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`], [`MoneyError::OutOfRange`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// So many times the amount.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`].
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(count).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// The other way round.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] for the one amount that has no opposite.
    pub fn negated(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::OutOfRange)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// The smaller of two amounts of one currency.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`].
    pub fn smaller(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Ok(if self.minor <= other.minor { self } else { other })
    }

    /// The amount in so many parts that differ by one minor unit at most, larger ones first.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] for no parts at all.
    pub fn split(self, parts: u32) -> Result<Vec<Self>, MoneyError> {
        let count = i64::from(parts);
        let whole = self.minor.checked_div_euclid(count).ok_or(MoneyError::OutOfRange)?;
        let larger = self.minor.rem_euclid(count);
        let part = |index| whole + i64::from(index < larger);
        Ok((0..count).map(|index| Self::from_minor(part(index), self.currency)).collect())
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency })
        }
    }
}

/// The bare number with the currency's decimal places: `450.00`.
impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.minor_digits() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let all = format!("{:0>width$}", self.minor.unsigned_abs(), width = digits + 1);
        let (whole, fraction) = all.split_at(all.len() - digits);
        if digits == 0 {
            write!(formatter, "{sign}{whole}")
        } else {
            write!(formatter, "{sign}{whole}.{fraction}")
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self, self.currency)
    }
}

/// How money stands in JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    #[serde(borrow)]
    amount: Cow<'a, str>,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let amount = Cow::Owned(self.to_string());
        Written { amount, currency: self.currency }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        Self::parse(&written.amount, written.currency).map_err(serde::de::Error::custom)
    }
}
