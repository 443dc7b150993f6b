//! WHAT LEAVES THE HOUSE AND PROVES ITSELF: bundles, and the line of an event in them and in
//! exports of a whole log.
//!
//! A bundle is what one thing is made of, as a file: newline-delimited JSON.
//!
//! 1. The first line is the header: what it is about, how many events, and the signed checkpoint
//!    of the log that they are in.
//! 2. Then one line for each event, by position, as an export has it, with the hashes that prove
//!    it to be in that log.
//! 3. The last line is the trailer: what the events come to, and which read models worked it out.
//!
//! - `about.rs`: what belongs in it. `gather.rs`, `make.rs`: making one, for the program's
//!   command and for the API alike.
//! - `event_line.rs`: an event. `line.rs`: the lines. `check.rs`: reading a bundle and believing
//!   nothing. `totals.rs`: the totals.
//!
//! A bundle shows that its events are in the log, unchanged, and that none is missing before the
//! last one of each stream; of a month, that none is missing at all. It cannot show that nothing
//! happened to a stream after the last event that it holds.

mod about;
mod check;
mod event_line;
mod gather;
mod line;
mod make;
mod totals;

pub use about::About;
pub use check::{Checked, Damage, check};
pub use event_line::{LineError, event_line, event_of_line, next_line};
pub use make::{Made, MakeError, make};

/// The name of the format, with its version.
pub const FORMAT: &str = "daybook.bundle.v1";

#[cfg(test)]
mod tests;
