//! One reader per kind of field.

use std::{borrow::Cow, fmt::Display, str::FromStr};

use ledger::values::{Code, Currency, Money, Rate, TimeZone};
use serde_json::value::RawValue;
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use super::{FieldError, ForeignId, fields::Wrong};
use crate::error::ApiError;

type Read<T> = Result<T, Wrong>;

/// An amount as it was sent, before its currency is known.
///
/// - **Unit:** a decimal string, or a JSON number without exponent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(String);

impl Amount {
    /// Reads the text that was sent; a number never becomes a float on the way.
    ///
    /// # Errors
    ///
    /// What is expected.
    pub fn read(raw: &RawValue) -> Read<Self> {
        let digits = if raw.get().starts_with('"') { string(raw)? } else { raw.get().to_owned() };
        // Of any currency: three places are the most that one has.
        Money::parse(&digits, longest()).map_err(|error| said(&error))?;
        Ok(Self(digits))
    }

    /// The amount in a currency.
    ///
    /// # Errors
    ///
    /// More decimal places than the currency has.
    pub fn in_currency(&self, currency: Currency) -> Read<Money> {
        Money::parse(&self.0, currency).map_err(|error| said(&error))
    }

    /// The same, of the body's field at a JSON pointer.
    ///
    /// # Errors
    ///
    /// [`ApiError::InvalidBody`].
    pub fn money(&self, currency: Currency, pointer: &str) -> Result<Money, ApiError> {
        self.in_currency(currency).map_err(|detail| {
            let pointer = pointer.to_owned();
            ApiError::InvalidBody(vec![FieldError { pointer, code: "invalid", detail }])
        })
    }
}

/// A currency with the most decimal places there are.
fn longest() -> Currency {
    "KWD".parse().unwrap_or(Currency::USD)
}

/// A text of at most so many characters, without control characters.
pub fn text(most: usize) -> impl Fn(&RawValue) -> Read<String> {
    move |raw| {
        let text = string(raw)?;
        let length = text.chars().count();
        if text.trim().is_empty() || length > most {
            return Err(Cow::Owned(format!("1 to {most} characters are expected")));
        }
        if text.chars().any(|letter| letter.is_control() && letter != '\n') {
            return Err(Cow::Borrowed("control characters are not allowed"));
        }
        Ok(text)
    }
}

/// A code of at most 64 characters.
///
/// # Errors
///
/// What is expected.
pub fn code(raw: &RawValue) -> Read<Code> {
    parsed(raw)
}

/// An ISO-4217 code, in any case.
///
/// # Errors
///
/// What is expected.
pub fn currency(raw: &RawValue) -> Read<Currency> {
    parsed(raw)
}

/// An IANA time zone.
///
/// # Errors
///
/// What is expected.
pub fn time_zone(raw: &RawValue) -> Read<TimeZone> {
    parsed(raw)
}

/// A UUID.
///
/// # Errors
///
/// What is expected.
pub fn uuid(raw: &RawValue) -> Read<Uuid> {
    string(raw)?.parse().map_err(|_| Cow::Borrowed("a UUID is expected"))
}

/// A tax rate: a number, or a decimal string.
///
/// # Errors
///
/// What is expected.
pub fn rate(raw: &RawValue) -> Read<Rate> {
    let digits = if raw.get().starts_with('"') { string(raw)? } else { raw.get().to_owned() };
    digits.parse().map_err(|error: ledger::values::RateError| said(&error))
}

/// A calendar day, `YYYY-MM-DD`, of our era: PostgreSQL does not know days long before it.
///
/// # Errors
///
/// What is expected.
pub fn day(raw: &RawValue) -> Read<Date> {
    day_of(&string(raw)?)
}

pub(crate) fn day_of(text: &str) -> Read<Date> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let day = Date::parse(text, &format).ok().filter(|day| day.year() > 0);
    day.ok_or(Cow::Borrowed("a day YYYY-MM-DD is expected"))
}

/// An instant, RFC 3339.
///
/// # Errors
///
/// What is expected.
pub fn instant(raw: &RawValue) -> Read<OffsetDateTime> {
    instant_of(&string(raw)?)
}

pub(super) fn instant_of(text: &str) -> Read<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339)
        .map_err(|_| Cow::Borrowed("an instant such as 2026-01-31T12:00:00Z is expected"))
}

/// A whole number within bounds.
pub fn integer(least: i64, most: i64) -> impl Fn(&RawValue) -> Read<i64> {
    move |raw| {
        let number = raw.get().parse::<i64>().ok();
        number
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| Cow::Owned(format!("a whole number from {least} to {most} is expected")))
    }
}

/// True or false.
///
/// # Errors
///
/// What is expected.
pub fn boolean(raw: &RawValue) -> Read<bool> {
    raw.get().parse().map_err(|_| Cow::Borrowed("true or false is expected"))
}

/// One of a few words, in any case.
pub fn one_of<T: Copy>(words: &'static [(&'static str, T)]) -> impl Fn(&RawValue) -> Read<T> {
    move |raw| word_of(words, &string(raw)?)
}

pub(super) fn word_of<T: Copy>(words: &'static [(&'static str, T)], text: &str) -> Read<T> {
    let lower = text.to_ascii_lowercase();
    words.iter().find(|(word, _)| *word == lower).map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        Cow::Owned(format!("one of {} is expected", known.join(", ")))
    })
}

/// An id of the caller's own: a string or an integer.
///
/// # Errors
///
/// What is expected.
pub fn foreign_id(raw: &RawValue) -> Read<ForeignId> {
    let expected = Cow::Borrowed("a string of 1 to 255 characters or an integer is expected");
    if raw.get().starts_with('"') {
        return ForeignId::from_text(&string(raw)?).ok_or(expected);
    }
    let digits = raw.get().strip_prefix('-').unwrap_or(raw.get());
    let whole = !digits.is_empty()
        && digits.len() <= 30
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| ForeignId::from_integer(raw.get())).ok_or(expected)
}

pub(super) fn parsed<T: FromStr>(raw: &RawValue) -> Read<T>
where
    T::Err: Display,
{
    string(raw)?.parse().map_err(|error: T::Err| said(&error))
}

pub(super) fn string(raw: &RawValue) -> Read<String> {
    serde_json::from_str(raw.get()).map_err(|_| Cow::Borrowed("a string is expected"))
}

pub(super) fn said(error: &impl Display) -> Wrong {
    Cow::Owned(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn days_are_of_our_era() {
        assert!(day_of("0001-01-01").is_ok() && day_of("9999-12-31").is_ok());
        assert!(day_of("0000-12-31").is_err() && day_of("-9999-01-01").is_err());
    }
}
