//! What an org uses, and whether recorded counters agree.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::{
    integrations::{booking, event, feed},
    support::{Tenant, World},
};

const PATH: &str = "/v1/billing/usage/report";

async fn report(world: &World, tenant: &Tenant, query: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let ask = world.get(tenant, &format!("{PATH}{query}"));
    ask.header("daybook-min-position", head.to_string()).send().await.ok(200)
}

fn metric<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["drift"].as_array().unwrap().iter().find(|one| one["metric"] == name).unwrap()
}

/// Two bookings of March, one worker, a photo and its room.
async fn march(world: &World, tenant: &Tenant) {
    let photo = json!({"id": "p", "bytes": 2_000, "taken_at": "2026-03-04T08:00:00Z"});
    let batch = json!([
        event(1, "booking", booking("b-1", "2026-03-20T10:00:00Z", "confirmed")),
        event(2, "booking", booking("b-2", "2026-03-21T10:00:00Z", "pending")),
        event(3, "worker", json!({"id": "w-1", "role": "windows and floors"})),
        event(4, "photo", photo),
        event(5, "storage", json!({"id": "faxes", "bytes": 500})),
        event(6, "usage_counter", json!({"metric": "bookings", "month": "2026-03", "value": 3})),
        event(7, "usage_counter", json!({"metric": "workers", "month": "2026-03", "value": 1})),
    ]);
    let received = feed(world, tenant, batch).send().await.ok(202);
    assert_eq!(received["accepted"], 7, "{received}");
}

#[actix_web::test]
async fn the_report_shows_use_limits_overage_and_drift() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    march(&world, &tenant).await;
    let limits = json!({"limits": {"workers": 1, "bookings": 1, "storage_bytes": 10_000}});
    let plan = world.as_role(&tenant, Role::Admin, "PUT", "/v1/billing/account/plan");
    plan.json(limits).send().await.ok(200);

    let march = report(&world, &tenant, "?month=2026-03").await;
    assert_eq!((&march["month"], &march["time_zone"]), (&json!("2026-03"), &json!("UTC")));
    assert_eq!((&march["workers"], &march["bookings"]), (&json!(1), &json!(2)));
    assert_eq!(march["storage_bytes"], 2_500);
    assert_eq!(march["plan_limits"]["bookings"], 1);
    let overage = json!({"workers": false, "bookings": true, "storage_bytes": false});
    assert_eq!((&march["overage"], &march["overage_detected"]), (&overage, &json!(true)));
    assert_eq!(march["recorded_counters"]["bookings"], 3);
    assert_eq!(march["recorded_counters"]["leads"], Value::Null);
    assert_eq!(march["drift_detected"], true);
    let bookings = metric(&march, "bookings");
    assert_eq!((&bookings["computed"], &bookings["drift"]), (&json!(2), &json!(1)));
    assert_eq!(metric(&march, "workers")["drift_detected"], false);
    assert_eq!(metric(&march, "storage_bytes")["window"], "current");
    // Two bookings and a photo: March had ended when they were recorded.
    assert_eq!((&march["late_facts"], &march["month_ended"]), (&json!(3), &json!(true)));
    assert_eq!(bookings["late_change"], 2);

    let april = report(&world, &tenant, "?month=2026-04").await;
    assert_eq!((&april["bookings"], &april["workers"]), (&json!(0), &json!(1)));
    assert_eq!(april["drift_detected"], false, "workers agree, bookings have no counter");
    assert_eq!(report(&world, &tenant, "?month=2026-03").await, march, "twice is the same");
}

#[actix_web::test]
async fn a_booking_that_moves_or_is_canceled_moves_its_count() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    march(&world, &tenant).await;
    let batch = json!([
        event(8, "booking", booking("b-1", "2026-04-02T10:00:00Z", "confirmed")),
        event(9, "booking", booking("b-2", "2026-03-21T10:00:00Z", "canceled")),
        event(10, "worker", json!({"id": "w-1", "state": "inactive"})),
    ]);
    let moved = feed(&world, &tenant, batch).send().await.ok(202);
    assert_eq!(moved["events"][0]["standing"], "correction");
    let march = report(&world, &tenant, "?month=2026-03").await;
    assert_eq!((&march["bookings"], &march["workers"]), (&json!(0), &json!(0)));
    assert_eq!(metric(&march, "bookings")["drift"], 3);
    let april = report(&world, &tenant, "?month=2026-04").await;
    assert_eq!(april["bookings"], 1);
}

#[actix_web::test]
async fn the_month_is_the_current_one_unless_said_otherwise() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let path = "/v1/billing/patients/p-1/activate";
    world.post(&tenant, path, json!({})).send().await.ok(200);
    let now = report(&world, &tenant, "").await;
    assert_eq!(now["month_ended"], false);
    assert_eq!(now["month"].as_str().map(str::len), Some(7));
    assert_eq!(metric(&now, "patient_activations")["computed"], 1);
    assert_eq!(now["drift_detected"], false);
    let wrong = world.get(&tenant, &format!("{PATH}?month=2026-13")).send().await;
    wrong.problem(400, "invalid_query");
    let wrong = world.get(&tenant, &format!("{PATH}?mnth=2026-12")).send().await;
    wrong.problem(400, "invalid_query");
}

#[actix_web::test]
async fn only_who_minds_the_money_reads_it_and_only_their_own() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    march(&world, &theirs).await;
    let none = report(&world, &mine, "?month=2026-03").await;
    assert_eq!((&none["bookings"], &none["drift_detected"]), (&json!(0), &json!(false)));
    for role in [Role::Viewer, Role::Dispatcher, Role::Auditor, Role::Integration] {
        world.as_role(&mine, role, "GET", PATH).send().await.problem(403, "forbidden");
    }
    for role in [Role::Finance, Role::Admin, Role::Owner] {
        world.as_role(&mine, role, "GET", PATH).send().await.ok(200);
    }
}
