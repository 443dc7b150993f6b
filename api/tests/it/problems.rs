//! What a caller hears when it did not work.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::support::World;

#[actix_web::test]
async fn every_wrong_field_is_named_at_once_with_its_pointer() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "10.00").await;
    let path = format!("/v1/billing/invoices/{id}/payments");
    let body = json!({
        "amount": "ten", "method": "barter", "received_on": "yesterday", "a/b~c": 1,
        "payment_id": "x", "status": 7,
    });
    let problem = world.post(&tenant, &path, body).send().await.problem(422, "invalid_body");
    let pointers: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        pointers,
        ["/amount", "/method", "/status", "/payment_id", "/received_on", "/a~1b~0c"]
    );
    assert_eq!(problem["errors"][5]["code"], "unknown");
    assert_eq!(problem["type"], "urn:daybook:problem:invalid_body");
    assert_eq!(problem["retryable"], false);
}

#[actix_web::test]
async fn a_body_that_is_not_what_it_should_be_is_said_to_be_so() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let post = |media: &str, body: &'static str| {
        let ask = world.as_role(&tenant, Role::Finance, "POST", "/v1/billing/charges/one-off");
        ask.header("content-type", media).body(body)
    };
    let json_media = "application/json; charset=utf-8";
    post(json_media, "{\"amount\":").send().await.problem(400, "malformed_json");
    post(json_media, "[]").send().await.problem(422, "invalid_body");
    post(json_media, "\"x\"").send().await.problem(422, "invalid_body");
    let twice = post(json_media, "{\"amount\":\"1.00\",\"amount\":\"2.00\"}").send().await;
    assert_eq!(twice.problem(422, "invalid_body")["errors"][0]["code"], "duplicate");
    post("text/plain", "{}").send().await.problem(415, "unsupported_media_type");
    post("application/x-www-form-urlencoded", "amount=1")
        .send()
        .await
        .problem(415, "unsupported_media_type");
    post("application/vnd.api+json", "{\"amount\":\"1.00\"}").send().await.ok(201);
    let large = world.as_role(&tenant, Role::Finance, "POST", "/v1/billing/charges/one-off");
    let large = large.header("content-type", "application/json").body("x".repeat(300_000));
    large.send().await.problem(413, "payload_too_large");
}

#[actix_web::test]
async fn every_answer_carries_secure_headers_and_an_id() {
    let world = World::new().await;
    for path in ["/healthz", "/v1/billing/status", "/nowhere", "/v1//x"] {
        let answer = world.ask("GET", path).header("x-request-id", "abc-1").send().await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("strict-transport-security").starts_with("max-age="));
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(answer.header("x-request-id"), "abc-1");
    }
    let odd = world.ask("GET", "/healthz").header("x-request-id", "a b<script>").send().await;
    assert!(!odd.header("x-request-id").contains('<'));
}

#[actix_web::test]
async fn an_unknown_parameter_is_not_passed_over() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let answer = world.get(&tenant, "/v1/billing/status?as_fo=3").send().await;
    let problem = answer.problem(400, "invalid_query");
    assert_eq!(problem["errors"][0]["pointer"], "as_fo");
    let draft = world.draft(&tenant, "1.00").await;
    let path = format!("/v1/billing/invoices/{draft}/issue?dryrun=true");
    world.post(&tenant, &path, json!({})).send().await.problem(400, "invalid_query");
}

/// It happened: that nobody can say what follows from it, or show it, does not make it a failure.
#[actix_web::test]
async fn a_command_that_happened_is_answered_so_although_nothing_more_can_be_seen() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "10.00").await;
    let path = format!("/v1/billing/invoices/{invoice}/payments");
    let pay = || {
        let ask = world.as_role(&tenant, Role::Finance, "POST", &path).keyed("once");
        ask.json(json!({"amount": "4.00"})).send()
    };
    world.damage("alter table checkpoints rename to checkpoints_gone").await;
    let blind = pay().await;
    assert_eq!(blind.header("daybook-settled"), "false", "{} {}", blind.status, blind.text);
    let position = blind.position();
    let payment = blind.ok(201)["payment_id"].clone();
    let again = pay().await;
    assert_eq!((again.header("idempotency-replayed"), again.position()), ("true", position));
    assert_eq!(again.ok(201)["payment_id"], payment);
    world.damage("alter table checkpoints_gone rename to checkpoints").await;
    assert_eq!(pay().await.ok(201)["payment_id"], payment);
    assert_eq!(world.invoice(&tenant, &invoice).await["amount_paid"], "4.00");
}
