//! Every figure that is answered can be explained, and its events sum to it.

use std::collections::BTreeMap;

use api::roles::{Access, RULES};
use ledger::store::{notary::sign_head, tenants::Role};
use serde_json::{Value, json};

use crate::{
    explain_figures::{adds_up, figures, minor},
    explain_history::everything,
    support::{Tenant, World, signers, unknown},
};

/// Files, the events themselves, and what was set: what somebody entered has no other cause.
const NOT_FIGURES: [&str; 4] = [
    "/v1/admin/exports/accounting.csv",
    "/v1/billing/account/plan",
    "/v1/events",
    "/v1/founder-billing/config",
];

/// Ids of things by the name that they have in paths, as lists tell them.
async fn ids(world: &World, tenant: &Tenant) -> BTreeMap<&'static str, Vec<String>> {
    let mut ids = BTreeMap::new();
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let office = format!("/v1/billing/offices/{}/invoices", tenant.org);
    let lists = [
        ("invoice_id", office.as_str(), "invoices", "invoice_id"),
        ("claim_id", "/v1/billing/claims", "claims", "claim_id"),
        ("remittance_id", "/v1/billing/remittances", "remittances", "remittance_id"),
        ("exception_id", "/v1/admin/finance/exceptions", "exceptions", "exception_id"),
        ("statement", "/v1/founder-billing/statements", "", "id"),
    ];
    for (name, path, list, field) in lists {
        let ask = world.as_role(tenant, Role::Owner, "GET", path);
        let body = ask.header("daybook-min-position", &head).send().await.ok(200);
        let items = if list.is_empty() { &body } else { &body[list] };
        let all = items.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap());
        ids.insert(name, all.map(str::to_owned).collect());
    }
    ids
}

/// The addresses of a route in this history.
fn addresses(pattern: &str, tenant: &Tenant, ids: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
    let Some((before, name)) = pattern.split_once('{') else {
        return match pattern {
            "/v1/admin/journal/ledger" => ["1100", "1010", "2000", "2200", "4000"]
                .iter()
                .flat_map(|number| {
                    let path = format!("{pattern}?account={number}");
                    [path.clone(), format!("{path}&from=2025-02-01")]
                })
                .collect(),
            "/v1/admin/journal/trial-balance" => ["", "?to=2025-01-31", "?adjusting=exclude"]
                .map(|it| format!("{pattern}{it}"))
                .into(),
            "/v1/admin/queue/invoices" => vec![format!("{pattern}?status=all")],
            "/v1/admin/finance/held-payments" => vec![format!("{pattern}?all=true")],
            "/v1/admin/finance/reconcile/invoices" => vec![format!("{pattern}?status=all")],
            "/v1/admin/reports/cash"
            | "/v1/admin/reports/gst"
            | "/v1/admin/reports/pnl"
            | "/v1/admin/reports/revenue" => {
                ["", "?from=2025-02-01", "?to=2025-01-31"].map(|it| format!("{pattern}{it}")).into()
            }
            _ => vec![pattern.to_owned()],
        };
    };
    let (name, after) = name.split_once('}').unwrap();
    let named = match (name, before) {
        ("office_id", _) => vec![tenant.org.to_string()],
        ("id", "/v1/founder-billing/statements/" | "/v1/admin/timeline/statement/") => {
            ids["statement"].clone()
        }
        ("id", "/v1/admin/timeline/claim/") => ids["claim_id"].clone(),
        ("id", "/v1/admin/timeline/invoice/") => ids["invoice_id"].clone(),
        ("id", "/v1/admin/timeline/subscription/") => vec![tenant.org.to_string()],
        (name, _) => ids.get(name).cloned().unwrap_or_default(),
    };
    named.iter().map(|id| format!("{before}{id}{after}")).collect()
}

fn explaining(address: &str, figure: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    format!("{path}/explain?figure={figure}&{query}")
}

