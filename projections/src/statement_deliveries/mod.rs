//! **Question:** how was each statement sent, and did it arrive?
//!
//! - **Rule:** a delivery begins when it is handed over; whether it succeeded is not known before
//!   its carrier says so, and a bounce takes a success back.
//! - **Table:** `statement_deliveries`, one row per delivery; contract S4.11.
//! - **Unit:** instants; what a letter costs in minor units of `currency`.
//! - **Fed by:** `billing.statement.sent` and what is heard of deliveries.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::StatementDeliveries;
pub use query::{Entry, failing_over, get, history, list, of};
pub use rows::Row;
