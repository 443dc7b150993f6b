//! References to people that tell nothing about them.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Stands for a patient on an invoice line.
///
/// - **Unit:** `anon_` and 16 characters; HMAC-SHA256 of the patient id under the org's key.
/// - **Source:** contract S1.8. For internal tracking only; it never leaves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AnonymousRef(pub String);

impl fmt::Display for AnonymousRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Stands for a person whose data is kept sealed; names the key that opens it.
///
/// - **Unit:** UUID made from HMAC-SHA256 of the foreign id under the org's key.
/// - **Source:** `event-store.md` 3.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubjectRef(pub Uuid);

impl fmt::Display for SubjectRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
