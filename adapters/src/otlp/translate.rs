//! Spans in the collector's words.

use bytes::Bytes;
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{AnyValue, InstrumentationScope, KeyValue, any_value},
    resource::v1,
    trace::v1::{
        ResourceSpans, ScopeSpans, Span as Told, Status, span::SpanKind, status::StatusCode,
    },
};
use prost::Message;

use super::{Kind, Span, Value};

/// Who tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// `service.name`
    pub service: String,
    /// `service.version`
    pub version: &'static str,
    /// `service.instance.id`
    pub instance: String,
}

/// The body of a request with these spans.
pub fn request(resource: &Resource, spans: Vec<Span>) -> Bytes {
    let text = |key: &'static str, value: &str| attribute((key, Value::Text(value.to_owned())));
    let attributes = vec![
        text("service.name", &resource.service),
        text("service.version", resource.version),
        text("service.instance.id", &resource.instance),
    ];
    let scope = InstrumentationScope { name: "daybook".to_owned(), ..Default::default() };
    let spans = spans.into_iter().map(told).collect();
    let scope_spans = vec![ScopeSpans { scope: Some(scope), spans, ..Default::default() }];
    let resource = v1::Resource { attributes, ..Default::default() };
    let told = ResourceSpans { resource: Some(resource), scope_spans, ..Default::default() };
    Bytes::from(ExportTraceServiceRequest { resource_spans: vec![told] }.encode_to_vec())
}

fn told(span: Span) -> Told {
    let kind = match span.kind {
        Kind::Internal => SpanKind::Internal,
        Kind::Server => SpanKind::Server,
    };
    let failed = Status { message: String::new(), code: StatusCode::Error.into() };
    Told {
        trace_id: span.trace_id.to_be_bytes().to_vec(),
        span_id: span.span_id.to_be_bytes().to_vec(),
        parent_span_id: span.parent_id.map(|id| id.to_be_bytes().to_vec()).unwrap_or_default(),
        name: span.name.into_owned(),
        kind: kind.into(),
        start_time_unix_nano: span.began_ns,
        end_time_unix_nano: span.ended_ns,
        attributes: span.attributes.into_iter().map(attribute).collect(),
        status: span.failed.then_some(failed),
        ..Default::default()
    }
}

fn attribute((key, value): (&'static str, Value)) -> KeyValue {
    let value = match value {
        Value::Text(text) => any_value::Value::StringValue(text),
        Value::Number(number) => any_value::Value::IntValue(number),
        Value::Flag(flag) => any_value::Value::BoolValue(flag),
    };
    let value = Some(AnyValue { value: Some(value) });
    KeyValue { key: key.to_owned(), value, ..Default::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_keeps_its_ids_its_place_and_what_it_says() {
        let span = Span {
            trace_id: 0x0102,
            span_id: 3,
            parent_id: Some(4),
            name: "append".into(),
            kind: Kind::Internal,
            began_ns: 5,
            ended_ns: 6,
            failed: true,
            attributes: vec![("events", Value::Number(7)), ("org", Value::Text("o".to_owned()))],
        };
        let root = Span { parent_id: None, kind: Kind::Server, failed: false, ..span.clone() };
        let (service, instance) = ("daybook".to_owned(), "host:1".to_owned());
        let resource = Resource { service, version: "0.1.0", instance };
        let bytes = request(&resource, vec![span, root]);
        let read = ExportTraceServiceRequest::decode(bytes).unwrap();
        let told = &read.resource_spans[0];
        assert_eq!(told.resource.as_ref().unwrap().attributes.len(), 3);
        let [child, root] = told.scope_spans[0].spans.as_slice() else { panic!("two spans") };
        assert_eq!((child.trace_id.len(), child.trace_id[14..].to_vec()), (16, vec![1, 2]));
        assert_eq!(child.parent_span_id, 4_u64.to_be_bytes());
        assert_eq!(child.status.as_ref().unwrap().code(), StatusCode::Error);
        assert_eq!(child.attributes.len(), 2);
        assert!(root.parent_span_id.is_empty() && root.status.is_none());
        assert_eq!(root.kind(), SpanKind::Server);
    }
}
