//! What was written about a thing stands in its timeline, beside what happened to it.

use std::time::Duration;

use ledger::{
    policies::payment_failed,
    store::{
        outbox::{Fate, enqueue, take},
        tenants::Role,
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Tenant, World};

async fn timeline(world: &World, tenant: &Tenant, role: Role, rest: &str) -> Vec<Value> {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let path = format!("/v1/admin/timeline/invoice/{rest}");
    let ask = world.as_role(tenant, role, "GET", &path).header("daybook-min-position", head);
    ask.send().await.ok(200)["entries"].as_array().unwrap().clone()
}

async fn settle(world: &World, tenant: &Tenant, fate: Fate) {
    let lease = Duration::from_secs(60);
    let held = take(&world.ledger, tenant.org, &["email"], "one", lease, 1).await.unwrap();
    assert!(held[0].settle(&world.ledger, &fate).await.unwrap());
}

/// An invoice with one event, and a message about it.
async fn told(world: &World, tenant: &Tenant) -> String {
    let charge = json!({"amount": "80.00"});
    let made = world.post(tenant, "/v1/billing/charges/one-off", charge).send().await.ok(201);
    let invoice = made["invoice_id"].as_str().unwrap().to_owned();
    let now = world.ledger.clock().now();
    let message = payment_failed(invoice.parse().unwrap(), now);
    assert!(enqueue(&world.ledger, tenant.org, &message).await.unwrap());
    let other = payment_failed(Uuid::from_u128(5), now);
    enqueue(&world.ledger, tenant.org, &other).await.unwrap();
    settle_other(world, tenant).await;
    invoice
}

/// The second message is about something else; it leaves at once or waits for long.
async fn settle_other(world: &World, tenant: &Tenant) {
    let lease = Duration::from_secs(60);
    let held = take(&world.ledger, tenant.org, &["email"], "one", lease, 9).await.unwrap();
    for one in held {
        let is_other = one.id == other_id(tenant);
        let fate = if is_other { Fate::Sent } else { Fate::Later("x".to_owned(), Duration::ZERO) };
        assert!(one.settle(&world.ledger, &fate).await.unwrap());
    }
}

fn other_id(tenant: &Tenant) -> Uuid {
    let key = format!("outbox:invoice:{}:dunning:payment_failed", Uuid::from_u128(5));
    Uuid::new_v5(&tenant.org.0, key.as_bytes())
}

fn types(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["type"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn an_invoices_timeline_tells_what_became_of_each_message_and_to_nobody_what_it_says() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = told(&world, &tenant).await;
    let waiting = timeline(&world, &tenant, Role::Viewer, &invoice).await;
    let events = waiting.iter().filter(|entry| !entry["position"].is_null()).count();
    assert_eq!(waiting.len(), events + 1, "the other message is another's");
    let queued = waiting.last().unwrap();
    assert_eq!(
        (&queued["type"], &queued["position"]),
        (&json!("outbox.email.queued"), &json!(null))
    );
    assert_eq!((&queued["attempts"], &queued["error"]), (&json!(1), &json!("x")));
    assert_eq!(queued["template"], "invoice_payment_failed");

    settle(&world, &tenant, Fate::Dead("smtp:550".to_owned())).await;
    let dead = timeline(&world, &tenant, Role::Finance, &invoice).await;
    assert_eq!(types(&dead)[events..], ["outbox.email.queued", "outbox.email.dead"]);
    let last = dead.last().unwrap();
    assert_eq!((&last["attempts"], &last["error"]), (&json!(2), &json!("smtp:550")));
    assert!(dead[events].get("error").is_none(), "that is told at the end");

    let id = last["related_id"].as_str().unwrap();
    let replay = format!("/v1/admin/outbox/{id}/replay");
    world.as_role(&tenant, Role::Admin, "POST", &replay).send().await.ok(202);
    let again = timeline(&world, &tenant, Role::Viewer, &invoice).await;
    assert_eq!(types(&again)[events..], ["outbox.email.queued"]);
    assert_eq!(again[events]["replays"], 1);
    settle(&world, &tenant, Fate::Sent).await;
    let sent = timeline(&world, &tenant, Role::Viewer, &invoice).await;
    assert_eq!(types(&sent)[events..], ["outbox.email.queued", "outbox.email.sent"]);
    let text = serde_json::to_string(&sent).unwrap();
    assert!(!text.contains('@') && !text.contains("body"), "{text}");
}

#[actix_web::test]
async fn a_message_stands_on_one_page_of_a_timeline_only() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = told(&world, &tenant).await;
    let issue = format!("/v1/billing/invoices/{invoice}/issue");
    world.post(&tenant, &issue, json!({})).send().await.ok(200);
    let whole = timeline(&world, &tenant, Role::Viewer, &invoice).await;
    let (mut pages, mut before) = (Vec::new(), String::new());
    loop {
        let page =
            timeline(&world, &tenant, Role::Viewer, &format!("{invoice}?limit=1{before}")).await;
        let Some(first) = page.iter().find_map(|entry| entry["position"].as_i64()) else { break };
        before = format!("&before={first}");
        pages.splice(0..0, page);
    }
    assert_eq!(pages, whole);
    assert_eq!(types(&whole).iter().filter(|word| word.starts_with("outbox.")).count(), 1);
}
