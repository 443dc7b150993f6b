//! The peer beside us: the same commands, the same streams.
#![cfg(test)]

mod parity;
mod support;
