//! Months of the books: closed one after the other, and what is earned before.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World};

/// An invoice of January 2025 with a plan billed ahead for 100 days of it.
async fn ahead(world: &World, tenant: &Tenant) -> String {
    let body = json!({"amount": "100.00", "item_type": "subscription", "service_date": "2025-01-01",
        "covers": {"starts_on": "2025-01-01", "ends_on": "2025-04-10"}});
    let path = "/v1/billing/charges/one-off";
    let charged = world.post(tenant, path, body).send().await.ok(201);
    let id = charged["invoice_id"].as_str().unwrap().to_owned();
    let path = format!("/v1/billing/invoices/{id}/issue");
    world.post(tenant, &path, json!({"issued_on": "2025-01-01"})).send().await.ok(200);
    id
}

async fn get(world: &World, tenant: &Tenant, path: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    world.get(tenant, path).header("daybook-min-position", head).send().await.ok(200)
}

#[actix_web::test]
async fn closing_a_month_earns_its_revenue_first_and_says_what_to_look_at() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    ahead(&world, &tenant).await;
    let dry = "/v1/admin/periods/2025-01/close?dry_run=true";
    let head = world.ledger.head(tenant.org).await.unwrap();
    let dry = world.post(&tenant, dry, json!({})).send().await.ok(200);
    assert_eq!(dry["dry_run"], true);
    assert_eq!(dry["checklist"]["clear"], false);
    let unrecognized = &dry["checklist"]["unrecognized_revenue"];
    assert_eq!(unrecognized["earned"][0]["amount"], "31.00");
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);

    let path = "/v1/admin/periods/2025-01/close";
    let closed = world.post(&tenant, path, json!({"note": "all seen"})).send().await.ok(200);
    assert_eq!(closed["closed_through"], "2025-01-31");
    assert_eq!(closed["recognized"]["invoices_earned"], 1);
    assert_eq!(closed["recognized"]["earned"][0]["amount"], "31.00");
    // Again, nothing happens.
    let again = world.post(&tenant, path, json!({})).send().await.ok(200);
    assert_eq!(again["recognized"]["invoices_earned"], 0);

    let periods = get(&world, &tenant, "/v1/admin/periods").await;
    assert_eq!(periods["closed_through"], "2025-01-31");
    assert_eq!(periods["open_from"], "2025-02-01");
    assert_eq!(periods["history"][0]["period"], "2025-01");
    assert_eq!(periods["history"][0]["note"], "all seen");
    let skipped = world.post(&tenant, "/v1/admin/periods/2025-03/close", json!({})).send().await;
    skipped.problem(422, "books.period_skipped");
    let future = world.post(&tenant, "/v1/admin/periods/2099-01/close", json!({})).send().await;
    future.problem(422, "books.period_not_over");
    let none = world.post(&tenant, "/v1/admin/periods/2025-13/close", json!({})).send().await;
    none.problem(404, "not_found");
}

#[actix_web::test]
async fn a_closed_month_refuses_everything_but_adjusting_entries() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = ahead(&world, &tenant).await;
    world.post(&tenant, "/v1/admin/periods/2025-01/close", json!({})).send().await.ok(200);
    let path = format!("/v1/billing/invoices/{id}/payments");
    let back = json!({"amount": "1.00", "received_on": "2025-01-15"});
    let refused = world.post(&tenant, &path, back).send().await;
    let refused = refused.problem(422, "books.period_closed");
    assert_eq!(refused["figures"]["open_from"], "2025-02-01");
    let path = format!("/v1/billing/invoices/{id}/credit-notes");
    let back = json!({"reason_code": "x", "amount": "1.00", "issued_on": "2025-01-15"});
    let refused = world.post(&tenant, &path, back).send().await;
    refused.problem(422, "books.period_closed");
    let lines =
        json!([{"account": "5000", "debit": "1.00"}, {"account": "1010", "credit": "1.00"}]);
    let entry = json!({"reason_code": "x", "business_on": "2025-01-31", "lines": lines});
    let path = "/v1/admin/journal/adjusting-entries";
    world.post(&tenant, path, entry).send().await.ok(201);
    let with = "/v1/admin/journal/trial-balance?to=2025-01-31";
    let with = get(&world, &tenant, with).await;
    let without = "/v1/admin/journal/trial-balance?to=2025-01-31&adjusting=exclude";
    let without = get(&world, &tenant, without).await;
    let has = |balance: &Value| {
        let accounts = balance["balances"][0]["accounts"].as_array().unwrap();
        accounts.iter().any(|account| account["account"] == "5000")
    };
    assert!(has(&with) && !has(&without));
    let allowance = json!({"amount": "1.00", "business_on": "2025-01-31", "reason_code": "x"});
    let path = "/v1/admin/journal/allowances";
    world.post(&tenant, path, allowance).send().await.problem(422, "books.period_closed");
}

