//! **Question:** who pays in instalments, and do they keep to it?
//!
//! - **Rule:** one row per plan that was offered, with its instalments.
//! - **Table:** `payment_plans`; contract S4.5, S4.8.
//! - **Unit:** minor units of `currency`.
//! - **Fed by:** `billing.statement.plan_*` and `…instalment_*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::PaymentPlans;
pub use query::{Entry, get, in_instalments, list};
pub use rows::{InstalmentState, Row};
