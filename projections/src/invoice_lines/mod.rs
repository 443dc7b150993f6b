//! **Question:** what stands on an invoice?
//!
//! - **Rule:** a line stands until it is taken off. Lines with a configured rate have the
//!   invoice's `configured_rate`, all of them together; the column keeps the rate they came with.
//! - **Table:** `invoice_lines`, one row per line; contract S1.2.
//! - **Unit:** minor units of the invoice's currency.
//! - **Fed by:** `billing.invoice.line_added`, `billing.invoice.line_removed`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::InvoiceLines;
pub use query::{Line, of_invoice};
pub use rows::Row;
