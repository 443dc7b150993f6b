//! A command as it arrives: body, idempotency key, expected version, dry run, how long to wait.
//!
//! [`Order`] is the extractor of every handler that appends. It gives the command its envelope;
//! ids of new things are derived from the command's id, so that a repeated request names the same
//! invoice, line or payment.

mod extract;
mod headers;
mod settle;

pub(crate) use extract::{Order, Sent, read_body};
pub(crate) use headers::{Wait, idempotency_key, min_position};
pub(crate) use settle::{Reached, settle};
