//! A collector of traces: OpenTelemetry's protocol (OTLP), protobuf over HTTP.
//!
//! - `config.rs`: where it is. `span.rs`: what is told, in our words. `translate.rs`: in its words.
//! - `send.rs`: the request.

mod config;
mod send;
mod span;
mod translate;

pub use config::{BadCollector, CollectorAddress, Headers};
pub use send::{Collector, NotTaken};
pub use span::{Kind, Span, Value};
pub use translate::{Resource, request};
