//! A request as messages: structured, batched or binary (CloudEvents 1.0, HTTP protocol binding).

use std::collections::BTreeMap;

use actix_web::http::header::HeaderMap;
use serde_json::{Map, Value, value::RawValue};

use crate::{
    body::FieldError,
    error::{ApiError, Plain},
};

/// How many events one request may bring.
pub(super) const MOST_EVENTS: usize = 500;

/// The attributes that come as headers in binary mode.
const ATTRIBUTES: [&str; 7] =
    ["dataschema", "id", "source", "specversion", "subject", "time", "type"];

/// The messages of a request.
pub(super) enum Messages {
    /// One, in structured or binary mode.
    One(Box<RawValue>),
    /// Several, in batched mode.
    Batch(Vec<Box<RawValue>>),
}

/// Takes a request apart. Each message is still to be read.
pub(super) fn messages(headers: &HeaderMap, body: &[u8]) -> Result<Messages, ApiError> {
    if headers.contains_key("ce-specversion") {
        return binary(headers, body).map(Messages::One);
    }
    let malformed = |_| ApiError::from(Plain::MalformedJson);
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => {
            let batch: Vec<Box<RawValue>> = serde_json::from_slice(body).map_err(malformed)?;
            if batch.len() > MOST_EVENTS {
                return Err(wrong(format!("at most {MOST_EVENTS} events are expected")));
            }
            Ok(Messages::Batch(batch))
        }
        Some(b'{') => serde_json::from_slice(body).map(Messages::One).map_err(malformed),
        Some(_) => {
            serde_json::from_slice::<&RawValue>(body).map_err(malformed)?;
            Err(wrong("an event or an array of events is expected".to_owned()))
        }
        None => Err(Plain::MalformedJson.into()),
    }
}

/// What a message says of itself, none of it read: what is passed over may be anything.
pub(super) fn attributes(raw: &RawValue) -> BTreeMap<String, &RawValue> {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

fn wrong(detail: String) -> ApiError {
    let pointer = String::new();
    ApiError::InvalidBody(vec![FieldError { pointer, code: "invalid", detail: detail.into() }])
}

/// Headers and data put together as a structured event, so that either mode is the same message.
fn binary(headers: &HeaderMap, body: &[u8]) -> Result<Box<RawValue>, ApiError> {
    let mut event = Map::new();
    for name in ATTRIBUTES {
        let Some(value) = headers.get(format!("ce-{name}")) else { continue };
        let text = value.to_str().ok().and_then(percent_decoded);
        let expected = "percent-encoded UTF-8 is expected in ce- headers";
        let text = text.ok_or(ApiError::BadHeader { name: "ce-", expected })?;
        event.insert(name.to_owned(), Value::String(text));
    }
    let attributes = serde_json::to_string(&event).map_err(|error| ApiError::failed(&error))?;
    let data: &RawValue =
        serde_json::from_slice(body).map_err(|_| ApiError::from(Plain::MalformedJson))?;
    let open = attributes.trim_end_matches('}');
    let comma = if event.is_empty() { "" } else { "," };
    let text = format!("{open}{comma}\"data\":{}}}", data.get());
    RawValue::from_string(text).map_err(|error| ApiError::failed(&error))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
