//! Invoices: lists, drafts, issue, send, cancel.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{World, unknown};

#[actix_web::test]
async fn an_invoice_is_drafted_issued_sent_and_then_stands() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.draft(&tenant, "100.00").await;
    let at = |verb: &str| format!("/v1/billing/invoices/{id}/{verb}");
    let added = world.post(&tenant, &at("lines"), json!({"amount": "20.00"})).send().await.ok(201);
    assert_eq!(added["total_amount"], "120.00");
    let line = added["line_item_id"].as_str().unwrap();
    let line = format!("/v1/billing/invoices/{id}/lines/{line}");
    let removed = world.as_role(&tenant, Role::Finance, "DELETE", &line).send().await.ok(200);
    assert_eq!(removed["total_amount"], "100.00");
    world.as_role(&tenant, Role::Finance, "DELETE", &line).send().await.ok(200);
    world.post(&tenant, &at("recalculate-totals"), json!({})).send().await.ok(200);

    let issued = world.post(&tenant, &at("issue"), json!({"issued_on": "2025-06-15"})).send().await;
    let issued = issued.ok(200);
    assert_eq!(issued["number"], "INV-202506-00001");
    assert_eq!((&issued["status"], &issued["due_date"]), (&json!("sent"), &json!("2025-07-15")));
    let late = world.post(&tenant, &at("lines"), json!({"amount": "1.00"})).send().await;
    let problem = late.problem(422, "invoice.not_draft");
    assert_eq!(problem["figures"]["status"], "sent");
    let sent = world.post(&tenant, &at("send"), json!({})).send().await.ok(200);
    assert!(sent["sent_at"].is_string());
    let overdue = world.post(&tenant, &at("mark-overdue"), json!({})).send().await.ok(200);
    assert_eq!(overdue["status"], "overdue");
    let void = world.post(&tenant, &at("cancel"), json!({"reason_code": "mistake"})).send().await;
    assert_eq!(void.ok(200)["status"], "canceled");
}

#[actix_web::test]
async fn an_empty_or_unknown_invoice_is_not_issued() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let path = format!("/v1/billing/invoices/{}/issue", unknown());
    world.post(&tenant, &path, json!({})).send().await.problem(404, "invoice.unknown");
    let path = "/v1/billing/invoices/not-a-uuid/issue";
    world.post(&tenant, path, json!({})).send().await.problem(404, "not_found");
}

#[actix_web::test]
async fn the_offices_invoices_are_filtered_in_any_case_and_paged() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for _ in 0..3 {
        world.draft(&tenant, "5.00").await;
    }
    let issued = world.issued(&tenant, "7.00").await;
    world.post(&tenant, "/v1/billing/patients/p/activate", json!({})).send().await.ok(200);
    let list = |query: &str| {
        let path = format!("/api/v1/billing/offices/{}/invoices{query}", tenant.org);
        world.get(&tenant, &path)
    };
    let count = |page: Value| page["invoices"].as_array().unwrap().len();
    assert_eq!(count(list("").send().await.ok(200)), 5);
    assert_eq!(count(list("?status=Draft").send().await.ok(200)), 4);
    assert_eq!(count(list("?status=SENT,draft").send().await.ok(200)), 5);
    assert_eq!(count(list("?status=sent&status=paid").send().await.ok(200)), 1);
    assert_eq!(count(list("?type=MONTHLY").send().await.ok(200)), 1);
    assert_eq!(count(list("?from=2999-01-01").send().await.ok(200)), 0);
    assert_eq!(count(list("?to=2999-01-01").send().await.ok(200)), 5);
    let sent = list("?status=sent").send().await.ok(200);
    assert_eq!(sent["invoices"][0]["invoice_id"], issued);

    let first = list("?status=draft&limit=3").send().await.ok(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = list(&format!("?status=draft&limit=3&cursor={cursor}")).send().await.ok(200);
    assert_eq!((count(first.clone()), count(rest.clone())), (3, 1));
    assert!(rest["next_cursor"].is_null());
    for query in ["?status=lost", "?tpye=monthly", "?limit=0", "?limit=1&limit=2", "?from=soon"] {
        list(query).send().await.problem(400, "invalid_query");
    }
}

