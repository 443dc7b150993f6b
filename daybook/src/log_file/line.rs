//! The first line and the last.

use std::borrow::Cow;

use ledger::values::OrgId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FORMAT;

/// How a stranger checks the file without this program.
pub(crate) const ENCODING: &str = "One line per event, oldest first; last line: trailer. \
leaf_hash = SHA-256(0x00 || fields), each field as its length in bytes (8 bytes, big endian) \
followed by the bytes, in this order: the text daybook.event.v1, org_id (16 bytes), position (i64 \
big endian), aggregate_type, aggregate_id (16 bytes), sequence (i64), event_id (16 bytes), \
event_type, event_version (i32), payload (the bytes as they stand here), metadata (likewise), \
actor, correlation_id (16 bytes), causation_id (16 bytes, or none), command_id (16 bytes), \
occurred_at and recorded_at (microseconds since 1970-01-01T00:00:00Z, i128 big endian). root = \
Merkle tree hash of RFC 6962 over the leaf hashes, leaf index = position - 1.";

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header<'a> {
    pub(crate) format: Cow<'a, str>,
    pub(crate) org_id: Uuid,
    pub(crate) first_position: i64,
    pub(crate) last_position: i64,
    pub(crate) count: i64,
    pub(crate) encoding: Cow<'a, str>,
}

impl Header<'static> {
    /// The header of a log that goes up to `last`.
    pub(crate) fn of(org: OrgId, last: i64) -> Self {
        Self {
            format: FORMAT.into(),
            org_id: org.0,
            first_position: i64::from(last > 0),
            last_position: last,
            count: last,
            encoding: ENCODING.into(),
        }
    }
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trailer<'a> {
    pub(crate) count: i64,
    pub(crate) head_position: i64,
    #[serde(borrow)]
    pub(crate) root: Cow<'a, str>,
}