#[actix_web::test]
async fn an_atomic_bulk_names_the_command_that_a_closed_month_refuses() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = ahead(&world, &tenant).await;
    world.post(&tenant, "/v1/admin/periods/2025-01/close", json!({})).send().await.ok(200);
    let pay = |on: &str| {
        json!({"command": "record_payment", "invoice_id": id,
            "body": {"amount": "1.00", "received_on": on}})
    };
    let body = json!({"atomic": true, "commands": [pay("2025-02-01"), pay("2025-01-31")]});
    let refused = world.post(&tenant, "/v1/commands/bulk", body).send().await;
    let refused = refused.problem(422, "books.period_closed");
    assert_eq!(refused["failed_command"]["index"], 1);
}

#[actix_web::test]
async fn the_last_closed_month_is_opened_again_by_owners_and_admins_with_a_reason() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    world.post(&tenant, "/v1/admin/periods/2025-01/close", json!({})).send().await.ok(200);
    world.post(&tenant, "/v1/admin/periods/2025-02/close", json!({})).send().await.ok(200);
    let reopen = |role, month: &str, body: Value| {
        let path = format!("/v1/admin/periods/{month}/reopen");
        world.as_role(&tenant, role, "POST", &path).json(body)
    };
    let reason = || json!({"reason_code": "late_invoice"});
    reopen(Role::Finance, "2025-02", reason()).send().await.problem(403, "forbidden");
    reopen(Role::Admin, "2025-02", json!({})).send().await.problem(422, "invalid_body");
    let earlier = reopen(Role::Admin, "2025-01", reason()).send().await;
    earlier.problem(422, "books.not_the_last_period");
    let opened = reopen(Role::Admin, "2025-02", reason()).send().await.ok(200);
    assert_eq!(opened["closed_through"], "2025-01-31");
    let opened = reopen(Role::Owner, "2025-01", reason()).send().await.ok(200);
    assert_eq!(opened["closed_through"], Value::Null);
}

#[actix_web::test]
async fn revenue_is_earned_on_demand_once_per_day() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    ahead(&world, &tenant).await;
    let path = "/v1/admin/finance/revenue/recognize";
    let body = || json!({"through": "2025-01-10"});
    let dry = format!("{path}?dry_run=true");
    let dry = world.post(&tenant, &dry, body()).send().await.ok(200);
    let first = world.post(&tenant, path, body()).send().await.ok(200);
    assert_eq!(first["earned"][0]["amount"], "10.00");
    assert_eq!(dry["earned"], first["earned"]);
    let again = world.post(&tenant, path, body()).send().await.ok(200);
    assert_eq!((&again["invoices_earned"], &again["earned"]), (&json!(0), &json!([])));
    let future = world.post(&tenant, path, json!({"through": "2999-01-01"})).send().await;
    future.problem(422, "invalid_body");
    world.post(&tenant, "/v1/admin/periods/2025-01/close", json!({})).send().await.ok(200);
    let rest = world.post(&tenant, path, json!({})).send().await.ok(200);
    assert_eq!(rest["earned"][0]["amount"], "69.00");
}

#[actix_web::test]
async fn a_canceled_account_gets_credit_for_what_was_billed_ahead_on_request() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"amount": "100.00", "item_type": "subscription",
        "covers": {"starts_on": "2099-01-01", "ends_on": "2099-01-31"}});
    let path = "/v1/billing/charges/one-off";
    let charged = world.post(&tenant, path, body).send().await.ok(201);
    let id = charged["invoice_id"].as_str().unwrap().to_owned();
    let path = format!("/v1/billing/invoices/{id}/issue");
    world.post(&tenant, &path, json!({})).send().await.ok(200);
    let cancel = |dry: bool| {
        let path = format!("/v1/billing/account/cancel?dry_run={dry}");
        let ask = world.as_role(&tenant, Role::Owner, "POST", &path).keyed("the-end");
        ask.json(json!({"reason_code": "closed", "credit_unearned": true}))
    };
    let preview = cancel(true).send().await.ok(200);
    assert_eq!(preview["invoices"][0]["after"]["balance_due"], "0.00");
    assert_eq!(world.invoice(&tenant, &id).await["balance_due"], "100.00");
    let done = cancel(false).send().await.ok(200);
    assert_eq!(done["status"], "canceled");
    let note = &done["unearned"]["credit_notes"][0];
    assert_eq!((&note["invoice_id"], &note["total_amount"]), (&json!(id), &json!("100.00")));
    assert_eq!(world.invoice(&tenant, &id).await["balance_due"], "0.00");
    let again = cancel(false).send().await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    let notes = get(&world, &tenant, &format!("/v1/billing/invoices/{id}/credit-notes")).await;
    assert_eq!(notes["credit_notes"].as_array().unwrap().len(), 1);
}
