//! Query parameters, read one by one; errors are collected.

use std::{borrow::Cow, collections::BTreeMap, str::FromStr};

use time::{Date, OffsetDateTime};

use super::{
    FieldError,
    fields::Wrong,
    readers::{day_of, instant_of, word_of},
};
use crate::error::ApiError;

/// The parameters that were not read yet, and what was wrong with those that were.
#[derive(Debug, Default)]
pub struct Params {
    left: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

impl Params {
    /// Splits a query string.
    pub fn parse(query: &str) -> Self {
        let mut params = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match (decoded(name), decoded(value)) {
                (Some(name), Some(value)) => params.left.entry(name).or_default().push(value),
                _ => params.wrong(name, Cow::Borrowed("not percent-encoded UTF-8")),
            }
        }
        params
    }

    /// A parameter's text, which stays to be read.
    pub(crate) fn peek(&self, name: &str) -> Option<&str> {
        self.left.get(name)?.first().map(String::as_str)
    }

    /// A parameter's text, given at most once; empty counts as missing.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let mut values = self.left.remove(name)?;
        let value = values.pop()?;
        if !values.is_empty() {
            self.wrong(name, Cow::Borrowed("given twice"));
        }
        (!value.is_empty()).then_some(value)
    }

    /// Whatever can be read from text.
    pub fn parsed<T: FromStr>(&mut self, name: &str, expected: &'static str) -> Option<T> {
        let text = self.text(name)?;
        self.noting(name, text.parse().map_err(|_| Cow::Borrowed(expected)))
    }

    /// A calendar day.
    pub fn day(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name)?;
        self.noting(name, day_of(&text))
    }

    /// An instant.
    pub fn instant(&mut self, name: &str) -> Option<OffsetDateTime> {
        let text = self.text(name)?;
        self.noting(name, instant_of(&text))
    }

    /// True or false; false when missing, true when given without a value.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.left.remove(name).and_then(|mut values| values.pop()).as_deref() {
            None => false,
            Some("" | "true" | "1") => true,
            Some("false" | "0") => false,
            Some(_) => {
                self.wrong(name, Cow::Borrowed("true or false is expected"));
                false
            }
        }
    }

    /// A whole number within bounds, or the default.
    pub fn integer(&mut self, name: &str, default: i64, least: i64, most: i64) -> i64 {
        let Some(text) = self.text(name) else { return default };
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        let expected = || Cow::Owned(format!("a whole number from {least} to {most} is expected"));
        self.noting(name, number.ok_or_else(expected)).unwrap_or(default)
    }

    /// One of a few words, in any case.
    pub fn word<T: Copy>(&mut self, name: &str, words: &'static [(&'static str, T)]) -> Option<T> {
        let text = self.text(name)?;
        self.noting(name, word_of(words, &text))
    }

    /// Several of a few words: repeated, or separated by commas.
    pub fn words<T: Copy>(&mut self, name: &str, words: &'static [(&'static str, T)]) -> Vec<T> {
        let values = self.left.remove(name).unwrap_or_default();
        let mut chosen = Vec::new();
        for text in values.iter().flat_map(|value| value.split(',')).filter(|text| !text.is_empty())
        {
            chosen.extend(self.noting(name, word_of(words, text)));
        }
        chosen
    }

    /// Every parameter was read and none was wrong.
    ///
    /// # Errors
    ///
    /// [`ApiError::InvalidQuery`] with all that is wrong: a filter that is not understood must
    /// not be taken for one that matches everything.
    pub fn finish(mut self) -> Result<(), ApiError> {
        for name in std::mem::take(&mut self.left).into_keys() {
            let detail = Cow::Borrowed("there is no such parameter");
            self.errors.push(FieldError { pointer: name, code: "unknown", detail });
        }
        if self.errors.is_empty() { Ok(()) } else { Err(ApiError::InvalidQuery(self.errors)) }
    }

    /// What was wrong with those that were read; somebody else reads the others.
    pub(crate) fn errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// Notes that a parameter is wrong.
    pub fn wrong(&mut self, name: &str, detail: Wrong) {
        self.errors.push(FieldError { pointer: name.to_owned(), code: "invalid", detail });
    }

    fn noting<T>(&mut self, name: &str, result: Result<T, Wrong>) -> Option<T> {
        result.map_err(|detail| self.wrong(name, detail)).ok()
    }
}

/// `application/x-www-form-urlencoded`: `+` is a space.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}
