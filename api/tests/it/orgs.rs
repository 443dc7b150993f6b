//! The operator's register.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::support::{Ask, OPERATOR, World, unknown};

fn operator<'a>(world: &'a World, method: &str, path: &str) -> Ask<'a> {
    world.ask(method, path).header("authorization", format!("Bearer {OPERATOR}"))
}

#[actix_web::test]
async fn an_org_is_made_with_its_account_and_its_owners_key() {
    let world = World::new().await;
    let body = json!({
        "name": "Northern Chiropractic", "time_zone": "America/Toronto", "currency": "cad",
        "anchor_day": 31, "activation_fee": 2.5, "contact_email": "bills@example.org",
    });
    let made = operator(&world, "POST", "/v1/admin/orgs").json(body).send().await.ok(201);
    let key = made["owner_key"]["secret"].as_str().unwrap();
    let plan = world.ask("GET", "/v1/billing/account/plan");
    let plan = plan.header("authorization", format!("Bearer {key}")).send().await.ok(200);
    assert_eq!((&plan["currency"], &plan["activation_fee"]), (&json!("CAD"), &json!("2.50")));
    assert_eq!((&plan["anchor_day"], &plan["time_zone"]), (&json!(31), &json!("America/Toronto")));
    let list = operator(&world, "GET", "/v1/admin/orgs").send().await.ok(200);
    assert_eq!(list["orgs"][0]["name"], "Northern Chiropractic");
    assert_eq!(list["orgs"][0]["status"], "open");
}

#[actix_web::test]
async fn everything_wrong_with_a_new_org_is_said_at_once() {
    let world = World::new().await;
    let body = json!({
        "time_zone": "Moon/Tranquility", "currency": "XXX", "anchor_day": 32, "colour": "blue",
    });
    let answer = operator(&world, "POST", "/v1/admin/orgs").json(body).send().await;
    let problem = answer.problem(422, "invalid_body");
    let pointers: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(pointers, ["/name", "/time_zone", "/currency", "/anchor_day", "/colour"]);
}

#[actix_web::test]
async fn a_suspended_orgs_keys_rest_and_a_closed_orgs_are_gone() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let act = async |verb: &str| {
        let path = format!("/v1/admin/orgs/{}/{verb}", tenant.org);
        operator(&world, "POST", &path).send().await.ok(200)
    };
    let status = || world.as_role(&tenant, Role::Owner, "GET", "/v1/billing/status");
    status().send().await.ok(200);
    assert_eq!(act("suspend").await["status"], "suspended");
    status().send().await.problem(403, "org_suspended");
    assert_eq!(act("reinstate").await["status"], "open");
    status().send().await.ok(200);
    assert_eq!(act("close").await["status"], "closed");
    status().send().await.problem(403, "org_closed");
    assert_eq!(act("reinstate").await["status"], "closed");
    world.as_role(&other, Role::Owner, "GET", "/v1/billing/status").send().await.ok(200);
    let unknown = format!("/v1/admin/orgs/{}/suspend", unknown());
    operator(&world, "POST", &unknown).send().await.problem(404, "org_unknown");
}
