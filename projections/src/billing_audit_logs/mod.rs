//! **Question:** what did the agent and the founder do with statements, in order?
//!
//! - **Rule:** one entry per act. Its words are made when it is read: what is about a person in
//!   them stays sealed here (contract S4.12).
//! - **Table:** `billing_audit_logs`, one row per act; contract S4.7.
//! - **Unit:** minor units of `currency`.
//! - **Fed by:** `billing.statement.*` that somebody decided on; news is not an act.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::BillingAuditLogs;
pub use query::{EXECUTED_BY, Entry, list};
pub use rows::{Act, Row};
