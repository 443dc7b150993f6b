//! A collector in this process: takes spans over HTTP and remembers them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::{Span, span::SpanKind};
use prost::Message;

/// A span as it was heard.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) parent: String,
    pub(super) server: bool,
    pub(super) ends_last: bool,
    pub(super) said: BTreeMap<String, String>,
    pub(super) service: String,
    pub(super) instance: String,
}

#[derive(Default)]
struct Taken {
    heads: Vec<String>,
    bodies: Vec<Vec<u8>>,
}

/// A collector in this process.
pub(super) struct TestCollector {
    url: String,
    taken: Arc<Mutex<Taken>>,
    address: std::net::SocketAddr,
    stopped: Arc<std::sync::atomic::AtomicBool>,
    task: Option<JoinHandle<()>>,
}

impl TestCollector {
    pub(super) fn start() -> Self {
        Self::listen(true)
    }

    /// One that takes a connection and says nothing.
    pub(super) fn deaf() -> Self {
        Self::listen(false)
    }

    fn listen(answers: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let taken = Arc::new(Mutex::new(Taken::default()));
        let stopped = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (into, ended) = (Arc::clone(&taken), Arc::clone(&stopped));
        let task = std::thread::spawn(move || {
            let mut silent = Vec::new();
            while let Ok((stream, _)) = listener.accept() {
                if ended.load(std::sync::atomic::Ordering::SeqCst) {
                    return;
                }
                if answers {
                    take(stream, &into);
                } else {
                    silent.push(stream);
                }
            }
        });
        Self { url: format!("http://{address}"), taken, address, stopped, task: Some(task) }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The heads of the requests.
    pub(super) fn headers(&self) -> Vec<String> {
        self.taken.lock().unwrap().heads.clone()
    }

    /// Everything that was ever said.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.taken.lock().unwrap().bodies.concat()
    }

    /// The spans of a trace, in the order in which they came.
    pub(super) fn spans(&self, trace: &str) -> Vec<Heard> {
        let mut heard = Vec::new();
        for body in &self.taken.lock().unwrap().bodies {
            let request = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
            for told in request.resource_spans {
                let resource = said(&told.resource.unwrap().attributes);
                let spans = told.scope_spans.into_iter().flat_map(|scope| scope.spans);
                for span in spans.filter(|span| hex(&span.trace_id) == trace) {
                    heard.push(of(&span, &resource));
                }
            }
        }
        heard
    }
}

impl Drop for TestCollector {
    fn drop(&mut self) {
        self.stopped.store(true, std::sync::atomic::Ordering::SeqCst);
        // Wakes the one who waits for connections.
        let _woken = TcpStream::connect(self.address);
        if let Some(task) = self.task.take() {
            task.join().unwrap();
        }
    }
}

fn of(span: &Span, resource: &BTreeMap<String, String>) -> Heard {
    Heard {
        name: span.name.clone(),
        id: hex(&span.span_id),
        parent: hex(&span.parent_span_id),
        server: span.kind() == SpanKind::Server,
        ends_last: span.end_time_unix_nano >= span.start_time_unix_nano,
        said: said(&span.attributes),
        service: resource["service.name"].clone(),
        instance: resource["service.instance.id"].clone(),
    }
}

fn said(attributes: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |attribute: &KeyValue| match attribute.value.clone().and_then(|any| any.value) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(flag)) => flag.to_string(),
        other => panic!("{other:?}"),
    };
    attributes.iter().map(|attribute| (attribute.key.clone(), text(attribute))).collect()
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn take(stream: TcpStream, into: &Mutex<Taken>) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap() == 0 {
            return;
        }
    }
    assert!(head.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{head}");
    let head = head.to_ascii_lowercase();
    assert!(head.contains("content-type: application/x-protobuf"), "{head}");
    let length = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    {
        let mut taken = into.lock().unwrap();
        taken.heads.push(head);
        taken.bodies.push(body);
    }
    reader.into_inner().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
}
