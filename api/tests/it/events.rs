//! The log over HTTP: pages, NDJSON, the live tail.

use std::time::Duration;

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World};

async fn some_events(world: &World, tenant: &Tenant) -> i64 {
    let id = world.issued(tenant, "10.00").await;
    world.paid(tenant, &id, "10.00").await;
    world.ledger.head(tenant.org).await.unwrap().unwrap()
}

fn positions(page: &Value) -> Vec<i64> {
    let events = page["events"].as_array().unwrap();
    events.iter().map(|event| event["position"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn the_log_is_listed_as_cloud_events_in_order() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let head = some_events(&world, &tenant).await;
    let page = world.get(&tenant, "/api/events").send().await.ok(200);
    assert_eq!(positions(&page), (1..=head).collect::<Vec<_>>());
    let first = &page["events"][0];
    assert_eq!(
        (&first["specversion"], &first["type"]),
        (&json!("1.0"), &json!("billing.subscription.opened"))
    );
    assert_eq!(first["source"], format!("/orgs/{}", tenant.org));
    assert_eq!(first["leafhash"].as_str().unwrap().len(), 64);
    assert_eq!(first["data"]["currency"], "USD");
    let one = world.get(&tenant, "/v1/events/1").send().await.ok(200);
    assert_eq!(&one, first);
    let beyond = format!("/v1/events/{}", head + 1);
    world.get(&tenant, &beyond).send().await.problem(404, "not_found");
    world.get(&tenant, "/v1/events/x").send().await.problem(404, "not_found");
}

#[actix_web::test]
async fn the_log_is_filtered_and_paged() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let head = some_events(&world, &tenant).await;
    let count = async |query: &str| {
        let page = world.get(&tenant, &format!("/v1/events?{query}")).send().await.ok(200);
        page["events"].as_array().unwrap().len()
    };
    assert_eq!(count("type=billing.invoice.issued").await, 1);
    assert_eq!(count("type=billing.subscription.opened,billing.invoice.issued").await, 2);
    assert_eq!(count("aggregate=subscription").await, 1);
    assert_eq!(count("type=billing.invoice.*").await as i64, head - 1);
    assert_eq!(count("after=1&until=3").await, 2);
    assert_eq!(count("from=2999-01-01T00:00:00Z").await, 0);
    assert_eq!(count("to=2001-01-01T00:00:00Z").await, 0);
    let third = world.get(&tenant, "/v1/events/3").send().await.ok(200);
    let from = third["recordedat"].as_str().unwrap().replace('+', "%2B");
    let page = world.get(&tenant, &format!("/v1/events?from={from}")).send().await.ok(200);
    assert!(positions(&page).contains(&3) && !positions(&page).contains(&1));

    let mut path = "/v1/events?limit=2".to_owned();
    let mut seen = Vec::new();
    loop {
        let answer = world.get(&tenant, &path).send().await;
        let link = answer.header("link").to_owned();
        let page = answer.ok(200);
        seen.extend(positions(&page));
        if page["next_cursor"].is_null() {
            break;
        }
        path = link[1..link.find('>').unwrap()].to_owned();
    }
    assert_eq!(seen, (1..=head).collect::<Vec<_>>());
    world.get(&tenant, "/v1/events?limit=0").send().await.problem(400, "invalid_query");
    let odd = world.get(&tenant, "/v1/events").header("accept", "image/png").send().await;
    odd.problem(406, "not_acceptable");
}

#[actix_web::test]
async fn the_whole_log_comes_as_lines() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let head = some_events(&world, &tenant).await;
    let ask = world.as_role(&tenant, Role::Auditor, "GET", "/v1/events?after=1");
    let answer = ask.header("accept", "application/x-ndjson").send().await;
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    let lines: Vec<Value> =
        answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len() as i64, head - 1);
    assert_eq!(lines[0]["position"], 2);
}

/// Reads messages of a live tail until one has this position.
async fn until(response: &mut reqwest::Response, position: i64) -> String {
    let mut text = String::new();
    let wanted = format!("id: {position}\n");
    let reading = async {
        while !text.contains(&wanted) {
            let chunk = response.chunk().await.unwrap().expect("the stream goes on");
            text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reading).await.expect("in time");
    text
}

#[actix_web::test]
async fn the_live_tail_tells_what_happens_and_goes_on_where_it_broke_off() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let head = some_events(&world, &tenant).await;
    let tail = |after: Option<i64>| {
        let ask = world.get(&tenant, "/v1/events").header("accept", "text/event-stream");
        match after {
            Some(position) => ask.header("last-event-id", position.to_string()),
            None => ask,
        }
    };
    let mut live = tail(None).stream().await;
    assert_eq!(live.headers()["content-type"], "text/event-stream");
    // The first bytes say that it listens.
    live.chunk().await.unwrap().unwrap();
    some_events(&world, &other).await;
    world.draft(&tenant, "1.00").await;
    let text = until(&mut live, head + 1).await;
    assert!(!text.contains(&format!("id: {head}\n")), "only what is new");
    assert!(text.contains("event: billing.invoice.opened\ndata: {"));
    assert!(!text.contains(&other.org.to_string()));
    drop(live);
    let mut resumed = tail(Some(2)).stream().await;
    let text = until(&mut resumed, head + 1).await;
    assert!(text.contains("id: 3\n") && !text.contains("id: 2\n"));
    let odd = world.get(&tenant, "/v1/events").header("accept", "text/event-stream");
    odd.header("last-event-id", "x").send().await.problem(400, "invalid_header");
}

#[actix_web::test]
async fn live_tails_are_bounded_and_end_when_the_service_stops() {
    let mut world = World::with(|limits| limits.streams = 1).await;
    let tenant = world.tenant().await;
    let ask = world.get(&tenant, "/v1/events");
    let mut live = ask.header("accept", "text/event-stream").stream().await;
    live.chunk().await.unwrap().unwrap();
    let ask = world.get(&tenant, "/v1/events");
    let second = ask.header("accept", "text/event-stream").send().await;
    assert!(!second.header("retry-after").is_empty());
    second.problem(429, "too_many_streams");
    world.stop();
    let ended = async { while live.chunk().await.unwrap().is_some() {} };
    tokio::time::timeout(Duration::from_secs(10), ended).await.expect("it ends");
}
