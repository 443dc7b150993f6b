//! **Question:** how much does the org use, and do recorded counters agree?
//!
//! - **Rule:** computed is the sum of what the facts count for (an operational fact carries by
//!   how much each count changed; a billed patient counts once in its cycle); drift is the
//!   recorded counter less computed, and unknown without a counter. Late facts are those
//!   recorded after their month had ended.
//! - **Table:** `usage_drift`, one row per metric and month; workers and storage, which are
//!   counted as they stand now, have one row each; contract S2.15.
//! - **Unit:** numbers of things; bytes for storage.
//! - **Fed by:** `billing.operation.*`, `billing.patient_activation.cycle_billed`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::UsageDrift;
pub use query::{Usage, of_month};
pub use rows::Row;
