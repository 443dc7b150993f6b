//! What finance reads: taxes, profit and loss, ageing, revenue, the general ledger, and lists.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World, unknown};

async fn get(world: &World, tenant: &Tenant, path: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let ask = world.as_role(tenant, Role::Auditor, "GET", path);
    ask.header("daybook-min-position", head).send().await.ok(200)
}

/// Taxed at 13 %: 100.00 issued in January, 20.00 of it credited in February.
pub(crate) async fn billed(world: &World, tenant: &Tenant) -> String {
    let rate = json!({"jurisdiction": "CA-ON", "rate": "0.13", "valid_from": "2020-01-01"});
    world.post(tenant, "/v1/billing/account/tax-rates", rate).send().await.ok(200);
    let id = world.draft(tenant, "100.00").await;
    let path = format!("/v1/billing/invoices/{id}/issue");
    world.post(tenant, &path, json!({"issued_on": "2025-01-10"})).send().await.ok(200);
    let path = format!("/v1/billing/invoices/{id}/credit-notes");
    let note = json!({"reason_code": "less", "amount": "22.60", "issued_on": "2025-02-10",
        "note": "agreed by phone"});
    world.post(tenant, &path, note).send().await.ok(201);
    id
}

#[actix_web::test]
async fn the_tax_report_reads_snapshots_and_is_the_same_again() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    billed(&world, &tenant).await;
    let january = "/v1/admin/reports/gst?from=2025-01-01&to=2025-01-31";
    let report = get(&world, &tenant, january).await;
    let line = &report["lines"][0];
    assert_eq!((&line["tax"], &line["jurisdiction"]), (&json!("HST"), &json!("CA-ON")));
    assert_eq!((&line["collected"], &line["collected_cents"]), (&json!("13.00"), &json!(1300)));
    assert_eq!(line["taxable_subtotal_cents"], 10_000);
    let at = format!("{january}&at_position={}", report["position"]);
    let rate = json!({"jurisdiction": "CA-AB", "rate": "0.05", "valid_from": "2020-01-02"});
    world.post(&tenant, "/v1/billing/account/tax-rates", rate).send().await.ok(200);
    assert_eq!(get(&world, &tenant, &at).await, report, "the report of a position stays");
    let both = get(&world, &tenant, "/v1/admin/reports/gst").await;
    assert_eq!(both["totals"][0]["taken_back"], "2.60");
    assert_eq!(both["totals"][0]["net_cents"], 1_040);
    let wrong = "/v1/admin/reports/gst?from=2025-02-01&to=2025-01-01";
    world.get(&tenant, wrong).send().await.problem(400, "invalid_query");
    let beyond = "/v1/admin/reports/gst?at_position=999999";
    world.get(&tenant, beyond).send().await.problem(400, "position_beyond_log");
}

#[actix_web::test]
async fn profit_and_loss_says_what_was_earned_and_what_was_billed() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    billed(&world, &tenant).await;
    let path = "/v1/admin/reports/pnl?from=2025-01-01&to=2025-01-31";
    let report = get(&world, &tenant, path).await;
    let of = &report["currencies"][0];
    assert_eq!((&of["currency"], &of["total_revenue"]), (&json!("USD"), &json!("100.00")));
    assert_eq!(of["billed"]["tax_cents"], 1_300);
    assert_eq!(of["net_cents"], 10_000);
    let path = "/v1/admin/reports/pnl?from=2025-02-01";
    let report = get(&world, &tenant, path).await;
    let of = &report["currencies"][0];
    assert_eq!(of["total_revenue"], "-20.00");
    assert_eq!(
        (&of["billed"]["invoices"], &of["billed"]["credited"]),
        (&json!(0), &json!("20.00"))
    );
}

#[actix_web::test]
async fn ageing_puts_what_is_owed_where_its_due_date_says() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = billed(&world, &tenant).await;
    let due = world.invoice(&tenant, &id).await["due_date"].as_str().unwrap().to_owned();
    let bucket = |report: &Value, name: &str| {
        let buckets = report["currencies"][0]["buckets"].as_array().unwrap().clone();
        buckets.iter().find(|bucket| bucket["bucket"] == name).unwrap()["amount"].clone()
    };
    let path = format!("/v1/admin/reports/ageing?as_of={due}");
    let on_the_day = get(&world, &tenant, &path).await;
    // The credit note came the day after.
    assert_eq!(on_the_day["currencies"][0]["total_cents"], 11_300);
    assert_eq!(bucket(&on_the_day, "current"), "113.00");
    let later = get(&world, &tenant, "/v1/admin/reports/ageing?as_of=2026-01-01").await;
    assert_eq!(bucket(&later, "120+"), "90.40");
    assert_eq!(bucket(&later, "current"), "0.00");
    let path = "/v1/admin/reports/ageing/invoices?as_of=2026-01-01";
    let invoices = get(&world, &tenant, path).await;
    let first = &invoices["invoices"][0];
    assert_eq!((&first["invoice_id"], &first["balance_due_cents"]), (&json!(id), &json!(9_040)));
    assert_eq!((&first["bucket"], &invoices["next_cursor"]), (&json!("120+"), &Value::Null));
}

