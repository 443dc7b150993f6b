//! Demographics that are missing are asked for, once, and what came is told.

use ledger::store::{
    outbox::{OutboxStatus, Queue, listed},
    tenants::Role,
};
use serde_json::{Value, json};

use crate::support::{World, unknown};

const REQUEST: &str = "/v1/billing/facesheet/request";

#[actix_web::test]
async fn a_facesheet_is_asked_for_once_and_ends_when_it_comes() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    // As the guide has it: an integer, no header, nothing else said.
    let body = json!({"patient_id": 815});
    let path = format!("/api{}", &REQUEST[3..]);
    let first = world.as_role(&tenant, Role::Dispatcher, "POST", &path).json(body.clone());
    let first = first.send().await.ok(201);
    assert_eq!((&first["patient_id"], &first["status"]), (&json!(815), &json!("requested")));
    let usual = json!(["address", "date_of_birth", "member_id", "name", "payer", "sex"]);
    assert_eq!(first["missing"], usual);
    let again = world.post(&tenant, REQUEST, body).send().await.ok(201);
    assert_eq!((&again["request_id"], &again["version"]), (&first["request_id"], &json!(1)));
    let more = json!({"patient_id": "815", "missing": ["Phone"], "asked_of": "ER desk"});
    let wider = world.post(&tenant, REQUEST, more).send().await.ok(201);
    assert_eq!((&wider["request_id"], &wider["version"]), (&first["request_id"], &json!(2)));
    assert!(wider["missing"].as_array().unwrap().contains(&json!("phone")));

    let status = "/v1/billing/facesheet/status/815";
    let seen = world.get(&tenant, status).send().await;
    assert_eq!(seen.header("etag"), "\"2\"");
    assert_eq!(seen.ok(200)["status"], "requested");
    let id = first["request_id"].as_str().unwrap();
    let came = format!("/v1/billing/facesheet/{id}/received");
    let body = json!({"still_missing": ["phone", "email"], "document": "fax-1"});
    let received = world.post(&tenant, &came, body.clone()).send().await.ok(200);
    assert_eq!((&received["status"], &received["source"]), (&json!("received"), &json!("fax")));
    assert_eq!(received["still_missing"], json!(["phone"]));
    world.post(&tenant, &came, body).send().await.ok(200);
    let refused = world.post(&tenant, &came, json!({"source": "mail"})).send().await;
    assert_eq!(refused.problem(422, "facesheet.not_open")["figures"]["status"], "received");
    let list = "/v1/billing/facesheet/requests?status=";
    let listed = world.get(&tenant, &format!("{list}RECEIVED")).send().await.ok(200);
    assert_eq!(listed["requests"][0]["patient_id"], 815);
    let open = world.get(&tenant, &format!("{list}open")).send().await.ok(200);
    assert_eq!(open["requests"], json!([]));
}

#[actix_web::test]
async fn what_came_is_told_to_those_who_bill() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let made = world.post(&tenant, REQUEST, json!({"patient_id": "p"})).send().await.ok(201);
    let id = made["request_id"].as_str().unwrap();
    let came = format!("/v1/billing/facesheet/{id}/received");
    let answer = world.post(&tenant, &came, json!({})).send().await;
    assert_eq!(answer.header("daybook-settled"), "true");
    let waiting =
        listed(&world.ledger, tenant.org, Queue::Messages, OutboxStatus::Pending, None, 10)
            .await
            .unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].dedupe_key, format!("facesheet:{id}:2:received"));
}

#[actix_web::test]
async fn a_request_that_is_not_needed_is_canceled_and_may_come_back() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let ask = json!({"patient_id": "p", "missing": ["payer"]});
    let made = world.post(&tenant, REQUEST, ask.clone()).send().await.ok(201);
    let cancel = format!("/v1/billing/facesheet/{}/cancel", made["request_id"].as_str().unwrap());
    world.post(&tenant, &cancel, json!({})).send().await.problem(422, "invalid_body");
    let reason = json!({"reason_code": "found_elsewhere"});
    let over = world.post(&tenant, &cancel, reason).send().await.ok(200);
    assert_eq!(
        (&over["status"], &over["reason_code"]),
        (&json!("canceled"), &json!("found_elsewhere"))
    );
    let again = world.post(&tenant, REQUEST, ask).send().await.ok(201);
    assert_eq!((&again["status"], &again["times_requested"]), (&json!("requested"), &json!(2)));
}

#[actix_web::test]
async fn what_cannot_be_asked_is_refused_with_the_field() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for (body, pointer) in [
        (json!({}), "/patient_id"),
        (json!({"patient_id": ""}), "/patient_id"),
        (json!({"patient_id": 1, "missing": ["shoe_size"]}), "/missing"),
        (json!({"patient_id": 1, "missing": "name"}), "/missing"),
    ] {
        let problem = world.post(&tenant, REQUEST, body).send().await.problem(422, "invalid_body");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
    let nothing = json!({"patient_id": 1, "missing": []});
    let refused = world.post(&tenant, REQUEST, nothing).send().await;
    refused.problem(422, "facesheet.nothing_missing");
}

#[actix_web::test]
async fn another_org_sees_nothing_and_people_are_masked_for_some() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let body = json!({"patient_id": "mrn 815", "asked_of": "ward 7"});
    let made = world.post(&mine, REQUEST, body).send().await.ok(201);
    let id = made["request_id"].as_str().unwrap();
    let path = "/v1/billing/facesheet/status/mrn%20815";
    world.get(&theirs, path).send().await.problem(404, "facesheet.unknown");
    let came = format!("/v1/billing/facesheet/{id}/received");
    let foreign = world.post(&theirs, &came, json!({})).send().await;
    foreign.problem(404, "facesheet.unknown");
    let nobody = format!("/v1/billing/facesheet/{}/received", unknown());
    let nobody = world.post(&mine, &nobody, json!({})).send().await;
    nobody.problem(404, "facesheet.unknown");
    for role in Role::ALL {
        let sees = matches!(role, Role::Owner | Role::Admin | Role::Finance | Role::Dispatcher);
        let one = world.as_role(&mine, role, "GET", path).send().await.ok(200);
        assert_eq!((&one["patient_id"], one["asked_of"].is_string()), (&json!("mrn 815"), sees));
        let list = world.as_role(&mine, role, "GET", "/v1/billing/facesheet/requests");
        let list = list.send().await.ok(200);
        assert_eq!(list["requests"][0]["patient_id"] != Value::Null, sees, "{role}");
    }
}
