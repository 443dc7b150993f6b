//! **Question:** whose demographics are asked for, since when, and what came?
//!
//! - **Rule:** one row per patient: the latest request. It is open while it is requested or
//!   overdue.
//! - **Table:** `facesheets`, one row per patient; contract S0.6.
//! - **Unit:** calendar days; demographics as codes.
//! - **Fed by:** every `billing.facesheet.*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Facesheets;
pub use query::{Entry, Filter, due_before, get, list};
pub use rows::Row;