#[actix_web::test]
async fn the_revenue_report_says_what_is_deferred_and_when_it_is_earned() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"amount": "310.00", "item_type": "subscription",
        "covers": {"starts_on": "2099-01-01", "ends_on": "2099-02-28"}});
    let path = "/v1/billing/charges/one-off";
    let charged = world.post(&tenant, path, body).send().await.ok(201);
    let path = format!("/v1/billing/invoices/{}/issue", charged["invoice_id"].as_str().unwrap());
    world.post(&tenant, &path, json!({})).send().await.ok(200);
    let report = get(&world, &tenant, "/v1/admin/reports/revenue").await;
    assert_eq!(report["billed_ahead"][0]["deferred"], "310.00");
    assert_eq!(report["deferred"][0]["closing"], "310.00");
    let months = report["coming_months"].as_array().unwrap();
    assert_eq!(months.len(), 2);
    assert_eq!(months[0]["month_ends_on"], "2099-01-31");
    assert_eq!(months[1]["left"], "0.00");
    let sum: i64 = months.iter().map(|month| month["amount_cents"].as_i64().unwrap()).sum();
    assert_eq!(sum, 31_000);
}

#[actix_web::test]
async fn the_general_ledger_runs_its_balance_through_all_pages() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = billed(&world, &tenant).await;
    world.paid(&tenant, &id, "50.00").await;
    let mut path = "/v1/admin/journal/ledger?account=1100&limit=1".to_owned();
    let mut balances = Vec::new();
    loop {
        let page = get(&world, &tenant, &path).await;
        assert_eq!(page["account_name"], "A/R offices (SaaS)");
        balances.extend(page["lines"].as_array().unwrap().iter().map(|l| l["balance"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/admin/journal/ledger?account=1100&limit=1&cursor={cursor}");
    }
    assert_eq!(json!(balances), json!(["113.00", "90.40", "40.40"]));
    let path = "/v1/admin/journal/ledger?account=1100&from=2025-02-01&to=2025-02-28";
    let february = get(&world, &tenant, path).await;
    assert_eq!(february["opening_balance"], "113.00");
    assert_eq!(february["lines"].as_array().unwrap().len(), 1);
    for wrong in ["", "?account=9999", "?account=1100&currency=dollars"] {
        let path = format!("/v1/admin/journal/ledger{wrong}");
        world.get(&tenant, &path).send().await.problem(400, "invalid_query");
    }
}

#[actix_web::test]
async fn credit_notes_are_listed_with_their_remark_for_those_who_may_see_it() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = billed(&world, &tenant).await;
    let of_invoice = format!("/v1/billing/invoices/{id}/credit-notes");
    for path in ["/v1/billing/credit-notes", &of_invoice] {
        let page = get(&world, &tenant, path).await;
        let note = &page["credit_notes"][0];
        assert_eq!((&note["status"], &note["invoice_id"]), (&json!("issued"), &json!(id)));
        assert_eq!(note["tax_amount"], "2.60");
        assert_eq!(note["note"], Value::Null, "auditors see no free text");
    }
    let page = world.get(&tenant, &of_invoice).send().await.ok(200);
    assert_eq!(page["credit_notes"][0]["note"], "agreed by phone");
    let nobodys = format!("/v1/billing/invoices/{}/credit-notes", unknown());
    world.get(&tenant, &nobodys).send().await.problem(404, "invoice.unknown");
}

#[actix_web::test]
async fn disputes_and_held_payments_are_listed() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "40.00").await;
    let payment = world.paid(&tenant, &id, "40.00").await;
    let open = format!("/v1/billing/invoices/{id}/payments/{payment}/dispute");
    let body = json!({"amount": "40.00", "fee": "15.00", "reason_code": "fraudulent"});
    world.post(&tenant, &open, body).send().await.ok(201);
    let list = "/v1/admin/finance/disputes?status=open";
    let disputes = get(&world, &tenant, list).await;
    let dispute = &disputes["disputes"][0];
    assert_eq!((&dispute["payment_id"], &dispute["fee"]), (&json!(payment), &json!("15.00")));
    let won = get(&world, &tenant, "/v1/admin/finance/disputes?status=won").await;
    assert_eq!(won["disputes"], json!([]));

    let nowhere = format!("/v1/billing/invoices/{}/payments", unknown());
    let held = world.post(&tenant, &nowhere, json!({"amount": "3.00"})).send().await.ok(202);
    let payment = held["payment_id"].as_str().unwrap();
    let list = "/v1/admin/finance/held-payments";
    let page = get(&world, &tenant, list).await;
    let waiting = &page["held_payments"][0];
    assert_eq!(waiting["payment_id"], payment);
    assert_eq!((&waiting["reason"], &waiting["age_days"]), (&json!("unknown_invoice"), &json!(0)));
    let back = format!("{list}/{payment}/return");
    world.post(&tenant, &back, json!({"reason_code": "not_ours"})).send().await.ok(200);
    assert_eq!(get(&world, &tenant, list).await["held_payments"], json!([]));
    let all = get(&world, &tenant, &format!("{list}?all=true")).await;
    assert_eq!(all["held_payments"][0]["status"], "returned");
}
