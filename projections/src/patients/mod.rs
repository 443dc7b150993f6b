//! **Question:** which patients is the org billed for, and since when?
//!
//! - **Rule:** a patient is active from the plan's being sent until deactivated, and again from
//!   the next activation; the last billed cycle is the latest one, in whatever order.
//! - **Table:** `patients`, one row per patient; contract S1.3.
//! - **Fed by:** every `billing.patient_activation.*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Patients;
pub use query::{Patient, active_count, get, list};
pub use rows::Row;
