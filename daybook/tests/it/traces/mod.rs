//! A request's whole story, as a collector hears it.

mod collector;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use serde_json::{Value, json};

use super::support::{Home, Server, wait_until, word_after};
use collector::{Heard, TestCollector};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const CALLER: &str = "b7ad6b7169203331";
const MAIL: &str = "desk@told.example";
const PATIENT: &str = "Ada Lovelace";
const RECORD: &str = "mrn-18151210";
/// Amounts are nobody's business either.
const AMOUNT: &str = "83.17";

fn org(home: &Home) -> String {
    let made = home.run(&[
        "org",
        "create",
        "--name",
        "Told",
        "--time-zone",
        "UTC",
        "--currency",
        "USD",
        "--contact-email",
        MAIL,
    ]);
    word_after(&made, "owner_key")
}

fn post(server: &Server, key: &str, path: &str, body: &Value) -> Value {
    serde_json::from_str(&server.answer("POST", path, key, &body.to_string())).unwrap()
}

/// The same within a caller's trace.
fn post_traced(server: &Server, key: &str, path: &str, body: &Value) {
    let body = body.to_string();
    let length = body.len();
    let rest = format!(
        "Authorization: Bearer {key}\r\nContent-Type: application/json\r\n\
         traceparent: 00-{TRACE}-{CALLER}-01\r\nIdempotency-Key: traced\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    );
    let answer = server.ask("POST", path, &rest);
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
}

/// An issued invoice whose payment fails, in the caller's trace: a policy asks for a letter.
fn a_payment_fails(server: &Server, key: &str) {
    let activate = format!("/v1/billing/patients/{RECORD}/activate");
    post(server, key, &activate, &json!({"name": PATIENT}));
    let charged = post(server, key, "/v1/billing/charges/one-off", &json!({"amount": AMOUNT}));
    let path = format!("/v1/billing/invoices/{}", charged["invoice_id"].as_str().unwrap());
    post(server, key, &format!("{path}/issue"), &json!({}));
    let failed = json!({"amount": AMOUNT, "method": "card", "status": "failed"});
    post_traced(server, key, &format!("{path}/payments"), &failed);
}

fn one<'a>(spans: &'a [Heard], name: &str) -> &'a Heard {
    let named: Vec<&Heard> = spans.iter().filter(|span| span.name == name).collect();
    assert_eq!(named.len(), 1, "{name} in {spans:?}");
    named[0]
}

#[test]
fn a_command_is_told_from_the_request_to_the_letter_in_one_trace_and_nobody_is_named() {
    let collector = TestCollector::start();
    let home = Home::new();
    let key = org(&home);
    let settings = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=for%20us"),
        ("OTEL_SERVICE_NAME", "daybook-under-test"),
        ("DAYBOOK_SCHEDULER", "false"),
    ];
    let mut server = home.serve_with(&settings);
    a_payment_fails(&server, &key);
    // Policies react after the answer, and the scheduler's process is another one.
    wait_until("the letter was delivered", || {
        let mut job = home.command(&["jobs", "run", "--job", "outbox-delivery"]);
        assert!(job.envs(settings).output().unwrap().status.success());
        collector.spans(TRACE).iter().any(|span| span.name == "deliver")
    });
    server.signal(Signal::SIGTERM);
    assert_eq!(server.wait().code(), Some(0));

    let spans = collector.spans(TRACE);
    let request = one(&spans, "POST /v1/billing/invoices/{invoice_id}/payments");
    assert_eq!((request.parent.as_str(), request.server), (CALLER, true));
    assert_eq!(request.said["http.response.status_code"], "201");
    let command = one(&spans, "command");
    assert_eq!(
        (&command.parent, command.said["daybook.outcome"].as_str()),
        (&request.id, "accepted")
    );
    assert_eq!(one(&spans, "decide").parent, command.id);
    let append = one(&spans, "append");
    assert_eq!(append.parent, command.id);
    assert!(append.said["daybook.first_event"].starts_with("billing."), "{append:?}");
    let projected: Vec<&Heard> = spans.iter().filter(|span| span.name == "project").collect();
    assert!(!projected.is_empty(), "{spans:?}");
    for span in projected.into_iter().chain([one(&spans, "policy"), one(&spans, "deliver")]) {
        assert_eq!(span.parent, append.id, "{span:?}");
        assert_eq!(span.said["daybook.org"], append_org(command), "{span:?}");
    }
    let delivered = one(&spans, "deliver");
    assert_eq!(delivered.said["daybook.outcome"], "sent");
    assert_ne!(delivered.instance, append.instance, "two processes, one trace");
    assert!(spans.iter().all(|span| span.service == "daybook-under-test" && span.ends_last));

    assert!(collector.headers().iter().all(|head| head.contains("x-api-key: for us")));
    let everything = collector.bytes();
    for word in [PATIENT, "Ada", "Lovelace", RECORD, MAIL, AMOUNT, &key, "for us"] {
        let found = everything.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        assert!(!found, "{word} was told");
    }
}

fn append_org(command: &Heard) -> &str {
    &command.said["daybook.org"]
}

#[test]
fn what_waits_is_told_before_the_end() {
    let collector = TestCollector::start();
    let home = Home::new();
    let key = org(&home);
    let mut server = home.serve_with(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()),
        ("DAYBOOK_SCHEDULER", "false"),
    ]);
    post_charge_traced(&server, &key);
    server.signal(Signal::SIGTERM);
    assert_eq!(server.wait().code(), Some(0));
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for span in collector.spans(TRACE) {
        *named.entry(span.name).or_default() += 1;
    }
    for name in ["POST /v1/billing/charges/one-off", "command", "decide", "append"] {
        assert!(named.contains_key(name), "{name} in {named:?}");
    }
}

fn post_charge_traced(server: &Server, key: &str) {
    post_traced(server, key, "/v1/billing/charges/one-off", &json!({"amount": AMOUNT}));
}

#[test]
fn a_collector_that_is_away_or_never_answers_costs_no_command_and_hardly_any_time() {
    let deaf = TestCollector::deaf();
    // Nobody listens on a port that was just let go of.
    let away = TestCollector::start().url().to_owned();
    for collector in [deaf.url(), away.as_str()] {
        let home = Home::new();
        let key = org(&home);
        let mut server = home.serve_with(&[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector),
            ("DAYBOOK_SCHEDULER", "false"),
        ]);
        for number in 0..50 {
            post(
                &server,
                &key,
                "/v1/billing/charges/one-off",
                &json!({"amount": format!("{number}.50")}),
            );
        }
        let listed = server.answer("GET", "/v1/events?limit=200", &key, "");
        assert!(listed.matches("line_added").count() >= 50 || listed.len() > 5_000, "{listed}");
        let asked = Instant::now();
        server.signal(Signal::SIGTERM);
        assert_eq!(server.wait().code(), Some(0));
        // Five seconds for the last spans; the rest is PostgreSQL's end on a busy machine.
        assert!(asked.elapsed() < Duration::from_secs(60), "{:?}", asked.elapsed());
    }
}
