//! **Question:** what did payers pay, and what has become of each payment?
//!
//! - **Rule:** a payment is known by payer and trace. Each claim of it is posted, parked or still
//!   waiting; none is lost. Nothing of a payment that does not add up is taken in; what it counts
//!   as unbalanced are lines that were posted although only their claim adds up.
//! - **Table:** `remittances`, one row per payment.
//! - **Unit:** minor units of the payment's currency.
//! - **Fed by:** `billing.remittance.*`, `billing.claim.adjudicated`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Remittances;
pub use query::{Filter, Payment, get, list};
pub use rows::Row;
