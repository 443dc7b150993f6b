//! An event as a line of JSON, with every column that is hashed. There is one way to write it, and
//! a reader accepts no other.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use data_encoding::HEXLOWER;
use ledger::store::Stored;
use ledger::values::OrgId;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use time::format_description::FormatItem;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};
use uuid::Uuid;

/// Instants have exactly six decimal places: whole microseconds, as they are hashed.
const INSTANT: &[FormatItem<'static>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");

/// No line that we write comes near to this; bytes.
const LONGEST_LINE: u64 = 64 << 20;

/// One event.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventLine<'a> {
    position: i64,
    org_id: Uuid,
    aggregate_type: Cow<'a, str>,
    aggregate_id: Uuid,
    sequence: i64,
    event_id: Uuid,
    event_type: Cow<'a, str>,
    event_version: i32,
    occurred_at: Cow<'a, str>,
    recorded_at: Cow<'a, str>,
    actor: Cow<'a, str>,
    correlation_id: Uuid,
    causation_id: Option<Uuid>,
    command_id: Uuid,
    #[serde(borrow)]
    payload: &'a RawValue,
    #[serde(borrow)]
    metadata: &'a RawValue,
    leaf_hash: Cow<'a, str>,
}

/// Why an event cannot stand on a line, or a line is no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Payload or metadata are not JSON on one line.
    #[error("payload or metadata are not JSON")]
    NotJson,
    /// An instant that the form has no room for.
    #[error("an instant is not of the form YYYY-MM-DDThh:mm:ss.uuuuuuZ")]
    Instant,
    /// The line is not of the form that this program writes.
    #[error("the line is not of the form that an export has")]
    Form,
}

/// The line of an event, without its end.
///
/// # Errors
/// [`LineError`], where the event cannot stand on a line.
pub fn event_line(stored: &Stored) -> Result<String, LineError> {
    let line = EventLine {
        position: stored.position,
        org_id: stored.org.0,
        aggregate_type: stored.aggregate_type.as_str().into(),
        aggregate_id: stored.aggregate_id,
        sequence: stored.sequence,
        event_id: stored.event_id,
        event_type: stored.event_type.as_str().into(),
        event_version: stored.event_version,
        occurred_at: written(stored.occurred_at)?.into(),
        recorded_at: written(stored.recorded_at)?.into(),
        actor: stored.actor.as_str().into(),
        correlation_id: stored.correlation_id,
        causation_id: stored.causation_id,
        command_id: stored.command_id,
        payload: raw(&stored.payload)?,
        metadata: raw(&stored.metadata)?,
        leaf_hash: HEXLOWER.encode(&stored.leaf_hash).into(),
    };
    serde_json::to_string(&line).map_err(|_| LineError::Form)
}

/// The event of a line; refuses a line that [`event_line`] would write otherwise.
///
/// # Errors
/// [`LineError`], where the line is no event.
pub fn event_of_line(text: &str) -> Result<Stored, LineError> {
    let line: EventLine<'_> = serde_json::from_str(text).map_err(|_| LineError::Form)?;
    let leaf_hash = HEXLOWER.decode(line.leaf_hash.as_bytes()).ok();
    let stored = Stored {
        org: OrgId(line.org_id),
        position: line.position,
        aggregate_type: line.aggregate_type.into_owned(),
        aggregate_id: line.aggregate_id,
        sequence: line.sequence,
        event_id: line.event_id,
        event_type: line.event_type.into_owned(),
        event_version: line.event_version,
        payload: line.payload.get().as_bytes().to_vec(),
        metadata: line.metadata.get().as_bytes().to_vec(),
        actor: line.actor.into_owned(),
        correlation_id: line.correlation_id,
        causation_id: line.causation_id,
        command_id: line.command_id,
        occurred_at: read(&line.occurred_at)?,
        recorded_at: read(&line.recorded_at)?,
        leaf_hash: leaf_hash.and_then(|hash| hash.try_into().ok()).ok_or(LineError::Form)?,
    };
    if event_line(&stored)? != text {
        return Err(LineError::Form);
    }
    Ok(stored)
}

fn raw(bytes: &[u8]) -> Result<&RawValue, LineError> {
    let value: &RawValue = serde_json::from_slice(bytes).map_err(|_| LineError::NotJson)?;
    // Blanks around the value would be lost, and a line's end would end the line.
    let whole = value.get().len() == bytes.len() && !bytes.contains(&b'\n');
    if whole { Ok(value) } else { Err(LineError::NotJson) }
}

fn written(at: OffsetDateTime) -> Result<String, LineError> {
    at.to_offset(UtcOffset::UTC).format(INSTANT).map_err(|_| LineError::Instant)
}

fn read(text: &str) -> Result<OffsetDateTime, LineError> {
    let at = PrimitiveDateTime::parse(text, INSTANT).map_err(|_| LineError::Instant)?;
    Ok(at.assume_utc())
}

/// The next line without its end; `None` where no whole line of text follows.
///
/// # Errors
/// When the source cannot be read.
pub fn next_line(lines: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut bytes = Vec::new();
    lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    if bytes.pop() != Some(b'\n') {
        return Ok(None);
    }
    // What is not text is no line of ours, and is reported as such by whoever reads it.
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
