//! Does the money agree?

use serde_json::json;

use crate::support::{World, unknown};

#[actix_web::test]
async fn a_paid_invoice_without_settled_funds_is_shown_and_repaired() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let clean = world.issued(&tenant, "10.00").await;
    world.paid(&tenant, &clean, "10.00").await;
    let wrong = world.issued(&tenant, "80.00").await;
    let payment = world.paid(&tenant, &wrong, "80.00").await;
    let reverse = format!("/v1/billing/invoices/{wrong}/payments/{payment}/reverse");
    world.post(&tenant, &reverse, json!({"reason_code": "bounced"})).send().await.ok(200);

    let list = |status: &str| {
        world.get(&tenant, &format!("/v1/admin/finance/reconcile/invoices?status={status}"))
    };
    let mismatch = list("mismatch").send().await.ok(200);
    let rows = mismatch["invoices"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["invoice_id"], wrong);
    assert_eq!((&rows[0]["status"], &rows[0]["expected_status"]), (&json!("paid"), &json!("sent")));
    assert_eq!(list("all").send().await.ok(200)["invoices"].as_array().unwrap().len(), 2);
    let action = &rows[0]["quick_actions"][0];
    assert_eq!((&action["action"], &action["method"]), (&json!("reconcile"), &json!("POST")));

    let href = action["href"].as_str().unwrap();
    let repaired = world.post(&tenant, href, json!({})).send().await.ok(200);
    assert_eq!(repaired["changed"], true);
    assert_eq!(repaired["before"]["status"], "paid");
    assert_eq!(repaired["after"]["status"], "sent");
    assert_eq!(repaired["after"]["outstanding_cents"], 8_000);
    assert_eq!(repaired["after"]["succeeded_payment_count"], 0);
    assert_eq!(repaired["succeeded_payment_count"], 0);
    let again = world.post(&tenant, href, json!({})).send().await.ok(200);
    assert_eq!(again["changed"], false);
    assert_eq!(list("MISMATCH").send().await.ok(200)["invoices"], json!([]));
    let unknown = href.replace(&wrong, &unknown());
    world.post(&tenant, &unknown, json!({})).send().await.problem(404, "invoice.unknown");
}
