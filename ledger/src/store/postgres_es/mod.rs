//! An existing table of events, as postgres-es 0.5 keeps them, becomes the log of a new org.
//!
//! - `source.rs`: reads the table, in one snapshot, in an order that keeps every stream's own.
//! - `reading.rs`: what each row is here, or why it is nothing.
//! - `survey.rs`: all of it read once: digest, counts, and everything that is wrong.
//! - `bringing.rs`: the survey's rows, appended.
//!
//! # Resumable, not atomic
//!
//! A log of millions of events fits in no transaction. The import therefore begins with an event
//! that carries the digest and the number of the rows, goes on in steps whose command ids follow
//! from that digest, and ends with an event that counts what came of it. After an interruption
//! the same command goes on where it was; a source that has changed since has another digest and
//! is refused. Until the last event is there, the import says of itself that it is not finished.
//!
//! # Order
//!
//! The table has an order within each stream and none across them. Rows come by the time their
//! metadata gives them, then by document number, then by stream; never against the order of
//! their own stream.

mod bringing;
mod reading;
mod source;
mod survey;

pub use bringing::{Brought, bring_in};
pub use reading::{Mapping, Unreadable, readable};
pub use source::{Source, SourceRow, SourceTable};
pub use survey::{Survey, survey};

use super::{ExecuteError, StoreError};
use crate::values::OrgId;

/// Why a table did not become a log.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The source cannot be read.
    #[error("the source table cannot be read")]
    Source(#[from] tokio_postgres::Error),
    /// A name that cannot be one.
    #[error("{0:?} is not the name of a table or of a metadata field")]
    Name(String),
    /// The org is not registered.
    #[error("there is no org {0}")]
    UnknownOrg(OrgId),
    /// Only an empty log can be filled.
    #[error("org {org} has {events} events, and they are not those of this very import")]
    OrgHasEvents {
        /// Whose.
        org: OrgId,
        /// How many.
        events: i64,
    },
    /// A row that is nothing here.
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    /// The log could not be read.
    #[error("the log cannot be read")]
    Store(#[from] StoreError),
    /// A step was not carried out; what was done until then stays, and the import may go on.
    #[error("the import stopped at row {row}")]
    Step {
        /// The first row of the step.
        row: i64,
        /// Why.
        source: ExecuteError,
    },
}
