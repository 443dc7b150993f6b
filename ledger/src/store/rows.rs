//! Stored rows.

use time::OffsetDateTime;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{StoreError, context, leaf::Leaf};
use crate::{
    events::DecodeError,
    recorded::{Actor, LedgerEvent, Recorded},
    values::OrgId,
};

/// The columns of `events` in the order that [`Stored::from_row`] reads.
pub const COLUMNS: &str = "org_id, position, aggregate_type, aggregate_id, sequence, event_id, \
     event_type, event_version, payload, metadata, actor, correlation_id, causation_id, \
     command_id, occurred_at, recorded_at, leaf_hash";

/// An event as it is stored, its payload not yet read.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Whose log.
    pub org: OrgId,
    /// Place in the log.
    pub position: i64,
    /// Kind of stream.
    pub aggregate_type: String,
    /// Which stream.
    pub aggregate_id: Uuid,
    /// Place in the stream.
    pub sequence: i64,
    /// Unique id.
    pub event_id: Uuid,
    /// Stored name.
    pub event_type: String,
    /// Version of the payload.
    pub event_version: i32,
    /// Canonical JSON, exactly as hashed.
    pub payload: Vec<u8>,
    /// Canonical JSON, exactly as hashed.
    pub metadata: Vec<u8>,
    /// Who.
    pub actor: String,
    /// Request or job run.
    pub correlation_id: Uuid,
    /// Causing event.
    pub causation_id: Option<Uuid>,
    /// Deciding command.
    pub command_id: Uuid,
    /// When it was true.
    pub occurred_at: OffsetDateTime,
    /// When we learned it.
    pub recorded_at: OffsetDateTime,
    /// The hash that was stored with it.
    pub leaf_hash: [u8; 32],
}

impl Stored {
    /// Reads a row selected with [`COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] if a column does not have the promised type or length.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        let leaf_hash: &[u8] = column(row, 16)?;
        Ok(Self {
            org: OrgId(column(row, 0)?),
            position: column(row, 1)?,
            aggregate_type: column(row, 2)?,
            aggregate_id: column(row, 3)?,
            sequence: column(row, 4)?,
            event_id: column(row, 5)?,
            event_type: column(row, 6)?,
            event_version: column(row, 7)?,
            payload: column(row, 8)?,
            metadata: column(row, 9)?,
            actor: column(row, 10)?,
            correlation_id: column(row, 11)?,
            causation_id: column(row, 12)?,
            command_id: column(row, 13)?,
            occurred_at: column(row, 14)?,
            recorded_at: column(row, 15)?,
            leaf_hash: leaf_hash
                .try_into()
                .map_err(|_| StoreError::Damaged("leaf_hash is not 32 bytes".to_owned()))?,
        })
    }

    /// The hash that the row ought to have.
    pub fn leaf(&self) -> [u8; 32] {
        Leaf {
            org_id: self.org.0,
            position: self.position,
            aggregate_type: &self.aggregate_type,
            aggregate_id: self.aggregate_id,
            sequence: self.sequence,
            event_id: self.event_id,
            event_type: &self.event_type,
            event_version: self.event_version,
            payload: &self.payload,
            metadata: &self.metadata,
            actor: &self.actor,
            correlation_id: self.correlation_id,
            causation_id: self.causation_id,
            command_id: self.command_id,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
        }
        .hash()
    }

    /// What happened.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] as `LedgerEvent::decode`.
    pub fn event(&self) -> Result<LedgerEvent, DecodeError> {
        let version = u16::try_from(self.event_version).map_err(|_| DecodeError::Unknown {
            name: self.event_type.clone(),
            version: u16::MAX,
        })?;
        LedgerEvent::decode(&self.event_type, version, &self.payload)
    }

    /// The base its command counted event ids from; sealed values are bound to it.
    pub fn event_base(&self) -> Uuid {
        context::event_base(self.event_id)
    }

    /// Reads the payload.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] as `LedgerEvent::decode`.
    pub fn decode(self) -> Result<Recorded, DecodeError> {
        let event = self.event()?;
        Ok(Recorded {
            org: self.org,
            position: self.position,
            aggregate_type: self.aggregate_type,
            aggregate_id: self.aggregate_id,
            sequence: self.sequence,
            event_id: self.event_id,
            event,
            actor: Actor(self.actor),
            correlation_id: self.correlation_id,
            causation_id: self.causation_id,
            command_id: self.command_id,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
        })
    }
}

fn column<'a, T: tokio_postgres::types::FromSql<'a>>(
    row: &'a Row,
    index: usize,
) -> Result<T, StoreError> {
    row.try_get(index).map_err(|error| StoreError::Damaged(error.to_string()))
}
