//! Events as they come, dead letters, and rebuilds.

use std::time::Duration;

use ledger::{
    correspondence::Message,
    store::{
        outbox::{Fate, NewMessage, enqueue, take},
        tenants::Role,
    },
};
use time::macros::datetime;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use crate::world::{Tenant, Visitor, World};

#[actix_web::test]
async fn events_are_listed_newest_first_page_by_page_and_filtered() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    for _ in 0..20 {
        world.issued(&tenant, "5.00").await;
    }
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    assert!(head > 50);
    let visitor = world.visitor(&tenant, Role::Auditor).await;
    let (mut path, mut seen) = ("/console/events".to_owned(), Vec::new());
    loop {
        let page = visitor.get(&path).await.page();
        for part in page.split("<td class=\"number\"><a href=\"/console/events/").skip(1) {
            seen.push(part.split('"').next().unwrap().parse::<i64>().unwrap());
        }
        let Some(next) =
            page.split("rel=\"next\"").next().filter(|_| page.contains("rel=\"next\""))
        else {
            break;
        };
        path = next.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    }
    assert_eq!(seen, (1..=head).rev().collect::<Vec<_>>());
    let issued = visitor.get("/console/events?type=billing.invoice.issued").await.page();
    assert_eq!(issued.matches("<td>invoice: issued").count(), 20);
    let past = visitor.get("/console/events?as_of_position=2").await.page();
    assert!(past.contains("/console/events/2\"") && !past.contains("/console/events/3\""));
    assert!(!past.contains("data-tail"), "what was does not grow");
}

/// Reads until a text comes.
async fn hear(live: &mut reqwest::Response, wanted: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut heard = String::new();
    while !heard.contains(wanted) {
        let chunk = timeout_at(deadline, live.chunk()).await.unwrap_or_else(|_| panic!("{heard}"));
        heard.push_str(&String::from_utf8_lossy(&chunk.unwrap().expect("the tail goes on")));
    }
    heard
}

#[actix_web::test]
async fn the_live_tail_goes_on_after_the_last_event_that_was_heard() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let visitor = world.visitor(&tenant, Role::Owner).await;
    let page = visitor.get("/console/events").await.page();
    let tail = format!("data-tail=\"/console/events/live?after={head}\"");
    assert!(page.contains(&tail) && page.contains("billing.invoice.issued"), "{page}");
    let path = format!("/console/events/live?after={head}");
    let mut live = visitor.open(&path, None).await;
    assert_eq!(live.headers()["content-type"], "text/event-stream");
    world.issued(&tenant, "5.00").await;
    let heard = hear(&mut live, "event: billing.invoice.issued\n").await;
    assert!(heard.contains(&format!("id: {}\n", head + 1)), "{heard}");
    drop(live);
    let mut resumed = visitor.open(&path, Some(head + 1)).await;
    let heard = hear(&mut resumed, &format!("id: {}\n", head + 2)).await;
    assert!(!heard.contains(&format!("id: {}\n", head + 1)), "{heard}");
    let closed = world.visitor(&tenant, Role::Viewer).await;
    assert_eq!(closed.get(&path).await.status, 403);
}

async fn dead_letter(world: &World, tenant: &Tenant) -> Uuid {
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
async fn a_dead_letter_is_sent_again_by_one_click() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let id = dead_letter(&world, &tenant).await;
    let visitor = world.visitor(&tenant, Role::Admin).await;
    let list = visitor.get("/console/dead-letters?queue=exports").await.page();
    let path = format!("/console/dead-letters/{id}/replay");
    assert!(list.contains(&format!("action=\"{path}\"")) && list.contains("http:500"), "{list}");
    let answer = visitor.post(&path, "queue=exports").await;
    assert_eq!((answer.status, answer.text.as_str()), (303, ""));
    let list = visitor.get(&answer.location).await.page();
    assert!(list.contains("Sent again") && list.contains("Nothing was given up."), "{list}");
    assert_eq!(visitor.post(&path, "queue=exports").await.status, 404, "only a dead one");
}

/// The page of a model once its rebuild stands still.
async fn settled(visitor: &Visitor<'_>, path: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let page = visitor.get(path).await.page();
        if !page.contains("data-watch") {
            return page;
        }
        assert!(Instant::now() < deadline, "{page}");
        tokio::task::yield_now().await;
    }
}

#[actix_web::test]
async fn a_model_is_rebuilt_compared_and_switched() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    world.issued(&tenant, "5.00").await;
    let visitor = world.visitor(&tenant, Role::Admin).await;
    let path = "/console/projections/invoices";
    let begun = visitor.post(&format!("{path}/rebuild"), "how=switch").await;
    assert_eq!(begun.status, 303, "{}", begun.text);
    assert!(begun.location.starts_with(path), "{}", begun.location);
    let done = settled(&visitor, path).await;
    assert!(done.contains(">done<") && done.contains("yes, it took over"), "{done}");
    let gone = visitor.post(&format!("{path}/abort"), "").await;
    assert_eq!(gone.status, 409, "{}", gone.text);
    let wrong = visitor.post(&format!("{path}/rebuild"), "how=burn").await;
    assert_eq!(wrong.status, 400, "{}", wrong.text);
    let finance = world.visitor(&tenant, Role::Finance).await;
    assert!(!finance.get(path).await.page().contains("/rebuild\""), "for administrators");
    assert_eq!(finance.post(&format!("{path}/rebuild"), "how=check").await.status, 403);
}
