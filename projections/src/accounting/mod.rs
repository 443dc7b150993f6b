//! **Question:** what does an accountant's file say of the invoices of a period?
//!
//! - **Rule:** invoices issued in the period, by day, with the totals of their snapshots, the
//!   payments that succeeded and stand, and what is owed now.
//! - **Table:** none of its own: `tax_snapshot`, `invoices`, `payment_status`; contract S2.3.
//! - **Unit:** minor units of the invoice's currency.

mod query;

pub use query::{AccountingRow, After, rows};
