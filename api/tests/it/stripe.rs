//! Stripe's messages: trust, tenancy, duplicates, exceptions.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{Answer, Tenant, WEBHOOK, World, unknown};

/// Posts an event as Stripe would.
pub(crate) async fn post(world: &World, path: &str, event: &Value) -> Answer {
    let body = event.to_string();
    let now = world.ledger.clock().now().unix_timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(WEBHOOK.as_bytes()).unwrap();
    mac.update(format!("{now}.{body}").as_bytes());
    let signature = HEXLOWER.encode(&mac.finalize().into_bytes());
    let ask = world.ask("POST", path).header("stripe-signature", format!("t={now},v1={signature}"));
    ask.header("content-type", "application/json").body(body).send().await
}

/// The endpoint of one org.
pub(crate) fn endpoint(tenant: &Tenant) -> String {
    format!("/v1/webhooks/stripe/{}", tenant.org)
}

fn paid(id: &str, invoice: &str, cents: i64, currency: &str) -> Value {
    json!({
        "id": format!("evt_{id}"), "object": "event", "type": "invoice.paid",
        "created": 1_760_300_000,
        "data": {"object": {
            "id": format!("in_{id}"), "object": "invoice", "status": "paid", "currency": currency,
            "amount_paid": cents, "total": cents, "metadata": {"daybook_invoice_id": invoice},
        }},
    })
}

#[actix_web::test]
async fn a_paid_invoice_is_paid_once_however_often_it_is_told() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "24.00").await;
    let event = paid("1Paid", &id, 2_400, "usd");
    // The invoice named in our own metadata says whose it is.
    let first = post(&world, "/v1/webhooks/stripe", &event).await.ok(200);
    assert_eq!(first, json!({"received": true, "duplicate": false, "status": "processed"}));
    let again = post(&world, "/api/webhooks/stripe", &event).await.ok(200);
    assert_eq!(again["duplicate"], true);
    let mut twin = event.clone();
    twin["id"] = json!("evt_1Twin");
    twin["type"] = json!("invoice.payment_succeeded");
    post(&world, &endpoint(&tenant), &twin).await.ok(200);
    let view = world.invoice(&tenant, &id).await;
    assert_eq!((&view["status"], &view["amount_paid"]), (&json!("paid"), &json!("24.00")));
    assert_eq!(view["unapplied_credit"], "0.00");
    assert_eq!(view["stripe_invoice_id"], "in_1Paid");
}

#[actix_web::test]
async fn a_message_that_is_not_stripes_is_refused() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = paid("1X", &unknown(), 100, "usd").to_string();
    let bare = world.ask("POST", &endpoint(&tenant)).body(body.clone()).send().await;
    bare.problem(400, "webhook_unverified");
    let now = world.ledger.clock().now().unix_timestamp();
    let forged = world.ask("POST", &endpoint(&tenant)).body(body);
    let forged = forged.header("stripe-signature", format!("t={now},v1={}", "0".repeat(64)));
    forged.send().await.problem(400, "webhook_unverified");
    let odd = json!({"id": "x", "type": "invoice.paid"});
    post(&world, &endpoint(&tenant), &odd).await.problem(400, "webhook_unreadable");
    let large = world.ask("POST", &endpoint(&tenant)).body("x".repeat((1 << 20) + 1));
    large.send().await.problem(413, "payload_too_large");
}

#[actix_web::test]
async fn a_tenant_is_never_guessed() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let mut event = paid("1Org", &unknown(), 100, "usd");
    post(&world, "/v1/webhooks/stripe", &event).await.problem(422, "webhook_org_unknown");
    event["data"]["object"]["metadata"]["daybook_org_id"] = json!(tenant.org);
    let wrong = post(&world, &endpoint(&other), &event).await;
    wrong.problem(422, "webhook_org_unknown");
    let nobody = format!("/v1/webhooks/stripe/{}", unknown());
    post(&world, &nobody, &event).await.problem(422, "webhook_org_unknown");
    let held = post(&world, "/v1/webhooks/stripe", &event).await.ok(200);
    assert_eq!(held["status"], "held");
    let unknown = json!({"id": "evt_1U", "type": "some.future.event", "created": 1, "data": {}});
    let unknown = post(&world, "/v1/webhooks/stripe", &unknown).await.ok(200);
    assert_eq!(unknown["status"], "ignored");
}