#[actix_web::test]
async fn a_cursor_belongs_to_its_question() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    for tenant in [&tenant, &other] {
        world.draft(tenant, "5.00").await;
        world.draft(tenant, "5.00").await;
    }
    let path =
        |tenant: &crate::support::Tenant| format!("/v1/billing/offices/{}/invoices", tenant.org);
    let page = world.get(&tenant, &format!("{}?limit=1", path(&tenant))).send().await.ok(200);
    let cursor = page["next_cursor"].as_str().unwrap().to_owned();
    let with = |path: String, cursor: &str| format!("{path}?limit=1&cursor={cursor}");
    world.get(&tenant, &with(path(&tenant), &cursor)).send().await.ok(200);
    let mut forged = cursor.clone();
    let last = if forged.ends_with('A') { "E" } else { "A" };
    forged.replace_range(forged.len() - 1.., last);
    for wrong in [forged.as_str(), "x", "%00", &cursor[1..]] {
        let answer = world.get(&tenant, &with(path(&tenant), wrong)).send().await;
        answer.problem(400, "invalid_cursor");
    }
    let foreign = world.get(&other, &with(path(&other), &cursor)).send().await;
    foreign.problem(400, "invalid_cursor");
    let filtered = format!("{}&status=draft", with(path(&tenant), &cursor));
    world.get(&tenant, &filtered).send().await.problem(400, "invalid_cursor");
    let elsewhere = format!("/v1/billing/patients?cursor={cursor}");
    world.get(&tenant, &elsewhere).send().await.problem(400, "invalid_cursor");
}

#[actix_web::test]
async fn a_change_can_be_made_conditional_on_the_version_that_was_seen() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.draft(&tenant, "10.00").await;
    let shown = world.get(&tenant, &format!("/v1/billing/invoices/{id}")).send().await;
    let seen = shown.header("etag").to_owned();
    let lines = format!("/v1/billing/invoices/{id}/lines");
    let line = || world.post(&tenant, &lines, json!({"amount": "1.00"})).header("if-match", &seen);
    let first = line().send().await;
    assert_ne!(first.header("etag"), seen);
    first.ok(201);
    let second = line().send().await.problem(412, "version_mismatch");
    assert!(second["figures"]["actual"].as_i64() > second["figures"]["expected"].as_i64());
    let any = world.post(&tenant, &lines, json!({"amount": "1.00"})).header("if-match", "*");
    any.send().await.ok(201);
    let odd = world.post(&tenant, &lines, json!({"amount": "1.00"})).header("if-match", "seven");
    odd.send().await.problem(400, "invalid_header");
}

#[actix_web::test]
async fn a_dry_run_says_what_would_happen_and_does_nothing() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.draft(&tenant, "10.00").await;
    let before = world.ledger.head(tenant.org).await.unwrap();
    let path = format!("/v1/billing/invoices/{id}/issue?dry_run=true");
    let answer = world.post(&tenant, &path, json!({})).send().await;
    assert_eq!(answer.header("daybook-dry-run"), "true");
    let answer = answer.ok(200);
    assert_eq!(answer["dry_run"], true);
    assert_eq!(answer["events"][0]["type"], "billing.invoice.issued");
    assert!(answer["events"][0]["data"]["number"].as_str().unwrap().starts_with("INV-"));
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), before);
    // The number was taken back.
    let issued = world.post(&tenant, &path.replace("?dry_run=true", ""), json!({})).send().await;
    assert!(issued.ok(200)["number"].as_str().unwrap().ends_with("-00001"));
    let refused = world.post(&tenant, &path, json!({})).send().await;
    assert!(refused.status.is_success() || refused.status.as_u16() == 422);
}
