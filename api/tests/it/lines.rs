//! Every list is answered as lines too (NDJSON): all items, of one position, for the same roles.

use api::roles::{Access, RULES, Rule};
use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{OPERATOR, Tenant, World, unknown};

const NDJSON: &str = "application/x-ndjson";

/// What explains a list is no list.
fn is_asked(rule: &Rule) -> bool {
    rule.method == "GET" && rule.pattern != "/v1/events" && !rule.pattern.ends_with("/explain")
}

/// The routes that say of themselves that they answer lines; `/v1/events` has tests of its own.
async fn lists(world: &World) -> Vec<&'static Rule> {
    let document = world.ask("GET", "/v1/openapi.json").send().await.ok(200);
    let operation = |rule: &Rule| document["paths"][rule.pattern]["get"].clone();
    let mut lists = Vec::new();
    for rule in RULES.iter().filter(|rule| is_asked(rule)) {
        let operation = operation(rule);
        let lines = operation["responses"]["200"]["content"][NDJSON].is_object();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let pages = parameters.iter().any(|parameter| parameter["name"] == "cursor");
        assert!(lines || !pages, "{} has pages and no lines", rule.pattern);
        if lines {
            lists.push(rule);
        }
    }
    lists
}

/// Something of everything.
pub(crate) async fn history(world: &World, tenant: &Tenant) -> (String, String) {
    let mut invoice = String::new();
    for _ in 0..3 {
        invoice = world.issued(tenant, "10.00").await;
        world.paid(tenant, &invoice, "4.00").await;
        let line = json!({"amount": "1.00"});
        let draft = world.draft(tenant, "2.00").await;
        let path = format!("/v1/billing/invoices/{draft}/lines");
        world.post(tenant, &path, line).send().await.ok(201);
    }
    for name in ["one", "two", "three"] {
        let path = format!("/v1/billing/patients/{name}/activate");
        let body = json!({"name": format!("Patient {name}")});
        world.post(tenant, &path, body).header("daybook-wait", "settled").send().await.ok(200);
    }
    let held = format!("/v1/billing/invoices/{}/payments", unknown());
    world.post(tenant, &held, json!({"amount": "5.00"})).send().await.ok(202);
    let payment = world.paid(tenant, &invoice, "1.00").await;
    (invoice, payment)
}

/// Claims, payments for them and authorizations; one of the claims and of the last.
pub(crate) async fn of_payers(world: &World, tenant: &Tenant) -> (String, String) {
    let (mut claim, mut auth) = (String::new(), String::new());
    for number in ["1", "2", "3"] {
        claim = crate::claims::submitted(world, tenant, &format!("C-{number}")).await;
        let payment = crate::remittances::payment(&format!("EFT{number}"), &format!("C-{number}"));
        crate::remittances::pay(world, tenant, payment).await;
        let body = json!({"patient_id": "one", "payer_id": "P", "procedure": "97110",
            "units": number, "starts_on": "2026-03-01", "ends_on": "2026-03-31"});
        let path = "/v1/billing/prior-auth/request";
        let made = world.post(tenant, path, body).send().await.ok(201);
        auth = made["auth_id"].as_str().unwrap().to_owned();
        let path = format!("/v1/billing/prior-auth/{auth}/pend");
        world.post(tenant, &path, json!({})).send().await.ok(200);
    }
    (claim, auth)
}

/// The list, or the one list in an object.
fn items(body: &Value) -> Vec<Value> {
    if let Some(list) = body.as_array() {
        return list.clone();
    }
    let lists: Vec<&Vec<Value>> =
        body.as_object().unwrap().values().filter_map(Value::as_array).collect();
    assert_eq!(lists.len(), 1, "{body}");
    lists[0].clone()
}

async fn all_pages(world: &World, ask: &str, key: &str, head: i64) -> Vec<Value> {
    let joined = |query: &str| match ask.contains('?') {
        true => format!("{ask}&{query}"),
        false => format!("{ask}?{query}"),
    };
    // A page counts an entry's lines, and an entry of a payer's answer has more than two.
    let limit = if ask.contains("/journal/entries") { "limit=6" } else { "limit=2" };
    let mut found = Vec::new();
    let mut next = joined(limit);
    loop {
        let request = world.ask("GET", &next).header("authorization", format!("Bearer {key}"));
        let answer = request.header("daybook-min-position", head.to_string()).send().await;
        let link = answer.header("link").to_owned();
        found.extend(items(&answer.ok(200)));
        match link.strip_prefix('<').and_then(|link| link.split_once('>')) {
            Some((link, rel)) => {
                assert_eq!(rel, "; rel=\"next\"");
                next = link.to_owned();
            }
            None => return found,
        }
    }
}

