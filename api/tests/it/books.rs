//! Entries made by hand, and the chart they are made on.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{World, unknown};

const ADJUST: &str = "/v1/admin/journal/adjusting-entries";

fn entry(debit: &str, credit: &str) -> Value {
    json!({"reason_code": "accrual", "note": "for December", "lines": [
        {"account": "5000", "debit": debit},
        {"account": "1010", "credit": credit},
    ]})
}

#[actix_web::test]
async fn the_chart_names_every_account_and_its_side() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let ask = world.as_role(&tenant, Role::Auditor, "GET", "/v1/admin/accounts");
    let chart = ask.send().await.ok(200);
    let accounts = chart["accounts"].as_array().unwrap();
    let of = |number: &str| accounts.iter().find(|account| account["account"] == number).unwrap();
    assert_eq!(of("1100")["class"], "asset");
    assert_eq!(of("2100")["normal_side"], "credit");
    assert_eq!(of("4000")["account_name"], "Subscription revenue");
}

#[actix_web::test]
async fn an_adjusting_entry_is_posted_once_and_undone_once() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let ask = || {
        let ask = world.as_role(&tenant, Role::Finance, "POST", ADJUST).keyed("entry-1");
        ask.json(entry("10.00", "10.00"))
    };
    let posted = ask().send().await.ok(201);
    assert_eq!(posted["type"], "billing.books.entry_posted");
    assert_eq!(posted["lines"][0]["debit"], "10.00");
    let again = ask().send().await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    let again = again.ok(201);
    assert_eq!(again["entry_id"], posted["entry_id"]);
    let id = posted["entry_id"].as_str().unwrap();
    let path = format!("/v1/admin/journal/entries/{id}/reverse");
    world.post(&tenant, &path, json!({})).send().await.problem(422, "invalid_body");
    let reason = json!({"reason_code": "in_error"});
    let preview = format!("{path}?dry_run=true");
    let preview = world.post(&tenant, &preview, reason.clone()).send().await.ok(200);
    assert_eq!(preview["entries"][0]["lines"][0]["credit"], "10.00");
    let mirror = world.post(&tenant, &path, reason.clone()).send().await.ok(201);
    assert_eq!(mirror["lines"][0]["credit"], "10.00");
    let twice = world.post(&tenant, &path, reason.clone()).send().await;
    twice.problem(422, "books.entry_reversed");
    let nobodys = format!("/v1/admin/journal/entries/{}/reverse", unknown());
    world.post(&tenant, &nobodys, reason).send().await.problem(404, "books.unknown_entry");
}

#[actix_web::test]
async fn an_entry_that_does_not_balance_is_refused_with_its_figures() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let refused = world.post(&tenant, ADJUST, entry("10.00", "9.00")).send().await;
    let refused = refused.problem(422, "books.unbalanced");
    assert_eq!(refused["figures"]["debit"], "1000");
    for (line, pointer) in [
        (json!({"account": "9999", "debit": "1.00"}), "/lines/0/account"),
        (json!({"account": "1000", "debit": "1.00", "credit": "1.00"}), "/lines/0/debit"),
        (json!({"account": "1000"}), "/lines/0/debit"),
        (json!({"account": "1000", "credit": "1.001"}), "/lines/0/credit"),
    ] {
        let body = json!({"reason_code": "x", "lines": [line, {"account": "5000", "debit": "1"}]});
        let wrong = world.post(&tenant, ADJUST, body).send().await.problem(422, "invalid_body");
        assert_eq!(wrong["errors"][0]["pointer"], pointer);
    }
}

#[actix_web::test]
async fn an_allowance_is_raised_and_released() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for (direction, account) in [("raise", "5100"), ("release", "1190")] {
        let body = json!({"amount": "12.00", "direction": direction, "reason_code": "ageing"});
        let path = "/v1/admin/journal/allowances";
        let posted = world.post(&tenant, path, body).send().await.ok(201);
        let lines = posted["lines"].as_array().unwrap();
        let debit = lines.iter().find(|line| line["debit"] == "12.00").unwrap();
        assert_eq!(debit["account"], account);
    }
}

#[actix_web::test]
async fn an_entry_of_another_org_is_unknown() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let posted = world.post(&theirs, ADJUST, entry("1.00", "1.00")).send().await.ok(201);
    let path =
        format!("/v1/admin/journal/entries/{}/reverse", posted["entry_id"].as_str().unwrap());
    let refused = world.post(&mine, &path, json!({"reason_code": "x"})).send().await;
    refused.problem(404, "books.unknown_entry");
}
