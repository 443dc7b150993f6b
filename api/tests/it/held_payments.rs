//! Money that fits no invoice, until somebody says where to.

use serde_json::{Value, json};

use crate::support::{Tenant, World, unknown};

async fn held(world: &World, tenant: &Tenant) -> String {
    let path = format!("/v1/billing/invoices/{}/payments", unknown());
    let held = world.post(tenant, &path, json!({"amount": "25.00"})).send().await.ok(202);
    held["payment_id"].as_str().unwrap().to_owned()
}

fn at(payment: &str, how: &str) -> String {
    format!("/v1/admin/finance/held-payments/{payment}/{how}")
}

#[actix_web::test]
async fn a_held_payment_is_applied_and_taken_back() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let payment = held(&world, &tenant).await;
    let id = world.issued(&tenant, "30.00").await;
    let body = json!({"invoice_id": id});
    let preview = format!("{}?dry_run=true", at(&payment, "apply"));
    let preview = world.post(&tenant, &preview, body.clone()).send().await.ok(200);
    assert_eq!(preview["invoices"][0]["after"]["balance_due"], "5.00");
    let applied = world.post(&tenant, &at(&payment, "apply"), body).send().await.ok(200);
    assert_eq!((&applied["status"], &applied["invoice_id"]), (&json!("released"), &json!(id)));
    assert_eq!(world.invoice(&tenant, &id).await["balance_due"], "5.00");
    let elsewhere = world.issued(&tenant, "30.00").await;
    let elsewhere = json!({"invoice_id": elsewhere});
    let elsewhere = world.post(&tenant, &at(&payment, "apply"), elsewhere).send().await;
    elsewhere.problem(422, "subscription.payment_released");

    let reason = json!({"reason_code": "wrong_invoice"});
    let key = unknown();
    for replayed in ["", "true"] {
        let role = ledger::store::tenants::Role::Finance;
        let path = at(&payment, "take-back");
        let ask = world.as_role(&tenant, role, "POST", &path).keyed(&key);
        let back = ask.json(reason.clone()).send().await;
        assert_eq!(back.header("idempotency-replayed"), replayed);
        assert_eq!(back.ok(200)["status"], "held");
    }
    assert_eq!(world.invoice(&tenant, &id).await["balance_due"], "30.00");
}

#[actix_web::test]
async fn a_held_payment_goes_back_to_its_payer_once() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let payment = held(&world, &tenant).await;
    let without = world.post(&tenant, &at(&payment, "return"), json!({})).send().await;
    without.problem(422, "invalid_body");
    let body = json!({"reason_code": "not_ours", "method": "check"});
    let returned = world.post(&tenant, &at(&payment, "return"), body).send().await.ok(200);
    assert_eq!(returned["status"], "returned");
    let id = world.issued(&tenant, "30.00").await;
    let late = world.post(&tenant, &at(&payment, "apply"), json!({"invoice_id": id})).send().await;
    late.problem(422, "subscription.payment_returned");
    let reason = json!({"reason_code": "x"});
    let never = world.post(&tenant, &at(&payment, "take-back"), reason).send().await;
    never.problem(422, "subscription.payment_not_released");
}

#[actix_web::test]
async fn a_held_payment_of_another_org_is_unknown() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let payment = held(&world, &theirs).await;
    let id = world.issued(&mine, "30.00").await;
    for (how, body) in [
        ("apply", json!({"invoice_id": id})),
        ("return", json!({"reason_code": "x"})),
        ("take-back", json!({"reason_code": "x"})),
    ] {
        let answer = world.post(&mine, &at(&payment, how), body).send().await;
        answer.problem(404, "subscription.payment_unknown");
    }
}

#[actix_web::test]
async fn a_draft_takes_no_held_payment_and_the_payment_stays_held() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let payment = held(&world, &tenant).await;
    let head = world.ledger.head(tenant.org).await.unwrap();
    let draft = world.draft(&tenant, "30.00").await;
    let body: Value = json!({"invoice_id": draft});
    let refused = world.post(&tenant, &at(&payment, "apply"), body).send().await;
    refused.problem(422, "invoice.not_open");
    let body = json!({"reason_code": "not_ours"});
    let returned = world.post(&tenant, &at(&payment, "return"), body).send().await.ok(200);
    assert_eq!(returned["amount"], "25.00");
    assert!(world.ledger.head(tenant.org).await.unwrap() > head);
}
