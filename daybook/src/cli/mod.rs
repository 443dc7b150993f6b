//! What can be typed. `--help` is written here, as the comments of what it explains.
//!
//! - `command.rs`: the words. `checkpoints.rs`, `databases.rs`, `imports.rs`, `logs.rs`, `orgs.rs`,
//!   `reconcile.rs`: what may follow some of them.
//! - `values.rs`: values that have a syntax of their own.

mod checkpoints;
mod command;
mod databases;
mod imports;
mod logs;
mod orgs;
mod reconcile;
mod values;

pub use checkpoints::{Bundle, CheckpointsCommand, Concerning};
pub use command::{Cli, Command, Demo, JobsCommand};
pub use databases::{DatabaseCommand, ErasuresCommand};
pub use imports::{CsvImport, ImportCommand, LogImport, PostgresEsImport};
pub use logs::{Erase, Export, Person, Rebuild, Replay, Until, Verify};
pub use orgs::{KeyCommand, OrgCommand, OrgCreate};
pub use reconcile::{Provider, Reconcile};
pub use values::day;