#[actix_web::test]
async fn every_list_says_the_same_in_lines_as_in_pages() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (invoice, payment) = history(&world, &tenant).await;
    let (claim, auth) = of_payers(&world, &tenant).await;
    let statement = crate::founder_billing::generated(&world, &tenant).await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let mut filled = 0;
    for rule in lists(&world).await {
        let id = match rule.pattern {
            "/v1/admin/timeline/claim/{id}" => claim.as_str(),
            "/v1/admin/timeline/prior-auth/{id}" => auth.as_str(),
            "/v1/admin/timeline/statement/{id}" => statement.as_str(),
            "/v1/admin/timeline/payment/{id}" => payment.as_str(),
            "/v1/admin/timeline/patient/{id}" => "one",
            "/v1/admin/timeline/subscription/{id}" => &tenant.org.to_string(),
            _ => invoice.as_str(),
        };
        let path = rule
            .pattern
            .replace("{office_id}", &tenant.org.to_string())
            .replace("{invoice_id}", &invoice)
            .replace("{patient_id}", "one")
            .replace("{id}", id);
        let filter = match rule.pattern {
            "/v1/admin/finance/reconcile/invoices" | "/v1/admin/queue/invoices" => "?status=all",
            "/v1/admin/journal/ledger" => "?account=1100",
            _ => "",
        };
        let path = format!("{path}{filter}");
        let key = match rule.access {
            Access::Operator => OPERATOR,
            Access::Public | Access::Roles(_) => tenant.key(Role::Owner),
        };
        let ask = world.ask("GET", &path).header("authorization", format!("Bearer {key}"));
        let ask = ask.header("accept", NDJSON).header("daybook-min-position", head.to_string());
        let answer = ask.send().await;
        assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text);
        assert_eq!(answer.header("content-type"), NDJSON, "{path}");
        assert!(answer.text.is_empty() || answer.text.ends_with('\n'), "{path}");
        let lines: Vec<Value> =
            answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let pages = match rule.pattern {
            pattern if pattern.starts_with("/v1/admin/timeline/") => {
                let ask = world.as_role(&tenant, Role::Owner, "GET", &path);
                items(&ask.header("daybook-min-position", head.to_string()).send().await.ok(200))
            }
            "/v1/admin/keys" | "/v1/admin/orgs" => {
                let ask = world.ask("GET", &path).header("authorization", format!("Bearer {key}"));
                items(&ask.send().await.ok(200))
            }
            _ => all_pages(&world, &path, key, head).await,
        };
        assert_eq!(lines, pages, "{path}");
        filled += usize::from(lines.len() > 1);
        if !matches!(rule.pattern, "/v1/admin/keys" | "/v1/admin/orgs") {
            assert!(answer.position() >= head, "{path}");
        }
    }
    assert!(filled >= 10, "only {filled} lists had something in them");
}

#[actix_web::test]
async fn lines_are_for_the_same_roles_and_know_no_pages() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for rule in lists(&world).await {
        let Access::Roles(roles) = rule.access else { continue };
        for role in Role::ALL.into_iter().filter(|role| !roles.contains(role)) {
            let path = rule.pattern.replace("{office_id}", &tenant.org.to_string());
            let path = path.replace("{invoice_id}", &unknown()).replace("{id}", &unknown());
            let ask = world.as_role(&tenant, role, "GET", &path).header("accept", NDJSON);
            ask.send().await.problem(403, "forbidden");
        }
    }
    for query in ["limit=2", "cursor=abc"] {
        let ask = world.get(&tenant, &format!("/v1/billing/patients?{query}"));
        ask.header("accept", NDJSON).send().await.problem(400, "invalid_query");
    }
}

#[actix_web::test]
async fn more_than_a_page_comes_out_of_one_snapshot() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let draft = world.draft(&tenant, "1.00").await;
    let path = format!("/v1/billing/invoices/{draft}/lines");
    for _ in 0..230 {
        world.post(&tenant, &path, json!({"amount": "1.00"})).send().await.ok(201);
    }
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let path = format!("/v1/billing/invoices/{draft}/line-items");
    let ask = world.get(&tenant, &path).header("accept", "application/x-ndjson, */*;q=0.1");
    let answer = ask.header("daybook-min-position", head.to_string()).send().await;
    assert_eq!(answer.text.lines().count(), 231);
    assert_eq!(answer.position(), head);
}

#[actix_web::test]
async fn only_so_many_long_answers_are_given_at_a_time() {
    let world = World::with(|limits| limits.long_answers = 0).await;
    let tenant = world.tenant().await;
    let ask = world.get(&tenant, "/v1/billing/patients").header("accept", NDJSON);
    ask.send().await.problem(429, "too_many_streams");
    world.get(&tenant, "/v1/billing/patients").send().await.ok(200);
}
