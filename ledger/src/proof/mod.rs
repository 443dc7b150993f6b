//! Whether a log is what it says it is.
//!
//! 1. `tree.rs`: the RFC 6962 tree over the leaf hashes; its root stands for the whole log.
//! 2. `log.rs`: follows a log event by event and stops at the first one that cannot be.
//!
//! Both are pure: the live database, an export and a bundle are judged by the same code. A sound
//! log may still have been rewritten as a whole or cut at its end: only a root that somebody else
//! has kept can tell (`ARCHITECTURE.md`, "Proof").

mod log;
mod tree;

pub use log::{Finding, Flaw, LogCheck, is_intact, numbered};
pub use tree::Tree;
