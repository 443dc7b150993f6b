//! **Question:** what is known of the bookings, teams, workers, photos, … of another system?
//!
//! - **Rule:** what was said latest of a thing counts; whatever was said, it is counted in
//!   `facts`. Usage counters are not things: `usage_drift` has them.
//! - **Table:** `operations`, one row per thing; contract S2.2. Names, notes and the other
//!   system's ids are kept sealed.
//! - **Unit:** `amount` is bytes, minutes or a score, as the kind has it.
//! - **Fed by:** `billing.operation.*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;
mod told;

pub use projector::Operations;
pub use query::{Thing, get, of_kind};
pub use rows::Row;
