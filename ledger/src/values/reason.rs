//! Short codes: reasons, plans, item types, jurisdictions.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A short code that a person chose from a list of their own: a reason, a plan, a jurisdiction.
///
/// - **Unit:** 1 to 64 characters out of letters, digits, `_ - . :` and no space, so that no
///   sentence about a patient fits in.
/// - **Source:** contract S2.4 (`reason_code` of at most 64 characters).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// Why a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing there.
    #[error("a code is needed")]
    Empty,
    /// Longer than 64 characters.
    #[error("a code has at most 64 characters")]
    TooLong,
    /// A character that is not allowed.
    #[error("a code has only letters, digits and _ - . :")]
    BadCharacter,
}

impl Code {
    /// A code that the program itself knows; the caller keeps to what a code may be.
    pub(crate) fn word(text: &'static str) -> Self {
        debug_assert!(text.parse::<Self>().is_ok());
        Self(text.to_owned())
    }

    /// The code itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        if text.is_empty() {
            return Err(CodeError::Empty);
        }
        if text.len() > 64 {
            return Err(CodeError::TooLong);
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
        if !text.bytes().all(allowed) {
            return Err(CodeError::BadCharacter);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
