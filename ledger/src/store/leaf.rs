//! The hash of one event: a leaf of the org's RFC 6962 tree.
//!
//! `SHA-256(0x00 ‖ encoding)`. The encoding is domain-separated, length-prefixed and covers
//! every column of `events` except `leaf_hash`. It never changes: a new encoding gets a new tag.

use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

/// Names the encoding.
const TAG: &[u8] = b"daybook.event.v1";

/// Every column that is hashed.
pub(super) struct Leaf<'a> {
    pub org_id: Uuid,
    pub position: i64,
    pub aggregate_type: &'a str,
    pub aggregate_id: Uuid,
    pub sequence: i64,
    pub event_id: Uuid,
    pub event_type: &'a str,
    pub event_version: i32,
    pub payload: &'a [u8],
    pub metadata: &'a [u8],
    pub actor: &'a str,
    pub correlation_id: Uuid,
    pub causation_id: Option<Uuid>,
    pub command_id: Uuid,
    pub occurred_at: OffsetDateTime,
    pub recorded_at: OffsetDateTime,
}

impl Leaf<'_> {
    /// The hash.
    pub(super) fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update([0]);
        field(&mut hasher, TAG);
        field(&mut hasher, self.org_id.as_bytes());
        field(&mut hasher, &self.position.to_be_bytes());
        field(&mut hasher, self.aggregate_type.as_bytes());
        field(&mut hasher, self.aggregate_id.as_bytes());
        field(&mut hasher, &self.sequence.to_be_bytes());
        field(&mut hasher, self.event_id.as_bytes());
        field(&mut hasher, self.event_type.as_bytes());
        field(&mut hasher, &self.event_version.to_be_bytes());
        field(&mut hasher, self.payload);
        field(&mut hasher, self.metadata);
        field(&mut hasher, self.actor.as_bytes());
        field(&mut hasher, self.correlation_id.as_bytes());
        // No cause and a cause of sixteen zeros must not look alike.
        field(&mut hasher, self.causation_id.as_ref().map_or(&[], |id| id.as_bytes()));
        field(&mut hasher, self.command_id.as_bytes());
        field(&mut hasher, &microseconds(self.occurred_at).to_be_bytes());
        field(&mut hasher, &microseconds(self.recorded_at).to_be_bytes());
        hasher.finalize().into()
    }
}

fn field(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

fn microseconds(at: OffsetDateTime) -> i128 {
    at.unix_timestamp_nanos().div_euclid(1_000)
}
