//! What a row is here.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::SourceRow;
use crate::{
    canonical::exact,
    recorded::LedgerEvent,
    store::{account_id, history::Past},
    unambiguous::unambiguous,
    values::OrgId,
};

/// Why a row is nothing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row} ({aggregate_type}/{aggregate_id}, sequence {sequence}, {event_type}): {what}")]
pub struct Unreadable {
    /// Its place in the order of the import.
    pub row: i64,
    /// As the source has it.
    pub aggregate_type: String,
    /// As the source has it.
    pub aggregate_id: String,
    /// As the source has it.
    pub sequence: i64,
    /// As the source has it.
    pub event_type: String,
    /// What is wrong.
    pub what: String,
}

/// What the source's kinds of streams are called here; those that are not listed keep their name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(pub HashMap<String, String>);

impl Mapping {
    fn kind<'a>(&'a self, aggregate_type: &'a str) -> &'a str {
        self.0.get(aggregate_type).map_or(aggregate_type, String::as_str)
    }
}

/// How our events look as postgres-es stores them.
#[derive(Deserialize)]
struct Tagged<'a> {
    r#type: &'a str,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// Reads a row.
pub(super) fn read(org: OrgId, mapping: &Mapping, row: &SourceRow) -> Result<Past, Unreadable> {
    past(org, mapping, row).map_err(|what| Unreadable {
        row: row.number,
        aggregate_type: row.aggregate_type.clone(),
        aggregate_id: row.aggregate_id.clone(),
        sequence: row.sequence,
        event_type: row.event_type.clone(),
        what,
    })
}

/// What a row is here, and in which stream, without a table around it.
///
/// # Errors
///
/// [`Unreadable`].
#[doc(hidden)]
pub fn readable(
    org: OrgId,
    mapping: &Mapping,
    row: &SourceRow,
) -> Result<(Uuid, LedgerEvent), Unreadable> {
    read(org, mapping, row).map(|past| (past.id, past.event))
}

fn past(org: OrgId, mapping: &Mapping, row: &SourceRow) -> Result<Past, String> {
    let kind = mapping.kind(&row.aggregate_type);
    let version = row.event_version.parse::<u16>();
    let version = version.map_err(|_| format!("version {:?} is no number", row.event_version))?;
    let tagged: Tagged<'_> = serde_json::from_str(&row.payload)
        .map_err(|_| "the payload is not of the form {\"type\": …, \"data\": …}".to_owned())?;
    if tagged.r#type != row.event_type {
        return Err(format!("the payload is of another type, {}", tagged.r#type));
    }
    // A column of type json keeps such a thing; reading it would mean choosing.
    unambiguous(tagged.data.get()).map_err(|error| error.to_string())?;
    let data: serde_json::Value =
        serde_json::from_str(tagged.data.get()).map_err(|error| error.to_string())?;
    let data = exact(&data).map_err(|error| error.to_string())?;
    let event = LedgerEvent::decode(&row.event_type, version, &data).map_err(said)?;
    let word = row.event_type.strip_prefix("billing.").and_then(|rest| rest.split('.').next());
    if word != Some(kind) {
        return Err(format!("an event of another kind of stream than {kind}"));
    }
    let id = stream_id(org, kind, &row.aggregate_id)?;
    let past = Past { id, sequence: row.sequence, event, occurred_at: row.happened_at };
    if past.stream().is_none() {
        return Err(format!("streams of the kind {kind} cannot be taken over"));
    }
    Ok(past)
}

/// With what the reader said, down to the field.
fn said(error: crate::DecodeError) -> String {
    match std::error::Error::source(&error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// An org has one account and one set of books, whatever they were called.
fn stream_id(org: OrgId, kind: &str, id: &str) -> Result<Uuid, String> {
    match kind {
        "subscription" => Ok(account_id(org).uuid()),
        "books" => Ok(org.0),
        _ => id.parse().map_err(|_| "the stream's id is no UUID".to_owned()),
    }
}
