//! **Question:** where does each claim stand, and who owes what of it?
//!
//! - **Rule:** `insurance balance + patient balance = charge − insurance paid − adjustments −
//!   patient payments`, as the events say. What an answer neither pays nor takes off is denied,
//!   for as long as the answer stands.
//! - **Table:** `claims`, one row per claim; content, answers and decisions as JSON.
//! - **Unit:** minor units of the claim's currency.
//! - **Fed by:** `billing.claim.*`.

mod answers;
mod begin;
mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use answers::written;
pub use answers::{Given, PostedAnswer};
pub use projector::Claims;
pub use query::{Claim, Filter, content, get, list};
pub use rows::Row;
