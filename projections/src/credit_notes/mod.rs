//! **Question:** which credit notes are there, and what came of them?
//!
//! - **Rule:** one row per credit note, with the amounts that its event carries. A voided one keeps
//!   its number and says when and why it was voided.
//! - **Table:** `credit_notes`, one row per credit note; contract S1.10, S2.14.
//! - **Unit:** minor units of the invoice's currency.
//! - **Fed by:** `billing.invoice.credit_note_issued`, `billing.invoice.credit_note_voided`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::CreditNotes;
pub use query::{CreditNote, Taken, Void, get, list, taken_back};
pub use rows::Row;
