//! Whatever arrives, in a body, a query, a header or a path, is answered and never brings a
//! handler down: bytes, almost-JSON, and JSON of the right names and the wrong things.

use api::roles::{Access, Kind, RULES, Rule};
use ledger::store::tenants::Role;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Map, Number, Value, json};

use crate::{
    access_cases::{body, path},
    support::{Tenant, World, unknown},
};

/// Requests of a usual run.
const CASES: u32 = 400;
/// What proptest itself would say.
const UNSAID: u32 = 256;

/// Names that some body or other has.
const NAMES: [&str; 24] = [
    "account",
    "amount",
    "charges",
    "claim",
    "commands",
    "currency",
    "customer_id",
    "data",
    "description",
    "id",
    "invoice_id",
    "lines",
    "method",
    "name",
    "note",
    "patient_id",
    "payers",
    "payment_id",
    "quantity",
    "reason_code",
    "service_date",
    "specversion",
    "time",
    "type",
];

/// Text that readers look at twice.
const WORDS: [&str; 16] = [
    "",
    "0",
    "-0.00",
    "1e400",
    "99999999999999999999999.999",
    "0.001",
    "USD",
    "usd",
    "2026-02-30",
    "9999-12-31",
    "-9999-01-01",
    "2026-01-01T00:00:60Z",
    "\u{0}",
    "=1+1",
    "NaN",
    "00000000-0000-0000-0000-000000000000",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| Number::from_f64(number).map_or(Value::Null, Value::Number)),
        proptest::sample::select(&WORDS[..]).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 32, 6, |inner| {
        let name = prop_oneof![proptest::sample::select(&NAMES[..]).prop_map(str::to_owned), ".*"];
        let fields = vec((name, inner.clone()), 0..6);
        prop_oneof![
            vec(inner, 0..6).prop_map(Value::Array),
            fields.prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// What is done to a body that could be read.
#[derive(Debug, Clone)]
enum Sent {
    /// Bytes.
    Bytes(Vec<u8>),
    /// A tree of chance.
    Tree(Value),
    /// The usual body with fields of chance.
    Fields(Vec<(String, Value)>),
    /// The usual body's text, cut and with a byte changed.
    Broken(proptest::sample::Index, u8),
}

fn sent() -> impl Strategy<Value = Sent> {
    let name = proptest::sample::select(&NAMES[..]).prop_map(str::to_owned);
    prop_oneof![
        vec(any::<u8>(), 0..200).prop_map(Sent::Bytes),
        tree().prop_map(Sent::Tree),
        vec((name, tree()), 0..8).prop_map(Sent::Fields),
        (any::<proptest::sample::Index>(), any::<u8>())
            .prop_map(|(at, byte)| Sent::Broken(at, byte)),
    ]
}

impl Sent {
    fn bytes(self, rule: &Rule) -> Vec<u8> {
        let usual = body(rule).unwrap_or_else(|| json!({}));
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Tree(tree) => tree.to_string().into_bytes(),
            Self::Fields(fields) => {
                let mut usual = usual.as_object().cloned().unwrap_or_default();
                usual.extend(fields);
                Value::Object(usual).to_string().into_bytes()
            }
            Self::Broken(at, byte) => {
                let mut text = usual.to_string().into_bytes();
                let at = at.index(text.len());
                text[at] = byte;
                text
            }
        }
    }
}

fn runner() -> TestRunner {
    let config = Config::default();
    let cases = if config.cases == UNSAID { CASES } else { config.cases };
    TestRunner::new(Config { cases, failure_persistence: None, ..config })
}

/// A command of the tenant's; the routes of keys would end the key that asks.
fn rules(reads: bool) -> Vec<&'static Rule> {
    let of_tenants = RULES.iter().filter(|rule| matches!(rule.access, Access::Roles(_)));
    let chosen = of_tenants.filter(|rule| (rule.method == "GET") == reads);
    chosen.filter(|rule| rule.kind != Kind::Stream).collect()
}

async fn answered(world: &World, tenant: &Tenant, rule: &Rule, path: &str, sent: Option<Vec<u8>>) {
    let mut ask = world.as_role(tenant, Role::Owner, rule.method, path);
    let shown = sent.as_deref().map(|sent| String::from_utf8_lossy(sent).into_owned());
    if let Some(sent) = sent {
        let media = match rule.kind {
            Kind::Feed => "application/cloudevents+json",
            _ => "application/json",
        };
        ask = ask.keyed(&unknown()).header("content-type", media).body(sent);
    }
    let answer = ask.send().await;
    let status = answer.status.as_u16();
    assert!(status < 500 && status != 401, "{} {path} {shown:?}: {}", rule.method, answer.text);
    if status >= 400 {
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert!(answer.json()["code"].is_string());
    }
}

#[test]
fn no_body_brings_a_command_down() {
    let system = actix_web::rt::System::new();
    let world = system.block_on(World::new());
    let tenant = system.block_on(world.tenant());
    let invoice = system.block_on(world.issued(&tenant, "50.00"));
    let asked = (proptest::sample::select(rules(false)), sent());
    let outcome = runner().run(&asked, |(rule, sent)| {
        let path = path(rule, &tenant.org.to_string(), &invoice);
        system.block_on(answered(&world, &tenant, rule, &path, Some(sent.bytes(rule))));
        Ok(())
    });
    outcome.unwrap();
    system.block_on(async move { drop(world) });
}

#[test]
fn no_query_and_no_path_brings_a_question_down() {
    let system = actix_web::rt::System::new();
    let world = system.block_on(World::new());
    let tenant = system.block_on(world.tenant());
    let invoice = system.block_on(world.issued(&tenant, "50.00"));
    let names = [
        "cursor",
        "limit",
        "as_of",
        "as_of_position",
        "effective_on",
        "from",
        "to",
        "status",
        "figure",
        "row",
        "skip",
        "children",
        "before",
        "after",
        "month",
        "account",
        "size",
        "at_position",
        "position",
        "type",
    ];
    let value = prop_oneof![
        proptest::sample::select(&WORDS[..]).prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u8>().prop_map(|number| number.to_string()),
        "[A-Za-z0-9_-]{0,80}",
        any::<String>(),
    ];
    let pairs = vec((proptest::sample::select(names.to_vec()), value), 0..4);
    let place = prop_oneof![3 => Just(String::new()), 1 => any::<String>()];
    let asked = (proptest::sample::select(rules(true)), pairs, place);
    let outcome = runner().run(&asked, |(rule, pairs, place)| {
        let id = if place.is_empty() { invoice.clone() } else { encoded(&place) };
        let path = path(rule, &tenant.org.to_string(), &id);
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let path = format!("{path}?{}", pairs.join("&"));
        system.block_on(answered(&world, &tenant, rule, &path, None));
        Ok(())
    });
    outcome.unwrap();
    system.block_on(async move { drop(world) });
}

/// Percent-encoded, byte for byte.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
