//! Read your writes.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::support::World;

#[actix_web::test]
async fn a_query_knows_the_position_that_it_is_told() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for number in 0..10 {
        let path = format!("/v1/billing/patients/{number}/activate");
        let ask = world.as_role(&tenant, Role::Integration, "POST", &path);
        let done = ask.json(json!({})).send().await;
        // Programs do not wait unless they say so.
        assert_eq!(done.header("daybook-settled"), "");
        let position = done.position();
        let ask = world.get(&tenant, &format!("/v1/billing/patients/{number}"));
        let shown = ask.header("daybook-min-position", position.to_string()).send().await;
        assert!(shown.position() >= position);
        assert_eq!(shown.ok(200)["is_active_for_billing"], true);
    }
}

#[actix_web::test]
async fn a_position_that_is_not_reached_is_said_plainly() {
    let world = World::with(|limits| limits.wait = std::time::Duration::from_millis(200)).await;
    let tenant = world.tenant().await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let wanted = (head + 1).to_string();
    for path in ["/v1/billing/patients", "/v1/billing/status", "/v1/admin/journal/entries"] {
        let ask = world.get(&tenant, path).header("daybook-min-position", &wanted);
        let problem = ask.send().await.problem(503, "projection_behind");
        assert_eq!(problem["figures"]["wanted"], head + 1);
        assert_eq!(problem["retryable"], true);
    }
    for wrong in ["-1", "soon"] {
        let ask = world.get(&tenant, "/v1/billing/patients");
        let ask = ask.header("daybook-min-position", wrong);
        ask.send().await.problem(400, "invalid_header");
    }
}

#[actix_web::test]
async fn a_command_waits_as_it_is_told() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let activate = |number: u32, role, wait: &str| {
        let path = format!("/v1/billing/patients/w{number}/activate");
        world.as_role(&tenant, role, "POST", &path).header("daybook-wait", wait).json(json!({}))
    };
    let none = activate(1, Role::Owner, "none").send().await;
    assert_eq!(none.header("daybook-settled"), "");
    let none = none.ok(200);
    assert_eq!(none["events"][0]["type"], "billing.patient_activation.activated");
    assert_eq!(none["patient_id"], "w1");
    let settled = activate(2, Role::Integration, "Settled").send().await;
    assert_eq!(settled.header("daybook-settled"), "true");
    let settled = settled.ok(200);
    assert_eq!(settled["is_active_for_billing"], true);
    let odd = activate(3, Role::Owner, "forever").send().await;
    odd.problem(400, "invalid_header");
}
