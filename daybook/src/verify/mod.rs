//! Proving logs: of the live database and of exports.
//!
//! What the log itself says is judged by `ledger::proof`, the same for both. Of the live database
//! we also ask whether heads, number series, command records, tiles and checkpoints agree with it.

mod bundle;
mod database;
mod expected;
mod file;
mod held;
mod kept;
mod verdict;

pub use database::database;
pub use expected::Expected;
pub use file::file;
pub use held::held;
pub use verdict::{DAMAGED, Outcome, PROVED, Tree, UNWITNESSED, Verdict, exit_code};
