//! Permissions of payers over HTTP.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::{
    claims::{asked, give, submission},
    support::{Tenant, World},
};

const REQUEST: &str = "/v1/billing/prior-auth/request";

fn request() -> Value {
    json!({"patient_id": "patient-4711", "payer_id": "60054", "procedure": "97110", "units": 8,
        "starts_on": "2026-03-01", "ends_on": "2026-03-31", "urgency": "urgent",
        "diagnoses": ["M54.50"], "member_id": "W123456789", "note": "as discussed"})
}

async fn requested(world: &World, tenant: &Tenant) -> String {
    let ask = world.as_role(tenant, Role::Dispatcher, "POST", REQUEST).json(request());
    ask.send().await.ok(201)["auth_id"].as_str().unwrap().to_owned()
}

async fn approved(world: &World, tenant: &Tenant) -> String {
    let id = requested(world, tenant).await;
    let path = format!("/v1/billing/prior-auth/{id}/approve");
    world.post(tenant, &path, json!({"reference": "AUTH-1"})).send().await.ok(200);
    id
}

async fn status(world: &World, tenant: &Tenant, role: Role) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let path = "/v1/billing/prior-auth/status/patient-4711";
    let ask = world.as_role(tenant, role, "GET", path).header("daybook-min-position", head);
    ask.send().await.ok(200)["authorizations"].clone()
}

#[actix_web::test]
async fn a_request_is_pended_approved_in_part_and_used() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = requested(&world, &tenant).await;
    let path = |verb: &str| format!("/v1/billing/prior-auth/{id}/{verb}");
    let pended = world.post(&tenant, &path("pend"), json!({"reason_code": "0U"}));
    assert_eq!(pended.send().await.ok(200)["status"], "pended");
    let part = json!({"reference": "AUTH-1", "units": "6.5", "ends_on": "2026-03-20"});
    let some = world.post(&tenant, &path("approve"), part).send().await.ok(200);
    assert_eq!((&some["status"], &some["units_left"]), (&json!("partly_approved"), &json!("6.5")));
    assert_eq!(
        (&some["starts_on"], &some["ends_on"]),
        (&json!("2026-03-01"), &json!("2026-03-20"))
    );
    let known = status(&world, &tenant, Role::Finance).await;
    assert_eq!(
        (&known[0]["patient_id"], &known[0]["diagnoses"]),
        (&json!("patient-4711"), &json!(["M5450"]))
    );
    assert_eq!(
        (&known[0]["note"], &known[0]["member_id"]),
        (&json!("as discussed"), &json!("W123456789"))
    );
    let viewed = status(&world, &tenant, Role::Viewer).await;
    for field in ["patient_id", "note", "member_id"] {
        assert_eq!(viewed[0][field], Value::Null, "{field}");
    }
    let end = format!("/v1/billing/prior-auth/{id}");
    let one = world.as_role(&tenant, Role::Finance, "GET", &end).send().await;
    assert_eq!(one.header("etag"), "\"3\"");
    assert_eq!(one.ok(200), known[0]);
    let masked = world.as_role(&tenant, Role::Viewer, "GET", &end).send().await.ok(200);
    assert_eq!(masked, viewed[0]);
    let other = world.tenant().await;
    world.get(&other, &end).send().await.problem(404, "prior_auth.unknown");
    let ask = world.as_role(&tenant, Role::Dispatcher, "DELETE", &end);
    assert_eq!(ask.json(json!({"reason": "used"})).send().await.ok(200)["status"], "used");
    let timeline = format!("/v1/admin/timeline/prior-auth/{id}");
    let told = world.get(&tenant, &timeline).send().await.ok(200);
    let statuses: Vec<_> =
        told["entries"].as_array().unwrap().iter().map(|entry| entry["status"].clone()).collect();
    assert_eq!(json!(statuses), json!(["requested", "pended", "partly_approved", "used"]));
}

