//! What a caller hears when it did not work: problem+json (RFC 9457).
//!
//! This folder is the one place that chooses status codes. To add a problem without figures: one
//! line in `plain.rs`. A refusal of the ledger needs no line here: it brings its own code.

mod kinds;
mod plain;
mod problem;
mod status;
#[cfg(test)]
mod tests;
mod unfit;

pub use kinds::ApiError;
pub use plain::Plain;
pub use problem::PROBLEM_JSON;
pub(crate) use unfit::Unfit;
