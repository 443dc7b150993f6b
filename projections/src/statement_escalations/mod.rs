//! **Question:** which statements are overdue, how far, and what was done?
//!
//! - **Rule:** one row per statement and level of the schedule; settled when the statement is
//!   paid, taken back or replaced.
//! - **Table:** `statement_escalations`; contract S4.5, S4.11.
//! - **Unit:** days past due; minor units of `currency`.
//! - **Fed by:** `billing.statement.escalated`, `…plan_offered`, `…sent`, `…paid`, `…voided`,
//!   `…superseded`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::StatementEscalations;
pub use query::{Entry, list};
pub use rows::{Resolution, Row};
