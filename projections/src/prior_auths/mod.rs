//! **Question:** what does a payer allow for a patient, and how much of it is left?
//!
//! - **Rule:** units left are those approved less those drawn by claim lines that stand; lines
//!   that cannot have theirs yet wait; what is good ends with its last day.
//! - **Table:** `prior_auths`, one row per authorization; contract S0.7.
//! - **Unit:** the payer's billing units, as decimal text.
//! - **Fed by:** `billing.prior_auth.*`.

mod begin;
mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::PriorAuths;
pub use query::{Authorization, expiring, get, of_patient};
pub use rows::Row;
