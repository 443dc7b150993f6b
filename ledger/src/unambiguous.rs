//! JSON that means one thing only: no object says the same key twice (RFC 8259, section 4, leaves
//! open what such an object is).

use std::{collections::HashSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

/// Reads over JSON text.
///
/// # Errors
///
/// [`serde_json::Error`] where a key stands twice, naming it and its place, and for what is no JSON.
pub(crate) fn unambiguous(json: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<Once>(json).map(|_| ())
}

/// Anything, at any depth, with every key once.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Walk)
    }
}

struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Once;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_unit<E: Error>(self) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Once, A::Error> {
        while elements.next_element::<Once>()?.is_some() {}
        Ok(Once)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Once, A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if keys.contains(&key) {
                return Err(Error::custom(format_args!("the field {key:?} stands twice")));
            }
            entries.next_value::<Once>()?;
            keys.insert(key);
        }
        Ok(Once)
    }
}

#[cfg(test)]
mod tests {
    use super::unambiguous;

    #[test]
    fn a_key_may_stand_once_in_each_object() {
        for good in [
            "null",
            "[true, -1, 1.5, 18446744073709551615, \"a\"]",
            r#"{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}"#,
        ] {
            assert!(unambiguous(good).is_ok(), "{good}");
        }
        for twice in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"b": [{"a": 1, "c": {}, "a": 2}]}"#,
            r#"{"é": 1, "\u00e9": 2}"#,
        ] {
            let error = unambiguous(twice).unwrap_err().to_string();
            assert!(error.contains("stands twice"), "{twice}: {error}");
        }
        assert!(unambiguous("{").is_err());
    }
}
