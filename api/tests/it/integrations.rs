//! What other systems tell.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Ask, Tenant, World};

const PATH: &str = "/v1/integrations/events";

/// A request of the org's program.
pub(crate) fn feed<'a>(world: &'a World, tenant: &Tenant, body: Value) -> Ask<'a> {
    world.as_role(tenant, Role::Integration, "POST", PATH).json(body)
}

/// An event; the later number was said later.
pub(crate) fn event(number: u32, kind: &str, data: Value) -> Value {
    json!({
        "specversion": "1.0",
        "id": number.to_string(),
        "source": "/scheduling",
        "type": format!("operation.{kind}"),
        "time": format!("2026-03-05T10:{number:02}:00Z"),
        "data": data,
    })
}

pub(crate) fn booking(id: &str, starts_at: &str, state: &str) -> Value {
    let ends_at = starts_at.replace("T10", "T12");
    json!({"id": id, "starts_at": starts_at, "ends_at": ends_at, "state": state})
}

fn verdicts(received: &Value) -> Vec<&str> {
    let events = received["events"].as_array().unwrap();
    events.iter().map(|event| event["verdict"].as_str().unwrap()).collect()
}

async fn sent(ask: Ask<'_>, content_type: &str, body: &Value) -> Answer {
    ask.header("content-type", content_type).body(body.to_string()).send().await
}

#[actix_web::test]
async fn an_event_is_taken_once_however_often_it_is_sent() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let booking = event(1, "booking", booking("b-1", "2026-03-20T10:00:00Z", "confirmed"));
    let first = feed(&world, &tenant, booking.clone()).send().await;
    let position = first.position();
    let first = first.ok(202);
    assert_eq!((&first["accepted"], &first["duplicates"]), (&json!(1), &json!(0)));
    let verdict = &first["events"][0];
    assert_eq!(verdict["verdict"], "accepted");
    assert_eq!((&verdict["id"], &verdict["source"]), (&json!("1"), &json!("/scheduling")));
    assert_eq!((&verdict["standing"], &verdict["late"]), (&json!("first"), &json!(true)));
    assert_eq!(verdict["position"], position);
    let head = world.ledger.head(tenant.org).await.unwrap();

    // Other spacing and order of the same fields, and an extension of the sender's own.
    let mut again = booking.clone();
    again["traceparent"] = json!("00-1-2-03");
    let text = serde_json::to_string_pretty(&again).unwrap();
    let ask = world.as_role(&tenant, Role::Admin, "POST", PATH);
    let ask = ask.header("content-type", "application/cloudevents+json").body(text);
    let again = ask.send().await.ok(202);
    assert_eq!(verdicts(&again), ["duplicate"]);
    assert_eq!(again["events"][0]["position"], position);
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);

    let mut other = booking;
    other["data"]["state"] = json!("canceled");
    feed(&world, &tenant, other).send().await.problem(409, "operation.other_content");
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);
}

#[actix_web::test]
async fn every_event_of_a_batch_has_its_own_verdict() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let good = event(1, "worker", json!({"id": 7, "name": "Ada Lovelace", "team_id": "t-1"}));
    let batch = json!([
        good,
        event(2, "spaceship", json!({"id": "s"})),
        event(3, "photo", json!({"id": "p", "bytes": -1, "colour": "red"})),
        event(1, "worker", json!({"id": 7, "name": "Ada Lovelace", "team_id": "t-1"})),
        {"id": "5"},
        event(6, "booking", booking("b", "2026-03-20T13:00:00Z", "pending")),
        event(7, "team", json!({"id": "t-1", "name": "North"})),
        "no event",
    ]);
    let ask = world.as_role(&tenant, Role::Integration, "POST", PATH);
    let received = sent(ask, "application/cloudevents-batch+json", &batch).await.ok(207);
    assert_eq!(received["refused"], 5);
    let events = received["events"].as_array().unwrap();
    let code = |index: usize| events[index]["code"].as_str().unwrap_or_default();
    assert_eq!(code(1), "event_type_unknown");
    assert_eq!(events[1]["errors"][0]["pointer"], "/1/type");
    assert_eq!(code(2), "invalid_body");
    let pointers: Vec<_> =
        events[2]["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/2/data/bytes", "/2/data/taken_at", "/2/data/colour"]);
    assert_eq!(events[4]["errors"][0]["pointer"], "/4/specversion");
    assert_eq!(code(5), "operation.ends_before_start");
    assert_eq!(code(7), "invalid_body");
    assert_eq!(events[6]["verdict"], "accepted");
    // Twins in one request: one is new, whichever came first.
    let twins = [&events[0]["verdict"], &events[3]["verdict"]];
    assert!(twins.contains(&&json!("accepted")) && twins.contains(&&json!("duplicate")));
    // Nothing was lost: sent again, all that can be taken was taken.
    let again = feed(&world, &tenant, batch).send().await.ok(207);
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(3)));
}

