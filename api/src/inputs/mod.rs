//! What comes from outside as bytes, and what leaves as text: doors for the fuzz targets of
//! `fuzz/` and for the property tests of `daybook/src/inputs`. They ask what the service asks, and
//! panic where it answers what it must not.

mod cursor;

pub use cursor::cursor;

use ledger::store::Stored;

use crate::{error::ApiError, resources::events::CloudEvent};

/// A body of `POST /v1/integrations/events`.
pub fn cloud_events(bytes: &[u8]) {
    crate::resources::integrations::message(bytes);
}

/// An event as `GET /v1/events` shows it.
///
/// # Errors
///
/// [`ApiError`] when payload or metadata are not JSON.
pub fn as_cloud_event(stored: Stored) -> Result<String, ApiError> {
    let event = CloudEvent::try_from(stored)?;
    serde_json::to_string(&event).map_err(|error| ApiError::failed(&error))
}
