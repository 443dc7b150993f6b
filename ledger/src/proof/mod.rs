//! Whether a log is what it says it is.
//!
//! 1. `tree.rs`: the RFC 6962 tree over the leaf hashes; its root stands for the whole log.
//! 2. `log.rs`: follows a log event by event and stops at the first one that cannot be.
//! 3. `node.rs`, `tile/`: which hashes a proof is made of, and the tiles that they are kept in.
//! 4. `check.rs`: that a leaf is in a tree, and that a tree begins with an older one.
//! 5. `note/`, `key.rs`: signed checkpoints, and the keys that sign them.
//!
//! All are pure: the live database, an export and a bundle are judged by the same code. A sound
//! log may still have been rewritten as a whole or cut at its end: only a root that somebody else
//! has kept can tell (`ARCHITECTURE.md`, "Proof").

mod check;
mod key;
mod log;
mod node;
mod note;
mod tile;
mod tree;

pub use check::{extends, includes};
pub use key::{CheckpointKey, KeyError, VerifierKey};
pub use log::{Finding, Flaw, LogCheck, is_intact, numbered};
pub use node::{Node, Plan};
pub use note::{Checkpoint, NoteError, open, sign, unverified};
pub use tile::{Shelf, Span, Tile, Tiler, WIDTH, width_of};
pub use tree::Tree;
