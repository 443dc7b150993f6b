//! The notary: it follows each org's log, keeps its tree in tiles and signs how far it goes.
//!
//! - `sign.rs`: whole tiles and a signed checkpoint. What is signed was recomputed from the
//!   events, and extends what was signed before. Several nodes may do it at once: the same log
//!   gives the same tiles and the same notes.
//! - `prove.rs`: proofs for a checkpoint, from a few reads. `kept.rs`: checkpoints as they are
//!   kept. `lag.rs`: which orgs have events that nobody signed yet. `published.rs`: which
//!   checkpoints have left the house.
//! - `inspect.rs`: whether tiles and checkpoints are those of the log, for `verify`.

mod error;
mod hashes;
mod inspect;
mod kept;
mod lag;
mod prove;
mod published;
mod sign;

pub use error::NotaryError;
pub use inspect::{Inspection, checkpoints_after, tiles_of_level};
pub use kept::{Kept, at, latest};
pub use lag::{Lag, lag, unsigned};
pub use prove::{Consistency, Inclusion, consistency, inclusion, inclusions, root_at};
pub use published::{note_told, told};
pub use sign::{Signers, sign_head};
