//! Somebody takes files that were made for them.

use time::OffsetDateTime;
use uuid::Uuid;

use super::mail::Carrying;
use crate::values::OrgId;

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Which attempt's message; the same at every attempt, so that the receiver can tell.
    pub id: Uuid,
    /// Whose.
    pub org: OrgId,
    /// What it is called.
    pub file_name: String,
    /// What it is, as `Content-Type` says it.
    pub media_type: &'static str,
    /// All of it.
    pub bytes: Vec<u8>,
    /// SHA-256 of it.
    pub sha256: Vec<u8>,
}

/// Takes files.
pub trait ExportReceiver: Send + Sync {
    /// Hands a file over; `now` dates the signature.
    fn hand_over<'a>(&'a self, parcel: &'a Parcel, now: OffsetDateTime) -> Carrying<'a>;
}
