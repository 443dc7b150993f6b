//! What the founder lets the agent do with patients' statements (sole-biller mode), one stream
//! per org.
//!
//! # The rule
//!
//! 1. Without a word of the founder nothing is delegated: `enabled` is false.
//! 2. A change names some settings and leaves the others; the event carries the whole result.
//! 3. The hard boundaries are a closed list. Five stand for good, whatever is configured; the
//!    founder may add the others, and nobody takes one away.
//! 4. Amounts are in one currency. A statement in another one is beyond the delegation.
//! 5. Credentials are sealed and never told again.
//!
//! The boundaries are enforced where money is decided, by the statement itself; this aggregate
//! only says what they are.

mod aggregate;
mod boundary;
mod command;
mod error;
mod event;
mod terms;
#[cfg(test)]
mod tests;

pub use aggregate::{Credentials, Delegation};
pub use boundary::HardBoundary;
pub use command::*;
pub use error::DelegationError;
pub use event::*;
pub use terms::Terms;

use crate::values::{DelegationId, OrgId};

/// The org's one delegation.
pub fn delegation_id(org: OrgId) -> DelegationId {
    DelegationId::derived(org, "delegation", "sole_biller")
}
