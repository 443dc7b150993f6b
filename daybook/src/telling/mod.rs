//! Telling a collector what was done (`ledger::traces`), if one is configured.
//!
//! - `layer.rs`: hears spans begin and end. `draft.rs`: one that has not ended.
//! - `sending.rs`: sends them, some at a time, away from whoever is at work.
//!
//! Telling never holds up what is told: spans wait in a queue of fixed length, and what does not
//! fit is dropped and counted. What is in the queue is sent before the program ends, for as long
//! as a few seconds.

mod draft;
mod layer;
mod sending;

pub use layer::Layer;
pub use sending::{Running, Sender, Teller, teller};
