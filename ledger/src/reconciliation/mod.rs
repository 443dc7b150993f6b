//! Three sides of the same money: the log, the read models, and what a provider states.
//!
//! Pure: lines of a statement, movements out of the log and rows of read models go in;
//! differences come out, each of one class and under a key of its own, in whatever order the
//! lines came. Finding a difference twice is finding it once.
//!
//! - `statement.rs`: the provider's side.
//! - `facts.rs`, `hearing.rs`, `standing.rs`, `movement.rs`: the log's, folded from its events.
//! - `matching.rs`: which line is which movement: by the provider's ids, by the payment or
//!   invoice they are linked with, and at last by the amount, where only one fits on both sides.
//! - `compare.rs`, `rows.rs`: what does not agree with the statement, with the read models.
//! - `propose.rs`: the entries that payouts and fees of a statement ask for
//!   (`vectors/journal-entries.json` A7).
//!
//! Payouts and fees that are not in the books yet are proposals, not differences: the statement
//! is how we learn of them.

mod compare;
mod difference;
mod facts;
mod hearing;
mod matching;
mod movement;
mod propose;
mod rows;
mod standing;
mod statement;
#[cfg(test)]
mod tests;

pub use compare::{Comparison, Terms, compare};
pub use difference::{Between, Class, Difference, Item, Side};
pub use facts::{Facts, InvoiceFigures, OpenItem, PaymentFigures};
pub use movement::{Movement, MovementState};
pub use propose::{Proposal, entry_id, propose};
pub use rows::{InvoiceRow, PaymentRow, compare_rows};
pub use statement::{Line, LineKind, LineStatus, NamedLine, Statement};