#[actix_web::test]
async fn the_events_of_every_figure_that_is_answered_sum_to_it() {
    let world = World::with(|limits| limits.requests_per_minute = 1_000_000).await;
    let tenant = world.tenant().await;
    everything(&world, &tenant).await;
    let ids = ids(&world, &tenant).await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let mut walked: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for rule in RULES.iter().filter(|rule| matches!(rule.access, Access::Roles(_))) {
        let pattern = rule.pattern;
        let ours = rule.method == "GET" && !pattern.ends_with("/explain");
        if !ours || NOT_FIGURES.iter().any(|other| pattern.starts_with(other)) {
            continue;
        }
        for address in addresses(pattern, &tenant, &ids) {
            let ask = world.as_role(&tenant, Role::Owner, "GET", &address);
            let answer = ask.header("daybook-min-position", &head).send().await;
            let Ok(body) = serde_json::from_str::<Value>(&answer.text) else { continue };
            let mut found = Vec::new();
            let founder = pattern.starts_with("/v1/founder-billing/");
            figures(founder, &body, "", &mut found);
            for figure in found {
                let path = explaining(&address, &figure);
                let ask = world.as_role(&tenant, Role::Owner, "GET", &path);
                let answer = ask.header("daybook-min-position", &head).send().await;
                if answer.status.as_u16() != 200 {
                    unexplained.push(format!("{path}: {}", answer.text));
                    continue;
                }
                let tree = answer.json();
                let shown = body.pointer(&format!("/{figure}")).unwrap();
                assert_eq!(&tree["shown"], shown, "{path}");
                assert_eq!(tree["amount_cents"], minor(shown, &figure), "{path}");
                let events = adds_up(&tree);
                assert!(events > 0 || tree["amount_cents"] == 0, "{path}: {tree}");
                *walked.entry(pattern).or_default() += 1;
            }
        }
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let explained = RULES.iter().filter_map(|rule| rule.pattern.strip_suffix("/explain"));
    let missed: Vec<&str> = explained.filter(|pattern| !walked.contains_key(pattern)).collect();
    // Their amounts come days later, or from a carrier; the laws of read models hold them.
    let unseen = [
        "/v1/admin/timeline/payment/{id}",
        "/v1/founder-billing/deliveries",
        "/v1/founder-billing/escalations",
    ];
    assert_eq!(missed, unseen, "no figure was seen there: {walked:?}");
}

#[actix_web::test]
async fn an_explanation_names_rows_entries_and_events() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "30.00").await;
    world.paid(&tenant, &id, "10.00").await;
    let path = format!("/v1/billing/invoices/{id}/explain?figure=balance_due");
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let ask = async |path: &str| {
        world.get(&tenant, path).header("daybook-min-position", &head).send().await.ok(200)
    };
    let tree = ask(&path).await;
    assert_eq!((&tree["amount"], &tree["currency"]), (&json!("20.00"), &json!("USD")));
    let row = &tree["rows"][0];
    assert_eq!((&row["model"], &row["key"]), (&json!("invoices"), &json!({"invoice_id": id})));
    let amounts: Vec<_> =
        row["entries"].as_array().unwrap().iter().map(|it| &it["amount"]).collect();
    assert_eq!(amounts, [&json!("30.00"), &json!("-10.00")]);
    let issued = &row["entries"][0];
    assert_eq!(issued["event"]["type"], "billing.invoice.issued");
    assert_eq!(issued["event"]["rounding"], "half_away_from_zero");
    assert_eq!(
        (&issued["account"], &issued["lines"][0]["account"]),
        (&json!("1100"), &json!("1100"))
    );
    // A page of it still sums.
    let one = ask(&format!("{path}&children=1")).await;
    assert_eq!(one["rows"][0]["more"]["amount"], "-10.00");
    let next = one["rows"][0]["more"]["href"].as_str().unwrap().to_owned();
    let rest = ask(&next).await;
    assert_eq!(rest["rows"][0]["entries"][0]["amount"], "-10.00");
    assert_eq!(rest["amount"], "20.00");
    let debits = "/v1/admin/journal/trial-balance/explain?figure=balances/USD/accounts/1100/debit";
    let tree = ask(debits).await;
    assert_eq!(
        (&tree["figure"], &tree["row_count"]),
        (&json!("balances/0/accounts/1/debit"), &json!(1))
    );
}

