//! Headers of commands and queries.

use actix_web::http::header::{HeaderMap, HeaderName, IF_MATCH};
use ledger::store::tenants::Role;

use crate::error::ApiError;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const MIN_POSITION: HeaderName = HeaderName::from_static("daybook-min-position");
const WAIT: HeaderName = HeaderName::from_static("daybook-wait");

/// Whether the answer waits for policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Until everything that follows from the command is done, two seconds at most.
    Settled,
    /// Not at all.
    None,
}

/// The idempotency key: 1 to 255 visible ASCII characters.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let visible = value.as_bytes().iter().all(u8::is_ascii_graphic);
    let key = value.to_str().ok().filter(|key| visible && (1..=255).contains(&key.len()));
    match key {
        Some(key) => Ok(Some(key.to_owned())),
        None => Err(ApiError::BadHeader {
            name: "Idempotency-Key",
            expected: "1 to 255 visible ASCII characters",
        }),
    }
}

/// `If-Match: "7"`: the stream's version the caller saw. `*` asks nothing.
pub(super) fn expected_version(headers: &HeaderMap) -> Result<Option<i64>, ApiError> {
    let Some(value) = headers.get(IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let digits = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match digits.and_then(|digits| digits.parse::<i64>().ok()).filter(|version| *version >= 0) {
        Some(version) => Ok(Some(version)),
        None => Err(ApiError::BadHeader {
            name: "If-Match",
            expected: "the ETag of the resource, such as \"7\"",
        }),
    }
}

/// `Daybook-Wait`; by default people wait for what follows and programs do not.
pub(super) fn wait(headers: &HeaderMap, role: Role) -> Result<Wait, ApiError> {
    match headers.get(WAIT).map(|value| value.as_bytes().to_ascii_lowercase()) {
        Some(value) if value == b"settled" => Ok(Wait::Settled),
        Some(value) if value == b"none" => Ok(Wait::None),
        Some(_) => Err(ApiError::BadHeader { name: "Daybook-Wait", expected: "settled or none" }),
        None if role.is_a_persons() => Ok(Wait::Settled),
        None => Ok(Wait::None),
    }
}

/// `Daybook-Min-Position`: the position a query must know about.
pub(crate) fn min_position(headers: &HeaderMap) -> Result<Option<i64>, ApiError> {
    let Some(value) = headers.get(MIN_POSITION) else { return Ok(None) };
    let position = value.to_str().ok().and_then(|text| text.parse::<i64>().ok());
    match position.filter(|position| *position >= 0) {
        Some(position) => Ok(Some(position)),
        None => Err(ApiError::BadHeader {
            name: "Daybook-Min-Position",
            expected: "a position, as Daybook-Position gave it",
        }),
    }
}
