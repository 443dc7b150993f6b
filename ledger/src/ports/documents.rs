//! Somebody prints papers.

use crate::documents::{InvoiceDocument, StatementDocument};

/// Prints papers as PDF.
pub trait Press: Send + Sync {
    /// An invoice. The same document gives the same bytes.
    ///
    /// # Errors
    ///
    /// [`Unprintable`].
    fn invoice(&self, document: &InvoiceDocument) -> Result<Vec<u8>, Unprintable>;

    /// A statement. The same document gives the same bytes.
    ///
    /// # Errors
    ///
    /// [`Unprintable`].
    fn statement(&self, document: &StatementDocument) -> Result<Vec<u8>, Unprintable>;
}

/// The press could not make a file of it; what it said, without any word of the paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the press made no file: {0}")]
pub struct Unprintable(pub String);
