//! National provider identifiers.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What the check digit counts before the ten digits: the prefix of US health identifiers.
const PREFIX: &[u8] = b"80840";

/// A provider's number. Ten digits make one; whether the last is right is asked separately, so
/// that a draft can hold a mistyped number and say so.
///
/// - **Unit:** ten digits, the last a Luhn check digit over `80840` and the other nine.
/// - **Source:** X12 837P, NM109 of loops 2010AA and 2310B; 45 CFR 162.406.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Npi([u8; 10]);

/// Not ten digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a provider number has ten digits")]
pub struct NpiError;

impl Npi {
    /// Whether the check digit is right.
    pub fn checks_out(self) -> bool {
        let digits = PREFIX.iter().chain(&self.0).rev().enumerate();
        let sum: u32 = digits
            .map(|(place, digit)| {
                let digit = u32::from(digit - b'0');
                let doubled = if place % 2 == 1 { digit * 2 } else { digit };
                doubled / 10 + doubled % 10
            })
            .sum();
        sum.is_multiple_of(10)
    }
}

impl FromStr for Npi {
    type Err = NpiError;

    fn from_str(text: &str) -> Result<Self, NpiError> {
        let digits: [u8; 10] = text.as_bytes().try_into().map_err(|_| NpiError)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(NpiError) }
    }
}

impl fmt::Display for Npi {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(formatter, "{}", char::from(*digit)))
    }
}

impl fmt::Debug for Npi {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Npi({self})")
    }
}

impl Serialize for Npi {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Npi {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_last_digit_is_right() {
        let right: Vec<u8> = (0..10)
            .filter(|last| format!("123456789{last}").parse::<Npi>().unwrap().checks_out())
            .collect();
        assert_eq!(right, [3]);
        assert!("1245319599".parse::<Npi>().unwrap().checks_out());
    }

    #[test]
    fn anything_but_ten_digits_is_no_number() {
        for text in ["", "123456789", "12345678901", "123456789x", "１２３"] {
            assert_eq!(text.parse::<Npi>(), Err(NpiError), "{text}");
        }
        let npi: Npi = "1234567893".parse().unwrap();
        assert_eq!(serde_json::to_string(&npi).unwrap(), r#""1234567893""#);
        assert_eq!(serde_json::from_str::<Npi>(r#""1234567893""#).unwrap(), npi);
    }
}
