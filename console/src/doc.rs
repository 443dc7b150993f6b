//! An answer of the API, read field by field. A field that is not there is a defect of ours and
//! fails loudly; one that is null is shown as nothing.

use serde_json::Value;

use crate::{refusal::Refusal, show};

/// An object of an answer.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Doc(Value);

impl Doc {
    fn field(&self, name: &str) -> Result<&Value, Refusal> {
        let missing = || Refusal::failed(&format!("an answer has no field {name}"));
        self.0.get(name).ok_or_else(missing)
    }

    /// A word, a number or a date as it is written; nothing for null.
    pub(crate) fn text(&self, name: &str) -> Result<String, Refusal> {
        Ok(match self.field(name)? {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    /// The same, where nothing is worth knowing.
    pub(crate) fn some(&self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(Some(self.text(name)?).filter(|text| !text.is_empty()))
    }

    /// A code, as words for people.
    pub(crate) fn words(&self, name: &str) -> Result<String, Refusal> {
        self.text(name).map(|code| show::words(&code))
    }

    /// An instant, to the minute.
    pub(crate) fn minute(&self, name: &str) -> Result<String, Refusal> {
        self.text(name).map(|instant| show::minute(&instant))
    }

    /// An amount of the object's own currency. Some answers write amounts as JSON numbers; as
    /// text again they are the same digits.
    pub(crate) fn amount(&self, name: &str) -> Result<String, Refusal> {
        match self.field(name)? {
            Value::Number(number) => {
                let digits =
                    if self.0.get("currency").is_some_and(|code| code == "JPY") { 0 } else { 2 };
                Ok(show::amount(&show::padded(&number.to_string(), digits)))
            }
            _ => self.text(name).map(|text| show::amount(&text)),
        }
    }

    /// A whole number; nothing is zero.
    pub(crate) fn count(&self, name: &str) -> Result<i64, Refusal> {
        Ok(self.field(name)?.as_i64().unwrap_or(0))
    }

    /// Whether it is so.
    pub(crate) fn is(&self, name: &str) -> Result<bool, Refusal> {
        Ok(self.field(name)?.as_bool().unwrap_or(false))
    }

    /// A list of objects; null is an empty one.
    pub(crate) fn list(&self, name: &str) -> Result<Vec<Doc>, Refusal> {
        let list = self.field(name)?.as_array();
        Ok(list.map_or_else(Vec::new, |list| list.iter().cloned().map(Doc).collect()))
    }

    /// A list of words, with commas between them.
    pub(crate) fn joined(&self, name: &str) -> Result<String, Refusal> {
        let list = self.field(name)?.as_array().into_iter().flatten();
        let words = list.map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
        Ok(words.collect::<Vec<_>>().join(", "))
    }

    /// The objects of an answer that is a bare list.
    pub(crate) fn items(&self) -> Vec<Doc> {
        self.0.as_array().into_iter().flatten().cloned().map(Doc).collect()
    }
}
