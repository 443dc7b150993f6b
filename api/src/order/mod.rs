//! A command as it arrives: body, idempotency key, expected version, dry run, how long to wait.
//!
//! [`Order`] is the extractor of every handler that appends; [`Plan`] is what such a command does to
//! which streams, the same whether it comes alone or in bulk. It gives the command its envelope;
//! ids of new things are derived from the command's id, so that a repeated request names the same
//! invoice, line or payment.

mod extract;
mod headers;
mod part;
mod plan;
mod settle;

pub(crate) use extract::{Order, Sent, must_be_json, read_body};
pub(crate) use headers::{Wait, idempotency_key, min_position};
pub(crate) use part::Part;
pub(crate) use plan::Plan;
pub(crate) use settle::{Reached, settle, settle_at};
