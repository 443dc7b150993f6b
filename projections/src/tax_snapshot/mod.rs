//! **Question:** which taxes did each invoice carry when it was issued?
//!
//! - **Rule:** everything is fixed at issue and never worked out again from later settings; the
//!   basis is the effective rate of the stored amounts. A voided invoice keeps its row, marked.
//! - **Table:** `tax_snapshot`, one row per issued invoice; contract S2.14.
//! - **Unit:** minor units; the basis is a fraction with six decimal places.
//! - **Fed by:** `billing.invoice.issued`, `billing.invoice.canceled`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::TaxSnapshot;
pub use query::{Snapshot, TaxSums, get, list, sums};
pub use rows::Row;
