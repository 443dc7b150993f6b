//! What must leave the house: written down before anybody tries, tried until it is gone.
//!
//! A message is unique by (org, dedupe key), so asking for it again is harmless. A sender takes
//! a lease; if it dies, another takes the message after the lease: every message is sent at
//! least once, under the same id each time, so that the other side can tell. After its last
//! attempt it is a dead letter, kept until somebody replays it (contract S2.18).
//!
//! - `messages.rs`: asking, and reading what was asked. `sending.rs`: taking and settling.

mod messages;
mod sending;

pub use messages::{
    Cause, Listed, NewMessage, OutboxStatus, Queue, about, enqueue, enqueue_after, listed, replay,
};
pub use sending::{Fate, Held, take};