#[actix_web::test]
async fn only_figures_are_explained_and_only_to_those_who_may_see_them() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let id = world.issued(&tenant, "30.00").await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let path = format!("/v1/billing/invoices/{id}/explain");
    for figure in ["", "?figure=status", "?figure=number", "?figure=no_such_thing"] {
        let ask = world.get(&tenant, &format!("{path}{figure}"));
        let problem = ask.header("daybook-min-position", &head).send().await;
        let problem = problem.problem(404, "figure_unknown");
        let figures = problem["figures"]["figures"].as_array().unwrap();
        assert!(figures.contains(&json!("balance_due")) && !figures.contains(&json!("number")));
    }
    let figure = format!("{path}?figure=balance_due");
    let foreign = world.get(&other, &figure).send().await;
    foreign.problem(404, "invoice.unknown");
    let nobody = format!("/v1/billing/invoices/{}/explain?figure=balance_due", unknown());
    world.get(&tenant, &nobody).send().await.problem(404, "invoice.unknown");
    let wrong = world.get(&tenant, &format!("{figure}&children=0")).send().await;
    wrong.problem(400, "invalid_query");
    world.get(&tenant, &format!("{figure}&other=1")).send().await.problem(400, "invalid_query");
    let trial = "/v1/admin/journal/trial-balance/explain?figure=balances/USD/total_debit";
    world.as_role(&tenant, Role::Viewer, "GET", trial).send().await.problem(403, "forbidden");
}

/// What a thing may be read by, its explanation may be read by, and nobody else.
#[test]
fn an_explanation_is_for_those_who_may_see_the_thing() {
    let explained = RULES.iter().filter(|rule| rule.pattern.ends_with("/explain"));
    for rule in explained {
        let thing = api::roles::rule("GET", rule.pattern.strip_suffix("/explain").unwrap());
        assert_eq!(thing.map(|thing| thing.access), Some(rule.access), "{}", rule.pattern);
    }
}

#[actix_web::test]
async fn a_row_that_is_not_what_its_events_say_is_never_explained() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "30.00").await;
    let path = format!("/v1/billing/invoices/{id}/explain?figure=balance_due");
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let ask = world.get(&tenant, &path).header("daybook-min-position", &head);
    assert_eq!(ask.send().await.ok(200)["amount"], "30.00");
    for slot in ["a", "b"] {
        let damage = format!("update invoices_{slot} set balance_minor = balance_minor + 1");
        world.damage(&damage).await;
    }
    world.get(&tenant, &path).send().await.problem(500, "does_not_add_up");
    let total = format!("/v1/billing/invoices/{id}/explain?figure=total_amount");
    assert_eq!(world.get(&tenant, &total).send().await.ok(200)["amount"], "30.00");
}

#[actix_web::test]
async fn a_figure_of_the_past_is_explained_as_it_was() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "30.00").await;
    let before = world.ledger.head(tenant.org).await.unwrap().unwrap();
    world.paid(&tenant, &id, "10.00").await;
    let path = format!("/v1/billing/invoices/{id}/explain?figure=balance_due");
    for name in ["at_position", "as_of_position"] {
        let then = world.get(&tenant, &format!("{path}&{name}={before}")).send().await.ok(200);
        assert_eq!((&then["amount"], &then["position"]), (&json!("30.00"), &json!(before)));
        assert_eq!(then["rows"][0]["entries"].as_array().unwrap().len(), 1);
    }
    let books = "/v1/admin/journal/trial-balance/explain?figure=balances/USD/accounts/1100/balance";
    let then = world.get(&tenant, &format!("{books}&at_position={before}")).send().await.ok(200);
    assert_eq!(then["amount"], "30.00");
    let day = world.get(&tenant, &format!("{books}&effective_on=2099-12-31")).send().await;
    assert_eq!(day.ok(200)["amount"], "20.00");
    let day = format!("{path}&effective_on=2026-01-31");
    world.get(&tenant, &day).send().await.problem(422, "not_bitemporal");
    let beyond = world.get(&tenant, &format!("{path}&at_position=999999")).send().await;
    beyond.problem(400, "position_beyond_log");
    let proved = world.get(&tenant, &format!("{path}&proofs=true")).send().await.ok(200);
    let event = &proved["rows"][0]["entries"][0]["event"];
    assert!(event["proof"].is_null(), "no checkpoint was signed yet: {event}");
    sign_head(&world.ledger, tenant.org, &signers()).await.unwrap().unwrap();
    let proved = world.get(&tenant, &format!("{path}&proofs=true")).send().await.ok(200);
    let event = &proved["rows"][0]["entries"][0]["event"];
    let route = format!("/v1/proofs/inclusion?position={}", event["position"]);
    let proof = world.get(&tenant, &route).send().await.ok(200);
    for field in ["leaf_index", "size", "hashes"] {
        assert_eq!(event["proof"][field], proof[field], "{event}");
    }
}
