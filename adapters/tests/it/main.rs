//! The adapters against the vectors of the counterparties.
#![cfg(test)]

mod export_webhook;
mod papers;
mod smtp;
mod stripe_events;
mod stripe_ids;
mod stripe_signature;
mod stripe_statement;
mod tls;

use serde_json::Value;

/// One vector file.
fn vectors(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
