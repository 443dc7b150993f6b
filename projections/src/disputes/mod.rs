//! **Question:** which payments are disputed, and how did disputes end?
//!
//! - **Rule:** a dispute is open from the day the bank withdrew the funds until it is won or lost.
//! - **Table:** `disputes`, one row per dispute; contract S1.11.
//! - **Unit:** minor units of the invoice's currency.
//! - **Fed by:** `billing.invoice.dispute_*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Disputes;
pub use query::{Dispute, Filter, get, list};
pub use rows::{DisputeStatus, Row};
