//! **Question:** who owes us since when?
//!
//! - **Rule:** what account 1100 says of each invoice on a business day, in buckets by days past
//!   the due date: day 0 is current. A balance below zero keeps its sign in its invoice's bucket;
//!   unapplied credit stands apart. Buckets and what was booked by hand sum to the account.
//! - **Table:** none of its own: `journal` beside the due dates of `invoices`; contract S1.10.
//! - **Unit:** minor units of the invoices' currencies.
//! - **Source:** `vectors/ar-aging.json`.

mod bucket;
mod query;
#[cfg(test)]
mod tests;

pub use bucket::Bucket;
pub use query::{After, AgedInvoice, Aging, aging, invoices};
