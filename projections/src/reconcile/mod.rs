//! **Question:** does the money agree with what invoices say of it?
//!
//! - **Rule:** funds decide. An invoice says paid and owes something, owes nothing and does not
//!   say paid, has something settled and does not say so, or says partial with nothing settled:
//!   each is a mismatch. Voided and written-off invoices are none; drafts are not here yet. What
//!   the status ought to be on a day is `ledger::invoice::status_by_funds`, the rule that
//!   reconciling applies.
//! - Payments that fit no invoice stand beside the invoices, since somebody owns them, until they
//!   go to an invoice or back to the payer.
//! - **Table:** `reconcile`, one row per issued invoice and per held payment; contract S2.13,
//!   S1.11.
//! - **Unit:** minor units.
//! - **Fed by:** every `billing.invoice.*` that issues, pays, refunds, credits, disputes or ends,
//!   `billing.subscription.payment_held` and `billing.subscription.held_payment_*`.

mod heard;
mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Reconcile;
pub use query::{Entry, Held, InvoiceEntry, Which, get, list};
pub use rows::{Kind, Mismatch, Row};
