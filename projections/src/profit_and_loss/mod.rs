//! **Question:** what was earned and spent in a period?
//!
//! - **Rule:** revenue accounts less what cuts them, less expenses, from the journal by business
//!   day: what is earned, not what is billed. What was billed stands beside it, from the snapshots
//!   of the invoices issued in the period and the credit notes issued and voided in it.
//! - **Table:** none of its own: `journal`, `tax_snapshot`, `credit_notes`; contract S2.14.
//! - **Unit:** minor units, one answer per currency.

mod query;

pub use query::{AccountAmount, Billed, ProfitAndLoss, profit_and_loss};
