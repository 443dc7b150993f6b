//! What the ledger asks of the outside world, in its own words; `adapters` answers in theirs.
//!
//! To add a port: one file with a trait and the types it speaks in; no wire format, no I/O.

pub mod documents;
pub mod exports;
pub mod mail;
pub mod payments;
pub mod statements;
