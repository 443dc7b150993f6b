//! **Question:** which payments fit no invoice, how old are they, and what became of them?
//!
//! - **Rule:** a payment is open from the day it was received until it goes to an invoice or back
//!   to the payer; one that an invoice hands back is open again, with its old age.
//! - **Table:** `held_payments`, one row per payment; contract S1.11.
//! - **Unit:** minor units.
//! - **Fed by:** `billing.subscription.payment_held`, `billing.subscription.held_payment_*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::HeldPayments;
pub use query::{HeldPayment, Which, get, list};
pub use rows::{HeldStatus, Row};
