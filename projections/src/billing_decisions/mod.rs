//! **Question:** what was decided about statements, and why?
//!
//! - **Rule:** one row per decision, as it was told; what came of it is read from the delivery or
//!   the statement that it led to.
//! - **Table:** `billing_decisions`; contract S4.4.
//! - **Unit:** confidence in hundredths of a percent.
//! - **Fed by:** `billing.statement.decided`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::BillingDecisions;
pub use query::{Entry, Outcome, list};
pub use rows::Row;
