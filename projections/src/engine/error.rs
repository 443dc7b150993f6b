//! What can go wrong under the engine.

use std::sync::Arc;

use ledger::{
    DecodeError,
    store::{ExecuteError, StoreError},
    values::OrgId,
};
use tokio_postgres::error::SqlState;

use super::history::Preparing;

/// The world breaking under the engine, or a request that cannot be met.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A statement failed.
    #[error("the database failed while {operation}")]
    Database {
        /// What was being done.
        operation: &'static str,
        /// What the driver said.
        source: tokio_postgres::Error,
    },
    /// No connection could be had.
    #[error("no database connection while {operation}")]
    Connection {
        /// What was being done.
        operation: &'static str,
        /// What the pool said.
        reason: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored event cannot be read.
    #[error("event {position} of org {org} cannot be read")]
    Decode {
        /// Whose.
        org: OrgId,
        /// Which.
        position: i64,
        /// What the reader said.
        source: DecodeError,
    },
    /// A newer program keeps this model here: this one must not write it.
    #[error("{model} of org {org} is kept by a newer version of the program")]
    NeedsUpgrade {
        /// Whose.
        org: OrgId,
        /// Which.
        model: String,
    },
    /// No read model of this name.
    #[error("there is no read model called {model}")]
    UnknownModel {
        /// What was asked for.
        model: String,
    },
    /// A read model could not digest an event.
    #[error("{model} cannot digest event {position} of org {org}: {reason}")]
    Poison {
        /// Whose.
        org: OrgId,
        /// Which model.
        model: String,
        /// Which event.
        position: i64,
        /// What it said.
        reason: String,
    },
    /// The log did not take what it has to keep of a switch.
    #[error("the switch of {model} of org {org} could not be recorded")]
    NotRecorded {
        /// Whose.
        org: OrgId,
        /// Which.
        model: String,
        /// What the ledger said.
        source: Box<ExecuteError>,
    },
    /// It was told to stop.
    #[error("stopped before it was done")]
    Aborted,
    /// The past is still being folded; ask again.
    #[error("answer {} is being prepared", .0.id)]
    Preparing(Preparing),
    /// Several asked, and it came to nothing for all of them.
    #[error(transparent)]
    Shared(Arc<EngineError>),
    /// All places for answers of the past are taken.
    #[error("too many answers of the past at a time")]
    TooManyAnswers,
    /// A read model that had more rows than an answer of the past may hold.
    #[error("{model} had more than {rows} rows")]
    TooLarge {
        /// Which.
        model: &'static str,
        /// How many it may have.
        rows: usize,
    },
    /// Somebody else works on the same rows.
    #[error("{model} of org {org} is being rebuilt by somebody else")]
    Contended {
        /// Whose.
        org: OrgId,
        /// Which.
        model: String,
    },
}

impl EngineError {
    pub(crate) fn database(operation: &'static str) -> impl FnOnce(tokio_postgres::Error) -> Self {
        move |source| Self::Database { operation, source }
    }

    pub(crate) fn pool<E: std::fmt::Display>(operation: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::Connection { operation, reason: error.to_string() }
    }

    /// What a read model said of an event that it could not digest.
    pub(crate) fn poison(org: OrgId, model: &str, position: i64, reason: String) -> Self {
        Self::Poison { org, model: model.to_owned(), position, reason }
    }

    /// Whether the same attempt may succeed later: connections, conflicts, a server that is
    /// short of something. Such errors are retried and never park anything.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Database { source, .. } => transient(source),
            Self::Store(StoreError::Database { source, .. }) => transient(source),
            Self::Connection { .. } | Self::Store(StoreError::Connection { .. }) => true,
            Self::Shared(error) => error.is_transient(),
            Self::Store(
                StoreError::Decode(_)
                | StoreError::Damaged(_)
                | StoreError::Configuration(_)
                | StoreError::Sealing(_),
            )
            | Self::Decode { .. }
            | Self::NeedsUpgrade { .. }
            | Self::UnknownModel { .. }
            | Self::Poison { .. }
            | Self::NotRecorded { .. }
            | Self::Aborted
            | Self::Preparing(_)
            | Self::TooManyAnswers
            | Self::TooLarge { .. }
            | Self::Contended { .. } => false,
        }
    }
}

fn transient(error: &tokio_postgres::Error) -> bool {
    let Some(code) = error.code() else {
        // No SQLSTATE: the connection broke, unless the driver could not convert a value.
        return error.is_closed() || std::error::Error::source(error).is_some_and(is_io);
    };
    let class = code.code().get(..2).unwrap_or_default();
    // 08 connection, 53 out of resources, 57 operator intervention, 58 system error.
    matches!(class, "08" | "53" | "57" | "58")
        || [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::LOCK_NOT_AVAILABLE,
            SqlState::IN_FAILED_SQL_TRANSACTION,
            SqlState::READ_ONLY_SQL_TRANSACTION,
            SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        ]
        .contains(code)
}

fn is_io(source: &(dyn std::error::Error + 'static)) -> bool {
    source.is::<std::io::Error>()
}
