//! **Question:** what does not fit, who owns it, and since when?
//!
//! - **Rule:** an exception is open from its raising until it is resolved, and again from its
//!   reopening; its age counts from the day it was first noticed.
//! - **Table:** `exceptions`, one row per exception; issue 3, contract S1.11.
//! - **Unit:** minor units; each side has a currency of its own.
//! - **Fed by:** every `billing.exception.*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::Exceptions;
pub use query::{Entry, Filter, Said, get, list};
pub use rows::{Row, Stands};
