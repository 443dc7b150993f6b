//! Why the private PostgreSQL could not be had, in words that say what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// A failure to find, initialise, start, adopt, reach or stop the private cluster.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// The machine has no PostgreSQL server programs.
    #[error(
        "no PostgreSQL server programs (initdb, pg_ctl, postgres) in PATH, in the folder that \
         pg_config names, or in /usr/lib/postgresql/*/bin: install the package `postgresql` \
         (Debian, Ubuntu) or `postgresql-server` (Fedora), or set DATABASE_URL"
    )]
    NoBinaries,
    /// We are root, PostgreSQL refuses to be root, and there is nobody to become.
    #[error(
        "PostgreSQL does not run as root and this machine has no user `postgres` to run it as: \
         install the package `postgresql`, or start daybook as an ordinary user"
    )]
    NoServiceUser,
    /// The folder holds a cluster, or a running server, that this data folder did not make.
    #[error("{} belongs to another PostgreSQL and is left alone: {reason}", folder.display())]
    Foreign {
        /// The folder in question.
        folder: PathBuf,
        /// What gave it away.
        reason: String,
    },
    /// The data were written by a major version whose programs are not installed.
    #[error(
        "the data in {} were written by PostgreSQL {found}, and only {installed} is installed: \
         install the package `postgresql-{found}`, or dump and restore",
        folder.display()
    )]
    OtherVersion {
        /// The folder of the data.
        folder: PathBuf,
        /// Major version that wrote them.
        found: String,
        /// Major versions that are installed, for reading.
        installed: String,
    },
    /// A setting that cannot be written to a configuration file.
    #[error("PostgreSQL setting {name:?} has a name or value that cannot be written to its file")]
    Setting {
        /// The setting's name as given.
        name: String,
    },
    /// One of PostgreSQL's own programs failed.
    #[error("{program} failed: {output}")]
    Program {
        /// `initdb`, `pg_ctl start` or `pg_ctl stop`.
        program: &'static str,
        /// What it, or the server's log, said last.
        output: String,
    },
    /// A server of ours is there and does not answer in time.
    #[error("the PostgreSQL in {} has not answered within {waited_s} s", folder.display())]
    Silent {
        /// The folder of the data.
        folder: PathBuf,
        /// How long we waited, in seconds.
        waited_s: u64,
    },
    /// The server refused a connection or a statement.
    #[error("cannot use the private PostgreSQL")]
    Database(#[from] tokio_postgres::Error),
    /// A file or folder could not be read, written or handed over.
    #[error("cannot {doing} {}", path.display())]
    File {
        /// What we were doing, as a verb.
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ClusterError {
    /// For `map_err`: names the operation and keeps its source.
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::File { doing, path, source }
    }

    /// A refusal to touch what is not ours.
    pub(crate) fn foreign(folder: &Path, reason: impl Into<String>) -> Self {
        Self::Foreign { folder: folder.to_path_buf(), reason: reason.into() }
    }
}
