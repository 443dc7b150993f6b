//! What can be typed about the database itself.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Subcommand;

/// `daybook database`
#[derive(Debug, Subcommand)]
pub enum DatabaseCommand {
    /// Run a program beside the private PostgreSQL, with PGHOST, PGPORT, PGUSER, PGPASSWORD and
    /// PGDATABASE set to reach it as its owner, and its own programs first in PATH.
    ///
    /// The schema is not touched: `daybook database exec -- psql`. The server is started if it is
    /// not running, and stopped afterwards unless somebody else uses it.
    Exec {
        /// The program and its arguments, after `--`.
        #[arg(required = true, last = true)]
        program: Vec<OsString>,
    },
    /// Print the version of the schema that this program needs.
    Version,
}

/// `daybook erasures`
#[derive(Debug, Subcommand)]
pub enum ErasuresCommand {
    /// Print every erasure, one JSON object a line: keep it outside the backups.
    List,
    /// Erase again everybody on a list whom a restore has brought back.
    Apply {
        /// What `erasures list` printed.
        file: PathBuf,
    },
}
