//! Orders about things elsewhere.

use time::OffsetDateTime;
use uuid::Uuid;

use super::Fact;
use crate::values::{Sealed, TimeZone};

/// Orders about things elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum OperationCommand {
    /// Take note of what is said about a thing.
    Record(Box<Record>),
}

/// See [`OperationCommand::Record`].
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Names the message's content; equal contents have equal names.
    pub content: Uuid,
    /// The other system's id of the thing.
    pub entity_id: Sealed<String>,
    /// What is said.
    pub fact: Fact,
    /// Names the message by its source and id.
    pub message: Uuid,
    /// When we hear it.
    pub now: OffsetDateTime,
    /// Since when it is true.
    pub said_at: OffsetDateTime,
    /// The org's zone, in which its months begin.
    pub time_zone: TimeZone,
}
