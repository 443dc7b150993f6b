//! What can go wrong with a command, and with the store.

use std::{error::Error, fmt, sync::Arc};

use serde_json::Value;
use uuid::Uuid;

use crate::{
    decide::{Refusal, RefusalKind},
    events::DecodeError,
};

/// The world breaking under the store.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A statement failed.
    #[error("the database failed while {operation}")]
    Database {
        /// What was being done.
        operation: &'static str,
        /// What the driver said.
        #[source]
        source: Arc<tokio_postgres::Error>,
    },
    /// No connection could be had.
    #[error("no database connection while {operation}")]
    Connection {
        /// What was being done.
        operation: &'static str,
        /// What the pool said.
        reason: String,
    },
    /// A stored event cannot be read.
    #[error("a stored event cannot be read")]
    Decode(#[source] Arc<DecodeError>),
    /// A row is not what the schema promises.
    #[error("a stored row is damaged: {0}")]
    Damaged(String),
    /// Roles, policies or keys are not as the store needs them.
    #[error("the store is set up wrongly: {0}")]
    Configuration(String),
    /// Sealing or opening failed.
    #[error("sealed data could not be {0}")]
    Sealing(&'static str),
}

impl StoreError {
    pub(crate) fn database(operation: &'static str) -> impl FnOnce(tokio_postgres::Error) -> Self {
        move |source| Self::Database { operation, source: Arc::new(source) }
    }

    pub(crate) fn pool<E: std::fmt::Display>(operation: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::Connection { operation, reason: error.to_string() }
    }

    /// The SQLSTATE, if the database gave one.
    pub fn sqlstate(&self) -> Option<&tokio_postgres::error::SqlState> {
        match self {
            Self::Database { source, .. } => source.code(),
            Self::Connection { .. }
            | Self::Decode(_)
            | Self::Damaged(_)
            | Self::Configuration(_)
            | Self::Sealing(_) => None,
        }
    }
}

impl From<DecodeError> for StoreError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Arc::new(error))
    }
}

/// Why a command was not carried out.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ExecuteError {
    /// The business said no.
    #[error("{0}")]
    Refused(Arc<dyn Refusal>),
    /// The stream is not at the version the caller saw.
    #[error("expected version {expected}, the stream is at {actual}")]
    VersionMismatch {
        /// What the caller expected.
        expected: i64,
        /// What is.
        actual: i64,
    },
    /// Others were faster every time; safe to retry.
    #[error("other commands were faster; nothing was done")]
    Conflict,
    /// The command id was used for something else.
    #[error("the idempotency key was used for another command")]
    KeyReused,
    /// No such org.
    #[error("unknown org")]
    UnknownOrg,
    /// Too much is waiting.
    #[error("too many commands are waiting; try again in {retry_after_seconds} s")]
    Busy {
        /// When to come back.
        retry_after_seconds: u32,
    },
    /// The stream has events that only a newer binary can read.
    #[error("this version of the program cannot read the stream")]
    NeedsUpgrade,
    /// The database went away at the moment of commit and did not come back in time.
    #[error("whether command {command_id} was carried out is not known")]
    Indeterminate {
        /// Ask again under this id.
        command_id: Uuid,
    },
    /// The decision panicked; nothing was done.
    #[error("the decision failed; nothing was done")]
    Panicked,
    /// The program is shutting down.
    #[error("the ledger is closing")]
    Closed,
    /// The store failed; nothing was done.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The refusal of one command among several: the same, and which one it was.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) index: usize,
    pub(super) refusal: Arc<dyn Refusal>,
}

impl fmt::Display for Placed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.refusal.fmt(formatter)
    }
}

/// The refusal itself is its source, for whoever looks for one of a kind.
impl Error for Placed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.refusal.as_ref())
    }
}

impl Refusal for Placed {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }

    fn kind(&self) -> RefusalKind {
        self.refusal.kind()
    }

    fn details(&self) -> Value {
        self.refusal.details()
    }

    fn target(&self) -> Option<usize> {
        Some(self.index)
    }
}

impl<R: Refusal> From<R> for ExecuteError {
    fn from(refusal: R) -> Self {
        Self::Refused(Arc::new(refusal))
    }
}