#[actix_web::test]
async fn what_was_said_later_counts_whatever_comes_first() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let stored = json!({"id": "p-1", "bytes": 10, "taken_at": "2026-03-01T08:00:00Z"});
    let mut deleted = stored.clone();
    deleted["state"] = json!("deleted");
    feed(&world, &tenant, event(2, "photo", deleted)).send().await.ok(202);
    let late = feed(&world, &tenant, event(1, "photo", stored)).send().await.ok(202);
    assert_eq!(late["events"][0]["standing"], "superseded");
    assert_eq!(late["events"][0]["verdict"], "accepted");
    let mut future = event(3, "team", json!({"id": "t"}));
    future["time"] = json!("2999-01-01T00:00:00Z");
    feed(&world, &tenant, future).send().await.problem(422, "operation.from_the_future");
}

#[actix_web::test]
async fn the_attributes_may_come_as_headers() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let binary = |id: &str, data: &str| {
        let ask = world.as_role(&tenant, Role::Integration, "POST", PATH);
        ask.header("content-type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", id)
            .header("ce-source", "/sch%C3%A9duling")
            .header("ce-type", "operation.storage")
            .header("ce-subject", "uploads")
            .body(data.to_owned())
    };
    let taken = binary("1", r#"{"bytes": 99}"#).send().await.ok(202);
    assert_eq!(taken["events"][0]["source"], "/schéduling");
    binary("2", r#"{"bytes": "many"}"#).send().await.problem(422, "invalid_body");
    binary("3", "{").send().await.problem(400, "malformed_json");
    let structured = json!({"specversion": "1.0", "id": "1", "source": "/schéduling",
        "type": "operation.storage", "subject": "uploads", "data": {"bytes": 99}});
    let again = feed(&world, &tenant, structured).send().await.ok(202);
    assert_eq!(verdicts(&again), ["duplicate"], "either way it is the same message");
}

#[actix_web::test]
async fn a_request_that_is_no_message_is_refused_whole() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let ask = || world.as_role(&tenant, Role::Integration, "POST", PATH);
    let json = |text: &'static str| ask().header("content-type", "application/json").body(text);
    json("{").send().await.problem(400, "malformed_json");
    json("").send().await.problem(400, "malformed_json");
    json("7").send().await.problem(422, "invalid_body");
    ask()
        .header("content-type", "text/plain")
        .body("{}")
        .send()
        .await
        .problem(415, "unsupported_media_type");
    let many = json!(vec![json!({}); 501]);
    feed(&world, &tenant, many).send().await.problem(422, "invalid_body");
    let none = feed(&world, &tenant, json!([])).send().await.ok(202);
    assert_eq!(none["events"], json!([]));
    let nameless = event(1, "booking", json!({}));
    let problem = feed(&world, &tenant, nameless).send().await.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/data/ends_at");
    let nobody = event(1, "team", json!({"name": "North"}));
    let problem = feed(&world, &tenant, nobody).send().await.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/data/id");
    let mut two = event(1, "team", json!({"id": "t-1"}));
    two["subject"] = json!("t-2");
    let problem = feed(&world, &tenant, two).send().await.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/subject");
}

/// The org comes from the credential: equal ids of two orgs are two things.
#[actix_web::test]
async fn orgs_do_not_hear_each_other() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let team = event(1, "team", json!({"id": "t-1", "name": "North"}));
    let one = feed(&world, &mine, team.clone()).send().await.ok(202);
    let other = feed(&world, &theirs, team).send().await.ok(202);
    assert_eq!(verdicts(&other), ["accepted"]);
    assert_ne!(one["events"][0]["operation_id"], other["events"][0]["operation_id"]);
}

#[actix_web::test]
async fn names_and_notes_stand_nowhere_in_the_clear() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let batch = json!([
        event(
            1,
            "lead",
            json!({"id": "ada@example.com", "email": "ada@example.com",
            "name": "Ada Lovelace", "phone": "+1 555 0100",
            "created_at": "2026-03-01T08:00:00Z"})
        ),
        event(
            2,
            "support_ticket",
            json!({"id": "s-1", "lead_id": "ada@example.com",
            "text": "Lovelace waits", "opened_at": "2026-03-02T08:00:00Z"})
        ),
        event(
            3,
            "nps_response",
            json!({"id": "n-1", "lead_id": "ada@example.com", "score": 9,
            "comment": "Lovelace is glad", "answered_at": "2026-03-02T08:00:00Z"})
        ),
        event(
            4,
            "blackout",
            json!({"id": "o-1", "worker_id": "w", "note": "Lovelace is ill",
            "starts_at": "2026-03-02T08:00:00Z", "ends_at": "2026-03-03T08:00:00Z"})
        ),
        event(
            5,
            "photo_review",
            json!({"id": "r-1", "photo_id": 4, "verdict": "NEEDS_RETAKE",
            "note": "Lovelace moved", "reviewed_at": "2026-03-02T08:00:00Z"})
        ),
        event(
            6,
            "job_completion",
            json!({"id": "j-1", "booking_id": 3, "minutes": 90,
            "completed_at": "2026-03-02T08:00:00Z"})
        ),
    ]);
    let received = feed(&world, &tenant, batch).send().await.ok(202);
    assert_eq!(received["accepted"], 6, "{received}");
    let stored = world.ledger.read(tenant.org, 0, 100).await.unwrap();
    assert!(stored.iter().any(|event| event.event_type == "billing.operation.lead_recorded"));
    for event in stored {
        let payload = String::from_utf8(event.payload).unwrap();
        for word in ["Lovelace", "ada@", "555 0100", "5550100"] {
            assert!(!payload.contains(word), "{}: {payload}", event.event_type);
        }
    }
}
