//! What policies wait for, and letting them go on.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World};

const ALL: &str = "/v1/admin/policies";
const CHARGES: &str = "/v1/admin/policies/cycle_charges";

async fn listed(world: &World, tenant: &Tenant, policy: &str) -> Value {
    let all = world.as_role(tenant, Role::Auditor, "GET", ALL).send().await.ok(200);
    let all = all["policies"].as_array().unwrap();
    assert_eq!(all.len(), projections::engine::policies().len());
    all.iter().find(|one| one["policy"] == policy).unwrap().clone()
}

/// Parks a follower at the next event, as if it could not digest that, and lets the engine see.
async fn park(world: &World, tenant: &Tenant, follower: &str) -> i64 {
    let at = world.ledger.head(tenant.org).await.unwrap().unwrap() + 1;
    let sql = format!(
        "insert into parked select org_id, projector, version, slot, {at}, 'it stumbles', now() \
         from checkpoints where org_id = '{}' and projector = '{follower}'",
        tenant.org
    );
    world.damage(&sql).await;
    // It rings the bell of every engine: look again.
    assert!(!projections::engine::unpark(&world.ledger, tenant.org, "nobody").await.unwrap());
    at
}

#[actix_web::test]
async fn a_parked_policy_is_listed_and_goes_on_where_it_stopped() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let activate = async |patient: u8| {
        let path = format!("/v1/billing/patients/p-{patient}/activate");
        let ask = world.post(&tenant, &path, json!({})).header("daybook-wait", "none");
        ask.send().await.ok(200)["charge"]["invoice_id"].as_str().unwrap().to_owned()
    };
    let invoice = activate(1).await;
    // What follows is there before somebody stands in the way.
    let wait = world.post(&tenant, "/v1/billing/charges/one-off", json!({"amount": "1.00"}));
    assert_eq!(wait.send().await.header("daybook-settled"), "true");
    let goes_on = world.as_role(&tenant, Role::Admin, "POST", &format!("{CHARGES}/unpark"));
    goes_on.send().await.problem(409, "not_parked");
    let at = park(&world, &tenant, "cycle_charges").await;
    let parked = &listed(&world, &tenant, "cycle_charges").await["parked"];
    assert_eq!((&parked["position"], &parked["error"]), (&json!(at), &json!("it stumbles")));
    assert_eq!(listed(&world, &tenant, "dunning").await["parked"], Value::Null);
    assert_eq!(listed(&world, &other, "cycle_charges").await["parked"], Value::Null);
    let theirs = world.as_role(&other, Role::Owner, "POST", &format!("{CHARGES}/unpark"));
    theirs.send().await.problem(409, "not_parked");
    let finance = world.as_role(&tenant, Role::Finance, "POST", &format!("{CHARGES}/unpark"));
    finance.send().await.problem(403, "forbidden");

    assert_eq!(activate(2).await, invoice);
    let done = world.as_role(&tenant, Role::Admin, "POST", &format!("{CHARGES}/unpark"));
    assert_eq!(done.send().await.ok(202)["parked"], Value::Null);
    let settled = world.post(&tenant, "/v1/billing/charges/one-off", json!({"amount": "1.00"}));
    assert_eq!(settled.send().await.header("daybook-settled"), "true");
    assert_eq!(world.invoice(&tenant, &invoice).await["total_amount"], "4.00", "nothing skipped");
    let unknown = world.as_role(&tenant, Role::Admin, "POST", &format!("{ALL}/nothing/unpark"));
    unknown.send().await.problem(404, "policy_unknown");
}

#[actix_web::test]
async fn a_parked_read_model_goes_on_without_being_rebuilt() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "10.00").await;
    let path = "/v1/admin/projections/invoices";
    let unpark = || world.as_role(&tenant, Role::Admin, "POST", &format!("{path}/unpark"));
    unpark().send().await.problem(409, "not_parked");
    let at = park(&world, &tenant, "invoices").await;
    let shown = world.as_role(&tenant, Role::Auditor, "GET", path).send().await.ok(200);
    assert_eq!(shown["parked_at"], json!(at));
    assert_eq!(unpark().send().await.ok(202)["parked_at"], Value::Null);
    world.paid(&tenant, &invoice, "4.00").await;
    assert_eq!(world.invoice(&tenant, &invoice).await["amount_paid"], "4.00");
}

#[actix_web::test]
async fn a_refused_order_is_given_again_when_somebody_says_so() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let auth = json!({"patient_id": "patient-4711", "payer_id": "60054", "procedure": "99213",
        "units": 8, "starts_on": "2026-03-01", "ends_on": "2026-03-31"});
    let made = world.post(&tenant, "/v1/billing/prior-auth/request", auth).send().await.ok(201);
    let auth = made["auth_id"].as_str().unwrap();
    let end = format!("/v1/billing/prior-auth/{auth}?reason=canceled");
    world.as_role(&tenant, Role::Finance, "DELETE", &end).send().await.ok(200);
    let mut claim = crate::claims::asked("C-1");
    claim["lines"][0]["prior_auth_id"] = json!(auth);
    let made = world.post(&tenant, "/v1/billing/claims", claim).send().await.ok(201);
    let id = made["claim_id"].as_str().unwrap();
    let sent = crate::claims::submission(1);
    crate::claims::give(&world, &tenant, id, "submit", sent).await;
    // Nobody can draw from what was withdrawn: that is seen, and has an age.
    let refused = &listed(&world, &tenant, "authorization_draws").await["refused"][0];
    assert_eq!((&refused["key"], &refused["retried_at"]), (&json!(id), &Value::Null));
    assert_eq!(refused["code"], "prior_auth.not_approved");
    let path = "/v1/admin/policies/authorization_draws/retry";
    let retry = |key: &str| {
        world.as_role(&tenant, Role::Admin, "POST", path).json(json!({"key": key})).send()
    };
    let still = retry(id).await.ok(200)["refused"][0].clone();
    assert!(still["retried_at"].is_string(), "{still}");
    retry("nothing").await.problem(409, "nothing_refused");
    let wrong = world.as_role(&tenant, Role::Admin, "POST", path).json(json!({}));
    wrong.send().await.problem(422, "invalid_body");
}
