//! Switches that somebody wanted in spite of differences.

use serde::{Deserialize, Serialize};

use crate::{import::Digest, values::Code};

events! {
    /// Switches that somebody wanted in spite of differences.
    pub enum SwitchEvent {
        /// A table took over although it says something else than the one that answered.
        Forced(Forced) = "billing.switch.forced" @ 1;
    }
}

/// See [`SwitchEvent::Forced`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forced {
    /// Rows that differ.
    pub differences: i64,
    /// SHA-256 over all of them, in order: what was looked at is what was accepted.
    pub digest: Digest,
    /// The read model.
    pub model: Code,
    /// The position at which the two were compared.
    pub position: i64,
    /// Why it is to answer all the same.
    pub reason_code: Code,
    /// The table that answers from now on: `a` or `b`.
    pub slot: Code,
}
