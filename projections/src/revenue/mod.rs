//! **Question:** what was billed ahead, and how much of it is earned, taken back, or still to earn?
//!
//! - **Rule:** billed = recognised + deferred + cut, always. An item type of an invoice has one
//!   schedule for each stretch of service; the row holds their progress, and what is still to earn
//!   is spread by `ledger::invoice::Progress`, the arithmetic of the decisions. Where a credit note
//!   names lines of one item type with several stretches, its cut is shared among them in
//!   proportion until the next recognition says it exactly.
//! - **Table:** `revenue`, one row per invoice and item type; contract S1.10.
//! - **Unit:** minor units of the invoice's currency.
//! - **Source:** `vectors/revenue-recognition.json`.
//! - **Fed by:** the invoice events that issue, recognise, credit, refund and void.

mod forecast;
mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use forecast::{DeferredMonth, deferred_schedule};
pub use projector::Revenue;
pub use query::{After, Ahead, Totals, list, of_invoice, totals};
pub use rows::Row;
