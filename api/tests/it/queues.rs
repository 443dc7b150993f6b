//! What waits for somebody: overdue and unpaid invoices, and dead letters of every queue.

use std::time::Duration;

use ledger::{
    correspondence::Message,
    store::{
        outbox::{Fate, NewMessage, enqueue, take},
        tenants::Role,
    },
};
use serde_json::{Value, json};
use time::macros::datetime;
use uuid::Uuid;

use crate::{
    export_letters::dead_export,
    support::{Tenant, World},
};

const INVOICES: &str = "/v1/admin/queue/invoices";
const DLQ: &str = "/v1/admin/queue/dlq";

async fn issued_on(world: &World, tenant: &Tenant, amount: &str, day: &str) -> String {
    let id = world.draft(tenant, amount).await;
    let path = format!("/v1/billing/invoices/{id}/issue");
    world.post(tenant, &path, json!({"issued_on": day})).send().await.ok(200);
    id
}

async fn waiting(world: &World, tenant: &Tenant, query: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let ask = world.get(tenant, &format!("{INVOICES}{query}"));
    ask.header("daybook-min-position", head.to_string()).send().await.ok(200)
}

fn ids(page: &Value) -> Vec<&str> {
    let invoices = page["invoices"].as_array().unwrap().iter();
    invoices.map(|invoice| invoice["invoice_id"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn what_is_due_first_stands_first_until_it_is_paid() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let later = issued_on(&world, &tenant, "20.00", "2025-03-01").await;
    let sooner = issued_on(&world, &tenant, "10.00", "2025-02-01").await;
    let fresh = world.issued(&tenant, "30.00").await;
    let draft = world.draft(&tenant, "40.00").await;
    let overdue = waiting(&world, &tenant, "").await;
    assert_eq!(ids(&overdue), [&sooner, &later]);
    assert_eq!(overdue["invoices"][0]["due_date"], "2025-03-03");
    assert_eq!(overdue["invoices"][0]["balance_due"], "10.00");
    assert!(overdue["invoices"][0]["days_overdue"].as_i64().unwrap() > 300);
    let unpaid = waiting(&world, &tenant, "?status=UNPAID").await;
    assert_eq!(ids(&unpaid), [&sooner, &later, &fresh]);
    assert_eq!(unpaid["invoices"][2]["days_overdue"], 0);
    let before = world.ledger.head(tenant.org).await.unwrap().unwrap();
    world.paid(&tenant, &sooner, "10.00").await;
    assert_eq!(ids(&waiting(&world, &tenant, "").await), [&later]);
    let all = waiting(&world, &tenant, "?status=all").await;
    let (draft, all) = (draft.as_str(), ids(&all));
    assert!(all.contains(&sooner.as_str()) && all.last() == Some(&draft), "{all:?}");
    let past = world.get(&tenant, &format!("{INVOICES}?as_of_position={before}"));
    assert_eq!(ids(&past.send().await.ok(200)), [&sooner, &later], "as it was");
}

#[actix_web::test]
async fn a_queue_comes_in_pages_and_as_lines() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let mut all = Vec::new();
    for day in ["2025-01-10", "2025-01-10", "2025-02-10"] {
        all.push(issued_on(&world, &tenant, "5.00", day).await);
    }
    let (mut seen, mut next) = (Vec::new(), String::new());
    for _ in &all {
        let page = waiting(&world, &tenant, &format!("?limit=1{next}")).await;
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        next = page["next_cursor"].as_str().map(|it| format!("&cursor={it}")).unwrap_or_default();
    }
    assert_eq!((seen, next.as_str()), (all, ""));
    let lines = world.get(&tenant, INVOICES).header("accept", "application/x-ndjson");
    assert_eq!(lines.send().await.text.lines().count(), 3);
}

#[actix_web::test]
async fn a_queue_that_does_not_exist_and_a_role_that_may_not_look_are_refused() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    issued_on(&world, &theirs, "5.00", "2025-01-10").await;
    assert_eq!(ids(&waiting(&world, &mine, "").await), [""; 0]);
    let wrong = format!("{INVOICES}?status=late");
    world.get(&mine, &wrong).send().await.problem(400, "invalid_query");
    let wrong = format!("{DLQ}?kind=photos");
    let ask = world.as_role(&mine, Role::Admin, "GET", &wrong);
    ask.send().await.problem(400, "invalid_query");
    let dispatcher = world.as_role(&mine, Role::Dispatcher, "GET", INVOICES);
    dispatcher.send().await.problem(403, "forbidden");
    world.get(&mine, DLQ).send().await.problem(403, "forbidden");
}

async fn dead_message(world: &World, tenant: &Tenant) -> Uuid {
    let message = NewMessage {
        dedupe_key: "a-message-of-a-test".to_owned(),
        lane: "email".to_owned(),
        message: Message::AccountingExport { export_id: Uuid::from_u128(1) },
        occurred_at: datetime!(2026-11-02 00:00 UTC),
    };
    assert!(enqueue(&world.ledger, tenant.org, &message).await.unwrap());
    let lease = Duration::from_secs(60);
    let held = take(&world.ledger, tenant.org, &["webhook"], "one", lease, 10).await.unwrap();
    let fate = Fate::Dead("http:500".to_owned());
    assert!(held[0].settle(&world.ledger, &fate).await.unwrap());
    held[0].id
}

#[actix_web::test]
async fn dead_letters_of_every_queue_are_one_list_for_administrators() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let (_, export) = dead_export(&world, &tenant).await;
    let ask = |path: String| world.as_role(&tenant, Role::Admin, "GET", &path);
    let listed = ask(DLQ.to_owned()).send().await.ok(200);
    assert_eq!(listed["messages"][0]["id"], export.to_string());
    assert_eq!(listed["messages"][0]["queue"], "export");
    assert_eq!(listed["messages"][0]["last_error"], "http:401");
    let none = ask(format!("{DLQ}?kind=outbox")).send().await.ok(200);
    assert_eq!(none["messages"], json!([]));
    let another = dead_message(&world, &tenant).await;
    let first = ask(format!("{DLQ}?kind=all&limit=1")).send().await.ok(200);
    assert_eq!(first["messages"][0]["id"], another.to_string(), "the latest first");
    let next = first["next_cursor"].as_str().unwrap();
    let second = ask(format!("{DLQ}?kind=all&limit=1&cursor={next}")).send().await.ok(200);
    assert_eq!(second["messages"][0]["id"], export.to_string());
    assert!(second["next_cursor"].is_null());
    let foreign = world.as_role(&other, Role::Admin, "GET", DLQ).send().await.ok(200);
    assert_eq!(foreign["messages"], json!([]));
    ask(format!("{DLQ}?as_of_position=1")).send().await.problem(422, "not_as_of");
}
