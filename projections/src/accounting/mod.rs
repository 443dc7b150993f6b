//! **Question:** what was billed in a stretch of days, and what came of it, invoice by invoice?
//!
//! - **Rule:** totals are those fixed at issue (or taken over from another system); payments are
//!   those that succeeded and stand; balances are the invoice's own. Drafts are left out.
//! - **Table:** none of its own; `invoices` and `payment_status` at one position; contract S2.3.
//! - **Unit:** minor units of the invoice's currency.

mod csv;
mod query;

pub use csv::{FORMULA_STARTS, HEADER, header, lines};
pub use query::{Billed, Filter, list, open};
