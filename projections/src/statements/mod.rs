//! **Question:** which statements are there, and what is due on each?
//!
//! - **Rule:** a statement's figures are those of its latest event; nothing is due on one that was
//!   taken back or replaced. It counts as approved by the agent when the agent finalized it, and
//!   as sent by whoever sent it first.
//! - **Table:** `statements`, one row per statement; contract S4.1, S4.10.
//! - **Unit:** minor units of `currency`.
//! - **Fed by:** every `billing.statement.*` that moves figures or states.

mod across_orgs;
mod metrics;
mod projector;
mod query;
mod rounds;
mod rows;
#[cfg(test)]
mod tests;

pub use across_orgs::{Activity, across_orgs};
pub use metrics::{Metrics, Share, metrics};
pub use projector::Statements;
pub use query::{Entry, Filter, ItemisedCharge, get, list, numbers};
pub use rounds::past_due;
pub use rows::Row;
