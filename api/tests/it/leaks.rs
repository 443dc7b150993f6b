//! Nothing of another org is found, changed or echoed: whatever id of theirs a request carries,
//! in its path, its query or its body, under any alias, the answer is the one for an id that
//! nobody has.

use std::collections::BTreeSet;

use api::roles::{Access, RULES, Rule};
use ledger::store::tenants::Role;
use serde_json::{Map, Value, json};

use crate::{
    access::ALIASES,
    access_cases::{body, foreign_body, path},
    explain_history,
    support::{Answer, Tenant, World, unknown},
};

/// Parameters that name a thing, on any route.
const NAMED: [&str; 9] = [
    "invoice_id",
    "statement_id",
    "patient_id",
    "payer_id",
    "aggregate_id",
    "event_id",
    "booking_id",
    "owner",
    "account",
];

/// Fields that name a thing, in any body.
const FIELDS: [&str; 12] = [
    "invoice_id",
    "from_invoice_id",
    "payment_id",
    "claim_id",
    "statement_id",
    "prior_auth_id",
    "entry_id",
    "exception_id",
    "request_id",
    "refund_id",
    "line_id",
    "customer_id",
];

/// What stands in another org's log.
struct Theirs {
    /// One id of every kind of thing.
    ids: Vec<String>,
    /// Every id of theirs.
    secrets: BTreeSet<String>,
}

async fn theirs(world: &World, tenant: &Tenant) -> Theirs {
    explain_history::everything(world, tenant).await;
    let ask = world.as_role(tenant, Role::Owner, "GET", "/v1/events");
    let lines = ask.header("accept", "application/x-ndjson").send().await.text;
    let (mut ids, mut kinds, mut secrets) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for event in lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let (kind, subject) = event["subject"].as_str().unwrap().split_once('/').unwrap();
        if kinds.insert(kind.to_owned()) {
            ids.push(subject.to_owned());
        }
        uuids(&event, &mut secrets);
        for name in ["payment_id", "refund_id", "dispute_id", "credit_note_id"] {
            if let Some(id) = event["data"][name].as_str().filter(|_| kinds.insert(name.to_owned()))
            {
                ids.push(id.to_owned());
            }
        }
    }
    secrets.insert(tenant.org.to_string());
    Theirs { ids, secrets }
}

fn uuids(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| uuids(value, found)),
        Value::Array(items) => items.iter().for_each(|item| uuids(item, found)),
        Value::String(text) if text.parse::<uuid::Uuid>().is_ok() => {
            found.insert(text.clone());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A request that names one thing wherever something can be named.
async fn ask(world: &World, mine: &Tenant, rule: &Rule, path: &str, id: &str) -> Answer {
    let mut ask = world.as_role(mine, Role::Owner, rule.method, path);
    if rule.method != "GET" {
        let mut fields = match foreign_body(rule, id) {
            Value::Object(fields) if !fields.is_empty() => fields,
            _ => match body(rule) {
                Some(Value::Object(fields)) => fields,
                _ => Map::new(),
            },
        };
        for name in ["payment_id", "from_invoice_id"] {
            if let Some(field) = fields.get_mut(name) {
                *field = json!(id);
            }
        }
        ask = ask.keyed(&unknown()).json(Value::Object(fields));
    }
    ask.send().await
}

/// What an answer says, without what is different in each: a foreign id must not make it another.
fn said(answer: &Answer, id: &str) -> (u16, Value, String) {
    let body: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    let detail = body["detail"].as_str().unwrap_or_default().replace(id, "ID");
    (answer.status.as_u16(), body["code"].clone(), detail)
}

#[track_caller]
fn tells_nothing(answer: &Answer, theirs: &Theirs, request: &str) {
    assert!(answer.status.as_u16() < 500, "{request}: {}", answer.text);
    let headers = format!("{:?}", answer.headers);
    for secret in theirs.secrets.iter().filter(|secret| !request.contains(secret.as_str())) {
        let told = answer.text.contains(secret.as_str()) || headers.contains(secret.as_str());
        assert!(!told, "{request} tells of {secret}: {}", answer.text);
    }
}

fn tenants_routes() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| matches!(rule.access, Access::Roles(_)))
}

