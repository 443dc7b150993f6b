//! What happened to a person's data.

use serde::{Deserialize, Serialize};

use crate::values::{Code, SubjectRef};

events! {
    /// What happened to a person's data.
    pub enum SubjectEvent {
        /// The person's keys were destroyed; nothing sealed for them opens again.
        Erased(Erased) = "billing.subject.erased" @ 1;
    }
}

/// See [`SubjectEvent::Erased`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// Why.
    pub reason_code: Code,
    /// Whose data.
    pub subject: SubjectRef,
}
