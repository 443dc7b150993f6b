//! **Question:** what does each invoice add up to, and where does it stand?
//!
//! - **Rule:** totals, standing and status are those that the events carry; nothing is worked
//!   out here but what was refunded, credited, disputed and given up in all. Voided invoices owe nothing.
//! - **Table:** `invoices` (`invoices_a`, `invoices_b`), one row per invoice; contract S1.2.
//! - **Unit:** minor units of the invoice's currency.
//! - **Fed by:** every `billing.invoice.*`.

mod begin;
mod projector;
mod query;
mod queue;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Invoices;
pub use query::{Filter, Invoice, by_status, falling_overdue, get, list};
pub use queue::{Due, Queue, queue};
pub use rows::Row;
