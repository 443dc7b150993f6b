//! Fields of a JSON object, read one by one; errors are collected.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Value, json, value::RawValue};

use crate::error::{ApiError, Plain};

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the body, or the name of a query parameter.
    pub pointer: String,
    /// `required`, `unknown`, `duplicate`, `invalid`, …
    pub code: &'static str,
    /// In words.
    pub detail: Cow<'static, str>,
}

impl FieldError {
    /// As it stands in `errors[]`.
    pub fn to_json(&self) -> Value {
        json!({"pointer": self.pointer, "code": self.code, "detail": self.detail})
    }
}

/// Why a value is not what its field needs.
pub type Wrong = Cow<'static, str>;

/// A body that can be read field by field.
pub trait FromBody: Sized {
    /// Fields that may stand in the query instead, where a caller cannot send a body.
    const IN_QUERY: &'static [&'static str] = &[];

    /// Reads the fields; `None` when one of them was wrong (they are noted in `fields`).
    fn read(fields: &mut Fields<'_>) -> Option<Self>;
}

/// For commands that need nothing said: an empty body or `{}`.
#[derive(Debug, Clone, Copy)]
pub struct NoBody;

impl FromBody for NoBody {
    fn read(_fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self)
    }
}

/// Reads a body; an empty one is an object without fields.
///
/// # Errors
///
/// [`Plain::MalformedJson`], or [`ApiError::InvalidBody`] with every wrong field.
pub fn parse<T: FromBody>(bytes: &[u8]) -> Result<T, ApiError> {
    let bytes = if bytes.iter().all(u8::is_ascii_whitespace) { b"{}" } else { bytes };
    parse_at(String::new(), bytes)
}

/// Reads a part of a body that stands at this JSON pointer.
///
/// # Errors
///
/// As [`parse`].
pub(crate) fn parse_at<T: FromBody>(pointer: String, bytes: &[u8]) -> Result<T, ApiError> {
    let object: Object<'_> = match serde_json::from_slice(bytes) {
        Ok(object) => object,
        Err(error) if error.is_data() => {
            let detail = Cow::Borrowed("an object is expected");
            let error = FieldError { pointer, code: "invalid", detail };
            return Err(ApiError::InvalidBody(vec![error]));
        }
        Err(_) => return Err(Plain::MalformedJson.into()),
    };
    let mut fields = Fields::new(pointer, object);
    let read = T::read(&mut fields);
    match (read, fields.finish()) {
        (Some(body), errors) if errors.is_empty() => Ok(body),
        (_, errors) => Err(ApiError::InvalidBody(errors)),
    }
}

/// The fields of one object that were not read yet, and what was wrong with those that were.
pub struct Fields<'a> {
    prefix: String,
    left: BTreeMap<String, &'a RawValue>,
    errors: Vec<FieldError>,
}

impl<'a> Fields<'a> {
    fn new(prefix: String, object: Object<'a>) -> Self {
        let mut fields = Self { prefix, left: object.fields, errors: Vec::new() };
        for name in object.duplicates {
            fields.wrong(&name, "duplicate", Cow::Borrowed("given twice"));
        }
        fields
    }

    /// A field that must be there.
    pub fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&RawValue) -> Result<T, Wrong>,
    ) -> Option<T> {
        match self.take(name) {
            Some(raw) => self.noting(name, read(raw)),
            None => {
                self.wrong(name, "required", Cow::Borrowed("must be given"));
                None
            }
        }
    }

    /// A field that may be missing or null. The outer option is `None` when it is wrong.
    pub fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&RawValue) -> Result<T, Wrong>,
    ) -> Option<Option<T>> {
        match self.take(name) {
            Some(raw) => self.noting(name, read(raw)).map(Some),
            None => Some(None),
        }
    }

    /// A field with a default.
    pub fn or<T>(
        &mut self,
        name: &str,
        default: T,
        read: impl FnOnce(&RawValue) -> Result<T, Wrong>,
    ) -> Option<T> {
        self.optional(name, read).map(|value| value.unwrap_or(default))
    }

    /// An object within; missing counts as one without fields.
    pub fn object<T: FromBody>(&mut self, name: &str) -> Option<T> {
        let raw = self.take(name).map_or("{}", RawValue::get);
        let Ok(object) = serde_json::from_str::<Object<'_>>(raw) else {
            self.wrong(name, "invalid", Cow::Borrowed("an object is expected"));
            return None;
        };
        let mut fields = Fields::new(self.pointer(name), object);
        let read = T::read(&mut fields);
        let errors = fields.finish();
        let good = errors.is_empty();
        self.errors.extend(errors);
        read.filter(|_| good)
    }

    /// Several objects within, each read like a body of its own.
    pub fn list<T: FromBody>(&mut self, name: &str, least: usize, most: usize) -> Option<Vec<T>> {
        let raw = self.take(name).map_or("[]", RawValue::get);
        let objects = serde_json::from_str::<Vec<Object<'_>>>(raw).ok();
        let objects = objects.filter(|objects| (least..=most).contains(&objects.len()));
        let Some(objects) = objects else {
            let detail = format!("an array of {least} to {most} objects is expected");
            self.wrong(name, "invalid", Cow::Owned(detail));
            return None;
        };
        let mut found = Vec::with_capacity(objects.len());
        for (index, object) in objects.into_iter().enumerate() {
            let mut fields = Fields::new(format!("{}/{index}", self.pointer(name)), object);
            let read = T::read(&mut fields);
            let errors = fields.finish();
            found.extend(read.filter(|_| errors.is_empty()));
            self.errors.extend(errors);
        }
        Some(found)
    }

    /// Whether a field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.left.contains_key(name)
    }

    /// Passes over the fields that are left and have such names.
    pub fn pass_over(&mut self, names: impl Fn(&str) -> bool) {
        self.left.retain(|name, _| !names(name));
    }

    /// Notes an error that concerns several fields.
    pub fn wrong(&mut self, name: &str, code: &'static str, detail: Wrong) {
        let pointer = self.pointer(name);
        self.errors.push(FieldError { pointer, code, detail });
    }

    fn noting<T>(&mut self, name: &str, result: Result<T, Wrong>) -> Option<T> {
        result.map_err(|detail| self.wrong(name, "invalid", detail)).ok()
    }

    /// Null is as good as missing.
    fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        self.left.remove(name).filter(|raw| raw.get() != "null")
    }

    fn pointer(&self, name: &str) -> String {
        format!("{}/{}", self.prefix, name.replace('~', "~0").replace('/', "~1"))
    }

    fn finish(mut self) -> Vec<FieldError> {
        for name in std::mem::take(&mut self.left).into_keys() {
            self.wrong(&name, "unknown", Cow::Borrowed("there is no such field"));
        }
        self.errors
    }
}

/// A JSON object whose values are kept as they were written.
pub(super) struct Object<'a> {
    fields: BTreeMap<String, &'a RawValue>,
    duplicates: Vec<String>,
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Object<'de>, M::Error> {
        let mut object = Object { fields: BTreeMap::new(), duplicates: Vec::new() };
        while let Some((name, raw)) = map.next_entry::<String, &'de RawValue>()? {
            if object.fields.insert(name.clone(), raw).is_some() {
                object.duplicates.push(name);
            }
        }
        Ok(object)
    }
}
