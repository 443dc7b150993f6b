//! A span that has not ended.

use std::borrow::Cow;
use std::fmt::Debug;

use adapters::otlp::{Kind, Span, Value};
use tracing::field::{Field, Visit};

/// What a span has said so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Of which trace; its own, or the one it is in.
    pub(super) trace: Option<u128>,
    /// Which it is, where somebody will look for it.
    pub(super) span: Option<u64>,
    /// Under which.
    pub(super) parent: Option<u64>,
    began_ns: u64,
    took_us: u64,
    name: Option<String>,
    server: bool,
    failed: bool,
    attributes: Vec<(&'static str, Value)>,
}

impl Draft {
    /// One that begins now.
    pub(super) fn begun(now_ns: u64) -> Self {
        Self { began_ns: now_ns, ..Self::default() }
    }

    /// The span, now that it ended; nothing if it never learned where it belongs.
    pub(super) fn end(self, name: &'static str, now_ns: u64) -> Option<Span> {
        let took_ns = self.took_us.saturating_mul(1_000);
        let began_ns = if took_ns > 0 { now_ns.saturating_sub(took_ns) } else { self.began_ns };
        Some(Span {
            trace_id: self.trace?,
            span_id: self.span?,
            parent_id: self.parent,
            name: self.name.map_or(Cow::Borrowed(name), Cow::Owned),
            kind: if self.server { Kind::Server } else { Kind::Internal },
            began_ns,
            ended_ns: now_ns.max(began_ns),
            failed: self.failed,
            attributes: self.attributes,
        })
    }

    fn say(&mut self, field: &Field, value: Value) {
        self.attributes.push((field.name(), value));
    }
}

impl Visit for Draft {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.say(field, Value::Number(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "span.id" => self.span = Some(value),
            "parent.id" => self.parent = Some(value),
            "took.us" => self.took_us = value,
            _ => self.say(field, Value::Number(i64::try_from(value).unwrap_or(i64::MAX))),
        }
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        if field.name() == "trace.id" {
            self.trace = Some(value);
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        match field.name() {
            "otel.failed" => self.failed = value,
            _ => self.say(field, Value::Flag(value)),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "otel.name" => self.name = Some(value.to_owned()),
            "otel.kind" => self.server = value == "server",
            _ => self.say(field, Value::Text(value.to_owned())),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.say(field, Value::Text(format!("{value:?}")));
    }
}
