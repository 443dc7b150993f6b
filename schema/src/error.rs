//! Why the schema is not what it should be.

/// A failure to read or to change the schema.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A migration failed, or the history in the database is not the one in this program.
    #[error("cannot migrate the schema: {detail}")]
    Migration {
        /// Which migration, and what PostgreSQL said about it.
        detail: String,
        /// The migration library's own error.
        source: Box<refinery::Error>,
    },
    /// A newer program has migrated this database.
    #[error("the schema is at version {applied} and this program knows it up to {known}")]
    Newer {
        /// Version of the database.
        applied: i32,
        /// Latest version in this program.
        known: i32,
    },
    /// A statement of ours failed.
    #[error("cannot read or change the schema")]
    Database(#[from] tokio_postgres::Error),
}

impl From<refinery::Error> for SchemaError {
    fn from(error: refinery::Error) -> Self {
        // The library's message names the migration; what is wrong with it is further down.
        let mut detail = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            let text = inner.to_string();
            if !detail.contains(&text) {
                detail.push_str(": ");
                detail.push_str(&text);
            }
            cause = inner.source();
        }
        Self::Migration { detail, source: Box::new(error) }
    }
}
