//! **Question:** which periods are sealed, and who sealed or reopened them, at which position?
//!
//! - **Rule:** one row per closing and reopening; the last row says what is sealed now. What was
//!   booked up to the position of a closing is what that period looked like when it was sealed.
//! - **Table:** `periods`, keyed by position; contract S1.10.
//! - **Fed by:** `billing.books.period_closed`, `billing.books.period_reopened`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Periods;
pub use query::{Sealing, closed_through, history};
pub use rows::{Row, What};
