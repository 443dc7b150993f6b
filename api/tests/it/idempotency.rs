//! The same request again.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::support::World;

#[actix_web::test]
async fn a_repeated_request_is_answered_and_not_carried_out_again() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "100.00").await;
    let path = format!("/v1/billing/invoices/{id}/payments");
    let pay = |path: &str, key: &str| {
        let ask = world.as_role(&tenant, Role::Finance, "POST", path).keyed(key);
        ask.json(json!({"amount": "10.00", "reference": "no. 1"}))
    };
    let first = pay(&path, "payment-1").send().await;
    assert_eq!(first.header("idempotency-replayed"), "");
    let first_position = first.position();
    let first = first.ok(201);
    let second = pay(&path, "payment-1").send().await;
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(second.position(), first_position);
    let second = second.ok(201);
    assert_eq!(second["payment_id"], first["payment_id"]);
    assert_eq!(second["balance_due"], "90.00");
    // The canonical path counts, whatever the alias.
    let alias = pay(&path.replace("/v1", "/api"), "payment-1").send().await;
    assert_eq!(alias.header("idempotency-replayed"), "true");
    // Another key is another payment.
    assert_eq!(pay(&path, "payment-2").send().await.ok(201)["balance_due"], "80.00");
}

#[actix_web::test]
async fn a_key_that_was_used_for_something_else_is_refused() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "100.00").await;
    let path = format!("/v1/billing/invoices/{id}/payments");
    let pay =
        |body| world.as_role(&tenant, Role::Finance, "POST", &path).keyed("the-key").json(body);
    pay(json!({"amount": "10.00"})).send().await.ok(201);
    let other = pay(json!({"amount": "11.00"})).send().await;
    assert_eq!(other.problem(422, "idempotency_key_reused")["retryable"], false);
    // Keys count per credential.
    let admin = world.as_role(&tenant, Role::Admin, "POST", &path).keyed("the-key");
    let admin = admin.json(json!({"amount": "11.00"})).send().await;
    assert_eq!(admin.ok(201)["balance_due"], "79.00");
}

#[actix_web::test]
async fn a_refused_request_is_decided_again() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.draft(&tenant, "10.00").await;
    let path = format!("/v1/billing/invoices/{id}/payments");
    let pay = || {
        let ask = world.as_role(&tenant, Role::Finance, "POST", &path).keyed("early");
        ask.json(json!({"amount": "10.00"}))
    };
    pay().send().await.problem(422, "invoice.not_open");
    let issue = format!("/v1/billing/invoices/{id}/issue");
    world.post(&tenant, &issue, json!({})).send().await.ok(200);
    pay().send().await.ok(201);
}

#[actix_web::test]
async fn a_key_is_visible_ascii_of_at_most_255_characters() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let post = |key: &str| {
        let ask = world.as_role(&tenant, Role::Finance, "POST", "/v1/billing/charges/one-off");
        ask.keyed(key).json(json!({"amount": "1.00"}))
    };
    post(&"k".repeat(255)).send().await.ok(201);
    for wrong in ["k".repeat(256), "two words".to_owned(), "clé".to_owned(), String::new()] {
        post(&wrong).send().await.problem(400, "invalid_header");
    }
}

#[actix_web::test]
async fn many_at_once_with_one_key_are_one() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "100.00").await;
    let path = format!("/v1/billing/invoices/{id}/payments");
    let asks = (0..8).map(|_| {
        let ask = world.as_role(&tenant, Role::Finance, "POST", &path).keyed("twins");
        ask.json(json!({"amount": "10.00"})).send()
    });
    for answer in futures_util::future::join_all(asks).await {
        answer.ok(201);
    }
    assert_eq!(world.invoice(&tenant, &id).await["amount_paid"], "10.00");
}