#[actix_web::test]
async fn how_it_ends_is_said_in_the_body_or_in_the_query() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let delete = |id: &str, query: &str| {
        let path = format!("/v1/billing/prior-auth/{id}{query}");
        world.as_role(&tenant, Role::Finance, "DELETE", &path)
    };
    let id = approved(&world, &tenant).await;
    let problem = delete(&id, "").send().await.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/reason");
    delete(&id, "?reason=lost").send().await.problem(422, "invalid_body");
    delete(&id, "?why=used").send().await.problem(400, "invalid_query");
    // Its last day is far behind today.
    assert_eq!(delete(&id, "?reason=expired").send().await.ok(200)["status"], "expired");
    let other = approved(&world, &tenant).await;
    let ask = delete(&other, "?reason=expired").json(json!({"reason": "canceled"}));
    assert_eq!(ask.send().await.ok(200)["status"], "canceled", "the body wins");
    let open = requested(&world, &tenant).await;
    let ask = delete(&open, "?reason=used");
    ask.send().await.problem(422, "prior_auth.not_approved");
}

#[actix_web::test]
async fn a_claim_draws_units_and_gives_them_back() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let auth = approved(&world, &tenant).await;
    let mut claim = asked("C-1");
    claim["lines"][0]["prior_auth_id"] = json!(auth);
    claim["lines"][0]["units"] = json!("3");
    let made = world.post(&tenant, "/v1/billing/claims", claim).send().await.ok(201);
    let id = made["claim_id"].as_str().unwrap();
    give(&world, &tenant, id, "submit", submission(1)).await;
    let drawn = &status(&world, &tenant, Role::Finance).await[0];
    assert_eq!((&drawn["units_drawn"], &drawn["units_left"]), (&json!("3"), &json!("5")));
    let turned_away = json!({"kind": "277CA", "code": "A7"});
    give(&world, &tenant, id, "acknowledgements", turned_away).await;
    give(&world, &tenant, id, "void", json!({"reason_code": "mistake"})).await;
    let back = &status(&world, &tenant, Role::Finance).await[0];
    assert_eq!((&back["units_drawn"], &back["units_left"]), (&json!("0"), &json!("8")));
}

#[actix_web::test]
async fn a_refused_request_stays_refused_and_belongs_to_its_org() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let id = requested(&world, &theirs).await;
    for (verb, body) in [
        ("approve", json!({"reference": "A"})),
        ("deny", json!({"reason_code": "x", "note": "y"})),
        ("pend", json!({})),
    ] {
        let path = format!("/v1/billing/prior-auth/{id}/{verb}");
        world.post(&mine, &path, body).send().await.problem(404, "prior_auth.unknown");
    }
    let path = format!("/v1/billing/prior-auth/{id}?reason=used");
    let ask = world.as_role(&mine, Role::Owner, "DELETE", &path);
    ask.send().await.problem(404, "prior_auth.unknown");
    assert_eq!(status(&world, &theirs, Role::Finance).await[0]["status"], "requested");
    let mine = world.get(&mine, "/v1/billing/prior-auth/status/patient-4711").send().await.ok(200);
    assert_eq!(mine["authorizations"], json!([]));

    let path = format!("/v1/billing/prior-auth/{id}/deny");
    let body = json!({"reason_code": "0B", "note": "not covered"});
    let denied = world.post(&theirs, &path, body).send().await.ok(200);
    assert_eq!(
        (&denied["status"], &denied["payer_note"]),
        (&json!("denied"), &json!("not covered"))
    );
    let mut backwards = request();
    backwards["ends_on"] = json!("2026-02-01");
    let answer = world.post(&theirs, REQUEST, backwards).send().await;
    answer.problem(422, "prior_auth.span_backwards");
    let ask = world.as_role(&theirs, Role::Viewer, "POST", REQUEST).json(request());
    ask.send().await.problem(403, "forbidden");
}
