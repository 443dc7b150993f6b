//! A payment provider states in a file what it did with our money.

use std::io::Read;

use crate::reconciliation::Statement;

/// Bad lines that are told one by one; the rest is counted.
pub const TOLD: usize = 100;

/// A provider whose statements can be read.
pub trait StatementReader: Send + Sync {
    /// The provider's name, as in `provider_links`: for example `stripe`.
    fn provider(&self) -> &'static str;

    /// Reads a statement as a stream; `heard` is told now and then how many lines were read.
    ///
    /// # Errors
    ///
    /// [`StatementError`]; then nothing of the statement may be used.
    fn read(
        &self,
        source: &mut dyn Read,
        heard: &mut dyn FnMut(i64),
    ) -> Result<Statement, StatementError>;
}

/// Why a statement cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// The file cannot be read.
    #[error("the statement cannot be read")]
    Io(#[from] std::io::Error),
    /// There is nothing in it.
    #[error("the statement is empty")]
    Empty,
    /// Neither of the forms that are read here.
    #[error("{0}")]
    Form(String),
    /// Columns that are needed are not there.
    #[error("the statement has no column {}", .0.join(", no column "))]
    Columns(Vec<&'static str>),
    /// More than is read in one go.
    #[error("the statement has more than {most} {of}")]
    TooLarge {
        /// How much is read.
        most: u64,
        /// Of what.
        of: &'static str,
    },
    /// Lines that cannot be read: all are counted, the first are told.
    #[error("{total} lines of the statement cannot be read")]
    Lines {
        /// How many.
        total: u64,
        /// The first of them.
        told: Vec<BadLine>,
    },
}

/// A line that cannot be read. What stands in it is not repeated: it may be about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1, the header included; in a JSON list the number of the entry.
    pub line: u64,
    /// Which column, as the header spells it; nothing where the whole line is wrong.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: String,
}
