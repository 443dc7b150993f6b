//! What keeps the notary from signing or proving.

use crate::{
    proof::{KeyError, NoteError},
    store::StoreError,
};

/// What keeps the notary from signing or proving.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NotaryError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log is not what it ought to be; nothing is signed any more until somebody has looked.
    #[error("position {position}: {what}")]
    Damaged {
        /// Where.
        position: i64,
        /// What is wrong.
        what: &'static str,
    },
    /// The last checkpoint is not believed.
    #[error("the checkpoint at {size} is not believed")]
    Checkpoint {
        /// Where.
        size: i64,
        /// Why.
        #[source]
        source: NoteError,
    },
    /// A key of the settings cannot be used.
    #[error("the key cannot be used")]
    Key(#[from] KeyError),
    /// No checkpoint goes as far as what is asked about.
    #[error("position {asked} asked, and checkpoints are signed up to {signed}")]
    NotSigned {
        /// What was asked about.
        asked: i64,
        /// How far checkpoints go.
        signed: i64,
    },
    /// There is no such event, or no such tree.
    #[error("there is nothing at {asked}")]
    Unknown {
        /// What was asked about.
        asked: i64,
    },
}
