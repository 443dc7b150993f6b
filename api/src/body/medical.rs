//! Readers for what claims are made of. A code is checked by its form only; whether it exists is
//! the payer's to say.

use std::borrow::Cow;

use ledger::values::{Code, Npi, Quantity, Units, UnitsError};
use rust_decimal::Decimal;
use serde_json::value::RawValue;

use super::{
    fields::Wrong,
    readers::{parsed, said, string},
};

type Read<T> = Result<T, Wrong>;

/// A provider's number: ten digits.
///
/// # Errors
///
/// What is expected.
pub fn npi(raw: &RawValue) -> Read<Npi> {
    parsed(raw)
}

/// A count of units: a number, or a decimal string.
///
/// # Errors
///
/// What is expected.
pub fn units(raw: &RawValue) -> Read<Units> {
    decimal(raw)?.try_into().map_err(|error: UnitsError| said(&error))
}

/// A count that may be below zero.
///
/// # Errors
///
/// What is expected.
pub fn quantity(raw: &RawValue) -> Read<Quantity> {
    decimal(raw)?.try_into().map_err(|error: UnitsError| said(&error))
}

/// Never through a float.
fn decimal(raw: &RawValue) -> Read<Decimal> {
    let digits = if raw.get().starts_with('"') { string(raw)? } else { raw.get().to_owned() };
    let plain = digits.trim_start_matches('-').bytes();
    let plain = digits.len() <= 20 && plain.clone().all(|it| it.is_ascii_digit() || it == b'.');
    let number = if plain { digits.parse().ok() } else { None };
    number.ok_or(Cow::Borrowed("a decimal number is expected"))
}

/// A diagnosis: an ICD-10-CM code, with or without its point. It goes out without.
///
/// # Errors
///
/// What is expected.
pub fn diagnosis(raw: &RawValue) -> Read<String> {
    let text = string(raw)?.trim().to_ascii_uppercase();
    let bare = match text.split_once('.') {
        Some((category, rest)) if category.len() == 3 && !rest.is_empty() => {
            format!("{category}{rest}")
        }
        Some(_) => return Err(DIAGNOSIS),
        None => text,
    };
    let bytes = bare.as_bytes();
    let good = (3..=7).contains(&bytes.len())
        && bytes[0].is_ascii_uppercase()
        && bytes[1].is_ascii_digit()
        && bytes.iter().all(u8::is_ascii_alphanumeric);
    if good { Ok(bare) } else { Err(DIAGNOSIS) }
}

const DIAGNOSIS: Wrong = Cow::Borrowed("an ICD-10 code such as M54.50 is expected");

/// A procedure: a CPT code (four digits and a digit, F, T, U, M or A) or a HCPCS code (a letter
/// and four digits).
///
/// # Errors
///
/// What is expected.
pub fn procedure(raw: &RawValue) -> Read<Code> {
    let text = string(raw)?.trim().to_ascii_uppercase();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let good = text.len() == 5
        && text.is_ascii()
        && (digits(&text[..4]) && (digits(&text[4..]) || "FTUMA".contains(&text[4..]))
            || text.as_bytes()[0].is_ascii_uppercase() && digits(&text[1..]));
    let code = if good { text.parse().ok() } else { None };
    code.ok_or(Cow::Borrowed("a CPT or HCPCS code such as 99213 is expected"))
}

/// A modifier: two letters or digits.
///
/// # Errors
///
/// What is expected.
pub fn modifier(raw: &RawValue) -> Read<Code> {
    let text = string(raw)?.trim().to_ascii_uppercase();
    let good = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let code = if good { text.parse().ok() } else { None };
    code.ok_or(Cow::Borrowed("a modifier of two letters or digits is expected"))
}

/// Which diagnosis, counted from one.
///
/// # Errors
///
/// What is expected.
pub fn pointer(raw: &RawValue) -> Read<u8> {
    let number = raw.get().parse().ok().filter(|number| (1..=12).contains(number));
    number.ok_or(Cow::Borrowed("a whole number from 1 to 12 is expected"))
}

/// An array of at most so many values.
pub fn each<T>(
    most: usize,
    read: impl Fn(&RawValue) -> Read<T>,
) -> impl Fn(&RawValue) -> Read<Vec<T>> {
    move |raw| {
        let values: Option<Vec<&RawValue>> = serde_json::from_str(raw.get()).ok();
        let values = values.filter(|values| values.len() <= most);
        let expected = || Cow::Owned(format!("an array of at most {most} values is expected"));
        values.ok_or_else(expected)?.into_iter().map(&read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn a_diagnosis_loses_its_point_and_keeps_its_form() {
        for (sent, read) in [("m54.50", "M5450"), ("U07.1", "U071"), ("Z00", "Z00")] {
            assert_eq!(diagnosis(&raw(&format!("\"{sent}\""))).unwrap(), read);
        }
        for wrong in ["M5", "54.50", "M54.", "M5.450", "M54.50000", "M54-50", "Back pain", ""] {
            assert!(diagnosis(&raw(&format!("\"{wrong}\""))).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_procedure_has_five_characters_of_which_four_are_digits() {
        for good in ["99213", "g0283", "0042T", "D0120"] {
            assert!(procedure(&raw(&format!("\"{good}\""))).is_ok(), "{good}");
        }
        for wrong in ["9921", "992133", "99X13", "AB123", "9921é", "9921Z"] {
            assert!(procedure(&raw(&format!("\"{wrong}\""))).is_err(), "{wrong}");
        }
    }

    #[test]
    fn counts_never_pass_through_a_float() {
        assert_eq!(units(&raw("0.1")).unwrap().to_string(), "0.1");
        assert_eq!(units(&raw("\"8.500\"")).unwrap().to_string(), "8.5");
        for wrong in ["1e3", "-1", "\"x\"", "0.0001", "[1]", "\"--1\""] {
            assert!(units(&raw(wrong)).is_err(), "{wrong}");
        }
        assert!(quantity(&raw("-2")).is_ok());
    }
}
