//! **Question:** which claims is a payment of a payer for, and which of them cannot be posted?
//!
//! - **Rule:** each waits until it is posted to its claim; one that could not be posted says why.
//! - **Table:** `remittance_claims`, one row per claim of a payment.
//! - **Unit:** minor units of the payment's currency.
//! - **Fed by:** `billing.remittance.claim_*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::RemittanceClaims;
pub use query::{Part, of_payment};
pub use rows::{Row, Stands};
