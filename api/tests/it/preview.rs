//! What a dry run says.

use serde_json::{Value, json};

use crate::support::World;

#[actix_web::test]
async fn a_dry_run_says_the_entry_and_the_invoice_before_and_after() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let rate = json!({"jurisdiction": "CA-ON", "rate": "0.13", "valid_from": "2020-01-01"});
    world.post(&tenant, "/v1/billing/account/tax-rates", rate).send().await.ok(200);
    let id = world.draft(&tenant, "100.00").await;
    let head = world.ledger.head(tenant.org).await.unwrap();
    let path = format!("/v1/billing/invoices/{id}/issue?dry_run=true");
    let preview = world.post(&tenant, &path, json!({})).send().await;
    assert_eq!(preview.header("daybook-dry-run"), "true");
    let preview = preview.ok(200);
    assert_eq!(preview["events"][0]["type"], "billing.invoice.issued");
    assert_eq!(preview["events"][0]["subject"], id);
    let lines = preview["entries"][0]["lines"].as_array().unwrap();
    let of =
        |number: &str| -> &Value { lines.iter().find(|line| line["account"] == number).unwrap() };
    assert_eq!(of("1100")["debit"], "113.00");
    assert_eq!(of("2100")["credit"], "13.00");
    assert_eq!(of("2100")["account_name"], "GST/HST payable");
    let invoice = &preview["invoices"][0];
    assert_eq!(invoice["invoice_id"], id);
    assert_eq!(
        (&invoice["before"]["status"], &invoice["after"]["status"]),
        (&json!("draft"), &json!("sent"))
    );
    assert_eq!(invoice["before"]["balance_due"], "0.00");
    assert_eq!(invoice["after"]["balance_due"], "113.00");
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);
    // And what it said is what happens.
    let path = format!("/v1/billing/invoices/{id}/issue");
    let issued = world.post(&tenant, &path, json!({})).send().await.ok(200);
    assert_eq!(issued["balance_due"], invoice["after"]["balance_due"]);
}

#[actix_web::test]
async fn a_dry_run_across_two_invoices_shows_both() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (from, to) = (world.issued(&tenant, "10.00").await, world.issued(&tenant, "30.00").await);
    world.paid(&tenant, &from, "25.00").await;
    let path = format!("/v1/billing/invoices/{to}/credits/apply?dry_run=true");
    let body = json!({"from_invoice_id": from, "amount": "15.00"});
    let preview = world.post(&tenant, &path, body).send().await.ok(200);
    let invoices = preview["invoices"].as_array().unwrap();
    assert_eq!(invoices.len(), 2);
    assert_eq!(invoices[0]["after"]["balance_due"], "15.00");
    assert_eq!(invoices[1]["before"]["unapplied_credit"], "15.00");
    assert_eq!(invoices[1]["after"]["unapplied_credit"], "0.00");
    assert_eq!(preview["entries"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_refused_dry_run_is_refused_like_the_command() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.draft(&tenant, "10.00").await;
    let path = format!("/v1/billing/invoices/{id}/write-off?dry_run=true");
    let refused = world.post(&tenant, &path, json!({"reason_code": "x"})).send().await;
    refused.problem(422, "invoice.not_open");
}
