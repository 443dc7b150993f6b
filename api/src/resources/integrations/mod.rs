//! `/v1/integrations`: what other systems tell (contract S2.2).
//!
//! - `receive.rs`: the endpoint. `message.rs`: a request as messages, in all three modes of
//!   CloudEvents over HTTP. `envelope.rs`: one message read.
//! - `facts/`: what a message's `data` may say, kind by kind.
//! - `take.rs`: a message becomes a command. `verdict.rs`: what became of it.
//! - `door.rs`: a message as bytes, for the fuzz targets.

mod door;
mod envelope;
mod facts;
mod message;
mod receive;
mod sealing;
mod take;
mod verdict;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use door::message;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(receive::receive, receive::__path_receive)]
}
