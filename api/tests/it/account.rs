//! The org's account.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::support::World;

#[actix_web::test]
async fn billing_is_paused_with_a_reason_and_resumed() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let status = world.get(&tenant, "/v1/billing/status").send().await;
    assert!(status.position() > 0);
    let status = status.ok(200);
    assert_eq!((&status["status"], &status["entitled"]), (&json!("active"), &json!(true)));
    assert_eq!(status["current_plan_id"], "standard");

    let reason = json!({"reason_code": "customer_request"});
    let paused = world.post(&tenant, "/v1/billing/pause", reason.clone()).send().await;
    assert_eq!(paused.header("daybook-settled"), "true");
    let paused = paused.ok(200);
    assert_eq!(paused["status"], "paused");
    assert_eq!(paused["pause_reason_code"], "customer_request");
    assert_eq!(paused["entitled"], false);
    assert_eq!(paused["entitlements"], json!(["payments", "records"]));
    assert!(paused["paused_at"].is_string() && paused["resumed_at"].is_null());

    let again = world.post(&tenant, "/v1/billing/pause", json!({"reason_code": "other"}));
    again.send().await.problem(409, "subscription.paused_otherwise");
    let activate = world.post(&tenant, "/v1/billing/patients/p-1/activate", json!({}));
    activate.send().await.problem(422, "subscription.paused");
    let charge = world.post(&tenant, "/v1/billing/charges/one-off", json!({"amount": "1.00"}));
    charge.send().await.problem(422, "subscription.paused");

    let resumed = world.post(&tenant, "/v1/billing/resume", json!({"reason_code": "back"}));
    let resumed = resumed.send().await.ok(200);
    assert_eq!(resumed["status"], "active");
    assert_eq!(resumed["resume_reason_code"], "back");
    assert_eq!(resumed["pause_reason_code"], "customer_request");
    let again = world.post(&tenant, "/v1/billing/resume", json!({})).send().await;
    again.problem(422, "subscription.not_paused");
}

#[actix_web::test]
async fn a_reason_has_at_most_64_characters() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for reason in [json!("x".repeat(65)), json!("two words"), json!(""), json!(null)] {
        let answer = world.post(&tenant, "/v1/billing/pause", json!({"reason_code": reason}));
        let problem = answer.send().await.problem(422, "invalid_body");
        assert_eq!(problem["errors"][0]["pointer"], "/reason_code");
    }
    let longest = json!({"reason_code": "x".repeat(64)});
    world.post(&tenant, "/v1/billing/pause", longest).send().await.ok(200);
}

#[actix_web::test]
async fn the_plan_is_changed_part_by_part() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let before = world.get(&tenant, "/v1/billing/account/plan").send().await.ok(200);
    assert_eq!(before["activation_fee"], "2.00");
    assert_eq!(before["setup_fee"], "99.00");
    let change = json!({"activation_fee": 2.5, "limits": {"workers": 3}});
    let path = "/v1/billing/account/plan";
    let changed = world.as_role(&tenant, Role::Admin, "PUT", path).json(change).send().await;
    let changed = changed.ok(200);
    assert_eq!(changed["activation_fee"], "2.50");
    assert_eq!(changed["setup_fee"], "99.00");
    assert_eq!(changed["limits"], json!({"bookings": null, "storage_bytes": null, "workers": 3}));
    let fine = json!({"activation_fee": "2.505", "limits": {"bookings": -1}});
    let answer = world.as_role(&tenant, Role::Admin, "PUT", path).json(fine).send().await;
    let problem = answer.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/limits/bookings");
}

#[actix_web::test]
async fn a_tax_rate_stays_a_number() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let rate = json!({"jurisdiction": "CA-ON", "rate": 0.13, "valid_from": "2020-01-01"});
    let plan = world.post(&tenant, "/v1/billing/account/tax-rates", rate).send().await.ok(200);
    assert_eq!(plan["tax_rate"], json!(0.13));
    assert_eq!(plan["tax_jurisdiction"], "CA-ON");
    let wrong = json!({"jurisdiction": "CA ON", "rate": 13, "valid_from": "1.1.2020"});
    let wrong = world.post(&tenant, "/v1/billing/account/tax-rates", wrong).send().await;
    let problem = wrong.problem(422, "invalid_body");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn a_trial_begins_ends_and_the_account_is_canceled_for_good() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let act =
        |path: &'static str, body| world.as_role(&tenant, Role::Admin, "POST", path).json(body);
    let trial = act("/v1/billing/account/trial", json!({"ends_on": "2030-01-31"}));
    let trial = trial.send().await.ok(200);
    assert_eq!(
        (&trial["status"], &trial["trial_ends_on"]),
        (&json!("trialing"), &json!("2030-01-31"))
    );
    let active = act("/v1/billing/account/activate", json!({})).send().await.ok(200);
    assert_eq!(active["status"], "active");
    let gone = act("/v1/billing/account/cancel", json!({"reason_code": "closed"}));
    assert_eq!(gone.send().await.ok(200)["status"], "canceled");
    let again = act("/v1/billing/account/activate", json!({})).send().await;
    again.problem(422, "subscription.canceled");
}
