//! Money in, money back, credit.

use serde_json::json;

use crate::support::{World, unknown};

#[actix_web::test]
async fn a_payment_settles_and_what_is_above_becomes_credit() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (first, second) =
        (world.issued(&tenant, "100.00").await, world.issued(&tenant, "30.00").await);
    let pay = |id: &str, body| {
        world.post(&tenant, &format!("/api/v1/billing/invoices/{id}/payments"), body)
    };
    let part = json!({"amount": 40, "method": "check", "reference": "no. 17"});
    let part = pay(&first, part).send().await.ok(201);
    assert_eq!((&part["status"], &part["balance_due"]), (&json!("partial"), &json!("60.00")));
    let rest = pay(&first, json!({"amount": "85.00"})).send().await.ok(201);
    assert_eq!((&rest["status"], &rest["unapplied_credit"]), (&json!("paid"), &json!("25.00")));

    let apply = format!("/v1/billing/invoices/{second}/credits/apply");
    let credit = json!({"from_invoice_id": first, "amount": "25.00"});
    let applied = world.post(&tenant, &apply, credit.clone()).send().await.ok(200);
    assert_eq!(applied["balance_due"], "5.00");
    assert_eq!(world.invoice(&tenant, &first).await["unapplied_credit"], "0.00");
    let again = world.post(&tenant, &apply, credit).send().await;
    assert_eq!(again.status.as_u16(), 422, "{}", again.text);
    let own = json!({"from_invoice_id": second, "amount": "1.00"});
    world.post(&tenant, &apply, own).send().await.problem(422, "invalid_body");

    let status = format!("/v1/billing/payment-status/{first}");
    let status = world.get(&tenant, &status).send().await.ok(200);
    assert_eq!(status["payments"].as_array().unwrap().len(), 2);
    assert_eq!(status["payments"][0]["reference"], "no. 17");
    assert_eq!(status["succeeded_payment_count"], 2);
    assert_eq!(status["amount_paid_cents"], 10_000);
}

#[actix_web::test]
async fn a_pending_payment_arrives_or_not() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "10.00").await;
    let path = format!("/v1/billing/invoices/{id}/payments");
    let pending = json!({"amount": "10.00", "status": "Pending", "method": "bank_transfer"});
    let pending = world.post(&tenant, &path, pending).send().await.ok(201);
    assert_eq!(pending["balance_due"], "10.00");
    let payment = pending["payment_id"].as_str().unwrap();
    let failed = json!({
        "amount": "10.00", "status": "failed", "payment_id": payment, "reason_code": "no_funds",
    });
    let failed = world.post(&tenant, &path, failed).send().await.ok(201);
    assert_eq!(failed["status"], "failed");
    let arrived = json!({"amount": "10.00", "payment_id": payment});
    let arrived = world.post(&tenant, &path, arrived).send().await.ok(201);
    assert_eq!(arrived["status"], "paid");
    let other = json!({"amount": "11.00", "payment_id": payment});
    world.post(&tenant, &path, other).send().await.problem(409, "invoice.payment_exists");
}

#[actix_web::test]
async fn money_that_fits_no_invoice_is_held_and_shown() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (open, void) = (world.issued(&tenant, "10.00").await, world.issued(&tenant, "10.00").await);
    let draft = world.draft(&tenant, "10.00").await;
    let cancel = format!("/v1/billing/invoices/{void}/cancel");
    world.post(&tenant, &cancel, json!({"reason_code": "mistake"})).send().await.ok(200);
    let unknown = unknown();
    for (id, body, reason) in [
        (&open, json!({"amount": "10.00", "currency": "CAD"}), "currency_mismatch"),
        (&void, json!({"amount": "10.00"}), "invoice_not_open"),
        (&unknown, json!({"amount": "10.00"}), "unknown_invoice"),
    ] {
        let path = format!("/v1/billing/invoices/{id}/payments");
        let held = world.post(&tenant, &path, body).send().await.ok(202);
        assert_eq!((&held["status"], &held["reason"]), (&json!("held"), &json!(reason)));
    }
    let path = format!("/v1/billing/invoices/{draft}/payments");
    let early = world.post(&tenant, &path, json!({"amount": "10.00"})).send().await;
    early.problem(422, "invoice.not_open");
    let list = world.get(&tenant, "/v1/admin/finance/reconcile/invoices").send().await.ok(200);
    let held: Vec<_> = list["invoices"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["kind"] == "held_payment")
        .collect();
    assert_eq!(held.len(), 3);
}

#[actix_web::test]
async fn a_held_payment_is_held_once_however_often_it_is_sent() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let path = format!("/v1/billing/invoices/{}/payments", unknown());
    let pay = || {
        let ask = world.as_role(&tenant, ledger::store::tenants::Role::Finance, "POST", &path);
        ask.keyed("lost").json(json!({"amount": "10.00"}))
    };
    let first = pay().send().await.ok(202);
    let again = pay().send().await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    let again = again.ok(202);
    assert_eq!((&again["status"], &again["payment_id"]), (&first["status"], &first["payment_id"]));
    let list = world.get(&tenant, "/v1/admin/finance/reconcile/invoices").send().await.ok(200);
    assert_eq!(list["invoices"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_refund_is_granted_settled_comes_back_and_never_exceeds_the_payment() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "100.00").await;
    let payment = world.paid(&tenant, &id, "100.00").await;
    let path = format!("/v1/billing/invoices/{id}/refunds");
    let refund =
        |amount: &str| json!({"payment_id": payment, "amount": amount, "reason_code": "goodwill"});
    world
        .post(&tenant, &path, refund("100.01"))
        .send()
        .await
        .problem(422, "invoice.refund_too_large");
    let granted = world.post(&tenant, &path, refund("30.00")).send().await.ok(201);
    assert_eq!(granted["amount_refunded"], "30.00");
    let refund_id = granted["refund_id"].as_str().unwrap();
    let settle = format!("{path}/{refund_id}/settle");
    world.post(&tenant, &settle, json!({})).send().await.ok(200);
    let fail = format!("{path}/{refund_id}/fail");
    world.post(&tenant, &fail, json!({"on": "2025-07-01"})).send().await.ok(200);
    let unknown = format!("{path}/{}/settle", unknown());
    world.post(&tenant, &unknown, json!({})).send().await.problem(404, "invoice.refund_unknown");
    let status = format!("/v1/billing/payment-status/{id}");
    let status = world.get(&tenant, &status).send().await.ok(200);
    assert_eq!(status["payments"][0]["refunds"][0]["status"], "failed");
}

#[actix_web::test]
async fn a_payment_that_went_back_is_reversed_and_the_rest_is_written_off() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "50.00").await;
    let payment = world.paid(&tenant, &id, "50.00").await;
    let reverse = format!("/v1/billing/invoices/{id}/payments/{payment}/reverse");
    let reversed = world.post(&tenant, &reverse, json!({"reason_code": "returned_check"}));
    let reversed = reversed.send().await.ok(200);
    assert_eq!((&reversed["status"], &reversed["balance_due"]), (&json!("paid"), &json!("50.00")));
    let off = format!("/v1/billing/invoices/{id}/write-off");
    world.post(&tenant, &off, json!({})).send().await.problem(422, "invalid_body");
    let body = json!({"reason_code": "uncollectible", "note": "called three times"});
    let off = world.post(&tenant, &off, body).send().await.ok(200);
    assert_eq!((&off["status"], &off["amount_written_off"]), (&json!("failed"), &json!("50.00")));
}
