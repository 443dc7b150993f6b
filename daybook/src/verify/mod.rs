//! Proving logs: of the live database and of exports.
//!
//! What the log itself says is judged by `ledger::proof`, the same for both. Of the live database
//! we also ask whether heads, number series and command records agree with it.

mod database;
mod expected;
mod file;
mod verdict;

pub use database::database;
pub use expected::Expected;
pub use file::file;
pub use verdict::{DAMAGED, Outcome, PROVED, UNWITNESSED, Verdict, exit_code};