#[actix_web::test]
async fn a_foreign_id_in_a_path_is_one_that_nobody_has() {
    let world = World::new().await;
    let (mine, other) = (world.tenant().await, world.tenant().await);
    let theirs = theirs(&world, &other).await;
    let head = world.ledger.head(other.org).await.unwrap();
    assert!(theirs.ids.len() > 10 && theirs.secrets.len() > 50);
    for rule in tenants_routes().filter(|rule| rule.pattern.contains('{')) {
        for (round, id) in theirs.ids.iter().enumerate() {
            let nobodys = unknown();
            let prefix = ALIASES[round % ALIASES.len()];
            let at = |id: &str| {
                let own = mine.org.to_string();
                let path = path(rule, &own, id).replace("patient-of-the-access-test", id);
                path.replacen("/v1", prefix, 1)
            };
            let found = ask(&world, &mine, rule, &at(id), id).await;
            tells_nothing(&found, &theirs, &format!("{} {}", rule.method, at(id)));
            let nothing = ask(&world, &mine, rule, &at(&nobodys), &nobodys).await;
            assert_eq!(said(&found, id), said(&nothing, &nobodys), "{rule:?} {id}");
        }
    }
    assert_eq!(world.ledger.head(other.org).await.unwrap(), head, "nothing was changed");
}

#[actix_web::test]
async fn a_foreign_id_or_cursor_in_a_query_finds_nothing() {
    let world = World::new().await;
    let (mine, other) = (world.tenant().await, world.tenant().await);
    let theirs = theirs(&world, &other).await;
    let own = mine.org.to_string();
    for rule in tenants_routes().filter(|rule| rule.method == "GET") {
        let path = path(rule, &own, &unknown());
        for (round, id) in theirs.ids.iter().enumerate() {
            let prefix = ALIASES[round % ALIASES.len()];
            let name = NAMED[round % NAMED.len()];
            let path = format!("{}?{name}={id}", path.replacen("/v1", prefix, 1));
            let answer = world.as_role(&mine, Role::Owner, "GET", &path).send().await;
            tells_nothing(&answer, &theirs, &path);
        }
        for name in NAMED {
            let path = format!("{path}?{name}={}&limit=200", theirs.ids[0]);
            let answer = world.as_role(&mine, Role::Owner, "GET", &path).send().await;
            tells_nothing(&answer, &theirs, &path);
        }
        let listed = path.replace(&own, &other.org.to_string());
        let page = format!("{listed}?limit=1");
        let page = world.as_role(&other, Role::Owner, "GET", &page).send().await;
        let page: Value = serde_json::from_str(&page.text).unwrap_or_default();
        if let Some(cursor) = page["next_cursor"].as_str() {
            let path = format!("{path}?limit=1&cursor={cursor}");
            let answer = world.as_role(&mine, Role::Owner, "GET", &path).send().await;
            answer.problem(400, "invalid_cursor");
        }
    }
}

#[actix_web::test]
async fn a_foreign_id_in_a_body_is_one_that_nobody_has() {
    let world = World::new().await;
    let (mine, other) = (world.tenant().await, world.tenant().await);
    let theirs = theirs(&world, &other).await;
    let head = world.ledger.head(other.org).await.unwrap();
    let invoice = world.issued(&mine, "50.00").await;
    let commands = tenants_routes().filter(|rule| !matches!(rule.method, "GET" | "DELETE"));
    for (number, rule) in commands.enumerate() {
        let path = path(rule, &mine.org.to_string(), &invoice);
        let known = match foreign_body(rule, &invoice) {
            Value::Object(fields) if !fields.is_empty() => Value::Object(fields),
            _ => body(rule).unwrap_or_default(),
        };
        // A few for each route, others for the next.
        for round in number..number + 4 {
            let id = &theirs.ids[round % theirs.ids.len()];
            let names = [FIELDS[round % FIELDS.len()], FIELDS[(round + 5) % FIELDS.len()]];
            let with = |id: &str| {
                let mut fields = known.as_object().cloned().unwrap_or_default();
                let named: Vec<String> = fields.keys().cloned().collect();
                let ids = named.iter().filter(|name| FIELDS.contains(&name.as_str()));
                for name in ids.map(String::as_str).chain(names) {
                    fields.insert(name.to_owned(), json!(id));
                }
                Value::Object(fields)
            };
            let nobodys = unknown();
            let ask = |id: &str| {
                // Only what would happen: both are asked in the same state.
                let path = format!("{path}?dry_run=true");
                let ask = world.as_role(&mine, Role::Owner, rule.method, &path);
                ask.keyed(&unknown()).json(with(id))
            };
            let found = ask(id).send().await;
            tells_nothing(&found, &theirs, &format!("{} {path} {}", rule.method, with(id)));
            let nothing = ask(&nobodys).send().await;
            assert_eq!(said(&found, id), said(&nothing, &nobodys), "{rule:?} {}", with(id));
        }
    }
    assert_eq!(world.ledger.head(other.org).await.unwrap(), head, "nothing was changed");
}