#[actix_web::test]
async fn money_that_fits_no_invoice_is_held() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let issued = world.issued(&tenant, "10.00").await;
    let draft = world.draft(&tenant, "10.00").await;
    let unknown = unknown();
    for (id, invoice, currency, reason) in [
        ("1Currency", &issued, "cad", "currency_mismatch"),
        ("1Draft", &draft, "usd", "invoice_not_open"),
        ("1Unknown", &unknown, "usd", "unknown_invoice"),
    ] {
        let event = paid(id, invoice, 1_000, currency);
        let held = post(&world, &endpoint(&tenant), &event).await.ok(200);
        assert_eq!(held["status"], "held", "{reason}");
        let path = "/v1/admin/finance/reconcile/stripe-events?status=held&limit=1";
        let seen = world.get(&tenant, path).send().await.ok(200);
        assert_eq!(seen["events"].as_array().unwrap().len(), 1);
    }
    let path = "/v1/admin/finance/reconcile/stripe-events?status=HELD";
    let seen = world.get(&tenant, path).send().await.ok(200);
    let errors: Vec<_> = seen["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["last_error"].as_str().unwrap())
        .collect();
    assert_eq!(errors.len(), 3);
    assert!(errors.contains(&"currency_mismatch") && errors.contains(&"unknown_invoice"));
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let list = world.get(&tenant, "/v1/admin/finance/reconcile/invoices");
    let list = list.header("daybook-min-position", head.to_string()).send().await.ok(200);
    assert_eq!(list["invoices"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn an_invoice_paid_elsewhere_is_a_mismatch_to_reconcile() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "10.00").await;
    post(&world, &endpoint(&tenant), &paid("1Oob", &id, 0, "usd")).await.ok(200);
    let view = world.invoice(&tenant, &id).await;
    assert_eq!((&view["status"], &view["amount_paid"]), (&json!("paid"), &json!("0.00")));
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let list = world.get(&tenant, "/v1/admin/finance/reconcile/invoices");
    let list = list.header("daybook-min-position", head.to_string()).send().await.ok(200);
    assert_eq!(list["invoices"][0]["invoice_id"], id);
}

#[actix_web::test]
async fn what_was_told_is_listed_without_what_was_in_it() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "24.00").await;
    let mut event = paid("1List", &id, 2_400, "usd");
    event["data"]["object"]["customer_email"] = json!("person@example.org");
    post(&world, &endpoint(&tenant), &event).await.ok(200);
    let path = format!("/v1/admin/finance/reconcile/stripe-events?invoice_id={id}");
    let answer = world.get(&tenant, &path).send().await;
    assert!(!answer.text.contains("person@example.org") && !answer.text.contains("in_1List"));
    let list = answer.ok(200);
    let seen = &list["events"][0];
    assert_eq!((&seen["event_id"], &seen["type"]), (&json!("evt_1List"), &json!("invoice.paid")));
    assert_eq!((&seen["org_id"], &seen["invoice_id"]), (&json!(tenant.org), &json!(id)));
    assert_eq!(seen["processed_status"], "processed");
    let mut client = world.ledger.app_pool().get().await.unwrap();
    let inbox = ledger::store::tenant_snapshot(&mut client, tenant.org).await.unwrap();
    let row = inbox.query_one("select encode(facts, 'escape') from inbox", &[]).await.unwrap();
    let facts: String = row.get(0);
    assert!(!facts.contains("in_1List") && !facts.contains("person"), "sealed at rest");
}
