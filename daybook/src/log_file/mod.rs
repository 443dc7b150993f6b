//! An org's log as a file that proves itself: newline-delimited JSON.
//!
//! 1. The first line is the header: format, org, positions, and how the rest is to be read.
//! 2. Then one line for each event, oldest first, with every column that is hashed. Payload and
//!    metadata stand as the very bytes that are stored, so that a reader can hash them again.
//! 3. The last line is the trailer: how many events, and the root of the RFC 6962 tree over
//!    their leaf hashes.
//!
//! There is one way to write each line, and a reader accepts no other: a file in which a single
//! byte differs is damaged, even where JSON would not mind.

pub(crate) mod line;
mod reader;
mod writer;

pub use reader::{Damage, LogFile};
pub use writer::{Written, write};

/// The name of the format, with its version.
pub const FORMAT: &str = "daybook.log.v1";

#[cfg(test)]
mod tests;
