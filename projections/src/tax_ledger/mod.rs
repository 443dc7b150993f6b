//! **Question:** which tax was charged and taken back, by law, name and rate, on which day?
//!
//! - **Rule:** every movement of tax is a row, with the amounts of its event: what an invoice's
//!   snapshot says at issue, what a credit note, a refund or a void takes back, and what undoing
//!   one gives again. Older refunds and voids say how much tax they cut, not of which kind: those
//!   take from what is left of their own invoice's taxes, in proportion, by largest remainder
//!   ([`whole`]). A rate that is configured later changes nothing here.
//! - **Table:** `tax_ledger`, keyed by position and line; contract S2.14.
//! - **Unit:** minor units of the invoice's currency; taken back is below zero.
//! - **Fed by:** `billing.invoice.issued`, `.canceled`, `.credit_note_*`, `.refund_created` and
//!   `.refund_canceled`.

mod movement;
mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use movement::{Movement, whole};
pub use projector::TaxLedger;
pub use query::{GstLine, gst};
pub use rows::{Kind, Row};
