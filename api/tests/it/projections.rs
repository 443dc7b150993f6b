//! How read models stand, and rebuilding them over HTTP.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World};

const ALL: &str = "/v1/admin/projections";
const INVOICES: &str = "/v1/admin/projections/invoices";

async fn rebuild(world: &World, tenant: &Tenant, body: Value) {
    let path = format!("{INVOICES}/rebuild");
    let ask = world.as_role(tenant, Role::Admin, "POST", &path).json(body);
    let begun = ask.send().await;
    assert_eq!(begun.header("location"), INVOICES);
    assert_eq!(begun.ok(202)["rebuild"]["asked_by"].as_str().unwrap().get(..4), Some("key:"));
}

/// What became of it.
async fn ended(world: &World, tenant: &Tenant) -> Value {
    for _ in 0..600 {
        let shown = world.as_role(tenant, Role::Auditor, "GET", INVOICES).send().await.ok(200);
        if shown["rebuild"]["state"] != "running" {
            return shown;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it did not end");
}

#[actix_web::test]
async fn every_read_model_says_where_it_stands() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    world.issued(&tenant, "10.00").await;
    let listed = world.as_role(&tenant, Role::Finance, "GET", ALL).send().await.ok(200);
    let listed = listed["projections"].as_array().unwrap();
    assert_eq!(listed.len(), projections::engine::read_models().len());
    let invoices = listed.iter().find(|one| one["model"] == "invoices").unwrap();
    assert_eq!((&invoices["slot"], &invoices["rebuild"]), (&json!("a"), &Value::Null));
    assert_eq!(invoices["version"], invoices["answering_version"]);
    let unknown = format!("{ALL}/nothing");
    let asked = world.as_role(&tenant, Role::Finance, "GET", &unknown).send().await;
    asked.problem(404, "projection_unknown");
}

#[actix_web::test]
async fn a_rebuild_that_was_asked_for_says_how_it_went() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    world.issued(&tenant, "10.00").await;
    rebuild(&world, &tenant, json!({})).await;
    let done = ended(&world, &tenant).await;
    assert_eq!((&done["slot"], &done["rebuild"]["state"]), (&json!("b"), &json!("done")));
    assert_eq!(done["rebuild"]["switched"], true);
    assert_eq!(done["rebuild"]["rows_differing"], 0);
    let theirs = world.as_role(&other, Role::Auditor, "GET", INVOICES).send().await.ok(200);
    assert_eq!(theirs["rebuild"], Value::Null);
    let abort = format!("{INVOICES}/abort");
    let nobody = world.as_role(&tenant, Role::Owner, "POST", &abort).send().await;
    nobody.problem(409, "rebuild_not_running");
    let wrong = json!({"switch": "perhaps"});
    let path = format!("{INVOICES}/rebuild");
    let ask = world.as_role(&tenant, Role::Owner, "POST", &path).json(wrong);
    ask.send().await.problem(422, "invalid_body");
}

#[actix_web::test]
async fn what_differs_waits_until_somebody_accepts_it_and_can_be_taken_back() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "10.00").await;
    // The first answer shows that the row is there; then somebody breaks it.
    let path = format!("/v1/billing/invoices/{invoice}");
    assert_eq!(world.get(&tenant, &path).send().await.ok(200)["balance_due"], "10.00");
    world.damage("update invoices_a set balance_minor = balance_minor + 250").await;
    rebuild(&world, &tenant, json!({})).await;
    let waiting = ended(&world, &tenant).await;
    assert_eq!((&waiting["slot"], &waiting["rebuild"]["state"]), (&json!("a"), &json!("waiting")));
    let money = &waiting["rebuild"]["differences"]["money"];
    assert_eq!(*money, json!([{"column": "balance_minor", "currency": "USD", "minor": "-250"}]));
    let cell = &waiting["rebuild"]["differences"]["cells"][0];
    assert_eq!((&cell["live"], &cell["rebuilt"]), (&json!("1250"), &json!("1000")));

    let accept = json!({"resume": true, "accept_reason_code": "row_repaired"});
    rebuild(&world, &tenant, accept.clone()).await;
    let done = ended(&world, &tenant).await;
    assert_eq!((&done["slot"], &done["rebuild"]["state"]), (&json!("b"), &json!("done")));
    assert_eq!(done["rebuild"]["digest"], waiting["rebuild"]["digest"]);
    assert_eq!(world.get(&tenant, &path).send().await.ok(200)["balance_due"], "10.00");
    let log = world.get(&tenant, "/v1/events?type=billing.switch.forced").send().await.ok(200);
    let forced = &log["events"][0]["data"];
    assert_eq!((&forced["reason_code"], &forced["slot"]), (&json!("row_repaired"), &json!("b")));

    rebuild(&world, &tenant, accept).await;
    assert_eq!(ended(&world, &tenant).await["slot"], "a");
}
