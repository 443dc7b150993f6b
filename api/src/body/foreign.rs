//! Ids of the caller's own: opaque, string or integer, echoed as sent.

use ledger::values::Sealed;
use serde_json::Value;

/// An id out of the caller's own system.
///
/// - **Unit:** 1 to 255 characters without control characters, or an integer.
/// - **Source:** contract, "Guide requests run as written".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignId {
    text: String,
    is_integer: bool,
}

/// What a sealed field's name ends with when its value was sent as an integer.
const INTEGER: &str = ":integer";

impl ForeignId {
    /// Takes the text of a path segment or a JSON string.
    pub fn from_text(text: &str) -> Option<Self> {
        let plain = !text.is_empty()
            && text.chars().count() <= 255
            && !text.chars().any(char::is_control)
            && text.trim() == text;
        plain.then(|| Self { text: text.to_owned(), is_integer: false })
    }

    pub(super) fn from_integer(digits: &str) -> Self {
        Self { text: digits.to_owned(), is_integer: true }
    }

    /// The id as text: the integer 42 and the string "42" name the same thing.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name of the field it is sealed under, which remembers how it was written.
    pub fn field(&self, name: &str) -> String {
        if self.is_integer { format!("{name}{INTEGER}") } else { name.to_owned() }
    }

    /// As it was sent.
    pub fn to_json(&self) -> Value {
        written(&self.text, self.is_integer)
    }

    /// An opened id, as it was sent.
    pub fn opened(sealed: &Sealed<String>, text: &str) -> Value {
        written(text, sealed.field.ends_with(INTEGER))
    }
}

/// Integers beyond 64 bits stay text: JSON readers would round them.
fn written(text: &str, is_integer: bool) -> Value {
    match text.parse::<i64>() {
        Ok(number) if is_integer => Value::from(number),
        _ => Value::from(text),
    }
}
