//! What one thing is made of, as a file that proves itself: newline-delimited JSON.
//!
//! 1. The first line is the header: what it is about, how many events, and the signed checkpoint
//!    of the log that they are in.
//! 2. Then one line for each event, by position, as an export has it (`log_file/`), with the
//!    hashes that prove it to be in that log.
//! 3. The last line is the trailer: what the events come to, and which read models worked it out.
//!
//! - `about.rs`: what belongs in it. `gather.rs`, `write.rs`: making one.
//! - `line.rs`: the lines. `check.rs`: reading one and believing nothing. `totals.rs`: the totals.
//!
//! A bundle shows that its events are in the log, unchanged, and that none is missing before the
//! last one of each stream; of a month, that none is missing at all. It cannot show that nothing
//! happened to a stream after the last event that it holds.

mod about;
mod check;
mod gather;
mod line;
mod totals;
mod write;

pub use about::About;
pub use check::{Checked, Damage, check};
pub use write::{Written, write};

/// The name of the format, with its version.
pub const FORMAT: &str = "daybook.bundle.v1";

#[cfg(test)]
mod tests;
