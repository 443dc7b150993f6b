//! One-off charges and the set-up fee.

use serde_json::json;

use crate::support::World;

#[actix_web::test]
async fn a_one_off_charge_is_a_draft_of_its_own() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({
        "amount": "150.00", "quantity": 2, "description": "Onboarding visit",
        "customer_id": 4711, "office_id": tenant.org, "tax_rate": 0.05,
    });
    let made = world.post(&tenant, "/v1/billing/charges/one-off", body).send().await;
    assert!(!made.header("etag").is_empty());
    let made = made.ok(201);
    assert_eq!(made["subtotal"], "300.00");
    assert_eq!(made["tax_amount"], "15.00");
    assert_eq!(made["customer_id"], 4711, "echoed as sent");
    let id = made["invoice_id"].as_str().unwrap();
    let shown = world.invoice(&tenant, id).await;
    assert_eq!(shown["customer_id"], 4711, "still as sent");
    let lines = world.get(&tenant, &format!("/v1/billing/invoices/{id}/line-items")).send().await;
    let lines = lines.ok(200);
    assert_eq!(lines["line_items"][0]["description"], "Onboarding visit");
    assert_eq!(lines["line_items"][0]["tax_rate"], json!(0.05));
    assert_eq!(lines["line_items"][0]["line_item_id"], made["line_item_id"]);
}

#[actix_web::test]
async fn an_amount_is_read_from_the_text_that_was_sent() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let post = |body: &'static str| {
        let ask = world.as_role(
            &tenant,
            ledger::store::tenants::Role::Finance,
            "POST",
            "/v1/billing/charges/one-off",
        );
        ask.header("content-type", "application/json").body(body)
    };
    for (body, subtotal) in [
        (r#"{"amount": 150}"#, "150.00"),
        (r#"{"amount": 0.10}"#, "0.10"),
        (r#"{"amount": 12345678901234.56}"#, "12345678901234.56"),
        (r#"{"unit_price": "19.9"}"#, "19.90"),
    ] {
        assert_eq!(post(body).send().await.ok(201)["subtotal"], subtotal);
    }
    for body in [
        r#"{"amount": 0.105}"#,
        r#"{"amount": 1e2}"#,
        r#"{"amount": "1,000.00"}"#,
        r#"{"amount": true}"#,
        r#"{"amount": 0.30000000000000004}"#,
        "{}",
    ] {
        let problem = post(body).send().await.problem(422, "invalid_body");
        assert_eq!(problem["errors"][0]["pointer"], "/amount", "{body}");
    }
    let negative = post(r#"{"amount": "-1.00"}"#).send().await;
    negative.problem(422, "invoice.price_negative");
}

#[actix_web::test]
async fn another_currency_is_refused() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"amount": "1.00", "currency": "CAD"});
    let answer = world.post(&tenant, "/v1/billing/charges/one-off", body).send().await;
    assert_eq!(answer.problem(422, "invalid_body")["errors"][0]["pointer"], "/currency");
}

#[actix_web::test]
async fn the_set_up_fee_is_charged_once() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let post = || world.post(&tenant, "/v1/billing/charges/setup-fee", json!({}));
    let first = post().send().await.ok(201);
    assert_eq!(
        (&first["total_amount"], &first["invoice_type"]),
        (&json!("99.00"), &json!("setup_fee"))
    );
    let second = post().send().await.ok(201);
    assert_eq!(second["invoice_id"], first["invoice_id"]);
    assert_eq!(second["total_amount"], "99.00");
    let other = world.post(&tenant, "/v1/billing/charges/setup-fee", json!({"amount": "1.00"}));
    other.send().await.problem(409, "invoice.line_exists");
}
