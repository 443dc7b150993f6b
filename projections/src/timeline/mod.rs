//! **Question:** what happened to this, in order, and who did it?
//!
//! - **Rule:** every event is an entry of the invoice, patient, subscription, payment, books, claim or
//!   authorization it is about; a payment's events stand with the invoice and with the payment. An erasure stands
//!   with the patient. Entries hold ids, amounts, codes and states, no personal data.
//! - **Table:** `timeline`, one row per entry, read in pages; contract S2.23.
//! - **Fed by:** everything.

mod of_claim;
mod of_invoice;
mod of_statement;
mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Timeline;
pub use query::{Entry, MOST, after, of_subject};
pub use rows::{Related, Row, Subject};
