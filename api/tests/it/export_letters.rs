//! Exports that could not be handed over.

use std::time::Duration;

use ledger::{
    correspondence::Message,
    store::{
        outbox::{Fate, NewMessage, enqueue, take},
        tenants::Role,
    },
};
use projections::exports::{ExportMode, ExportStatus, NewExport, keep};
use time::macros::{date, datetime};
use uuid::Uuid;

use crate::support::{Tenant, World};

const LIST: &str = "/v1/admin/export-dead-letter";

/// A kept export whose message is a dead letter.
pub(crate) async fn dead_export(world: &World, tenant: &Tenant) -> (Uuid, Uuid) {
    let export_id = Uuid::from_u128(0xde_ad);
    let export = NewExport {
        export_id,
        mode: ExportMode::AccountingCsv,
        status: ExportStatus::AwaitingDelivery,
        starts_on: date!(2026 - 10 - 01),
        ends_on: date!(2026 - 11 - 01),
        position: 1,
        rows: 0,
        sha256: [1; 32],
        file_name: "accounting-2026-10.csv".to_owned(),
        artifact: b"invoice_number\r\n".to_vec(),
        created_at: datetime!(2026-11-01 00:00 UTC),
    };
    assert!(keep(&world.ledger, tenant.org, &export).await.unwrap());
    let message = NewMessage {
        dedupe_key: format!("export:{export_id}"),
        lane: "exports".to_owned(),
        message: Message::AccountingExport { export_id },
        occurred_at: export.created_at,
    };
    assert!(enqueue(&world.ledger, tenant.org, &message).await.unwrap());
    let lease = Duration::from_secs(60);
    let none = take(&world.ledger, tenant.org, &["email"], "one", lease, 10).await.unwrap();
    assert!(none.is_empty(), "another way");
    let held = take(&world.ledger, tenant.org, &["webhook"], "one", lease, 10).await.unwrap();
    let fate = Fate::Dead("http:401".to_owned());
    assert!(held[0].settle(&world.ledger, &fate).await.unwrap());
    (export_id, held[0].id)
}

async fn status(world: &World, tenant: &Tenant) -> String {
    let listed = world.get(tenant, "/v1/admin/exports").send().await.ok(200);
    listed["exports"][0]["status"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_dead_export_says_so_everywhere_and_goes_out_again_when_it_is_replayed() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (export_id, id) = dead_export(&world, &tenant).await;
    let listed = world.as_role(&tenant, Role::Admin, "GET", LIST).send().await.ok(200);
    assert_eq!(listed["messages"][0]["related_id"], export_id.to_string());
    assert_eq!(listed["messages"][0]["last_error"], "http:401");
    let letters = world
        .as_role(&tenant, Role::Admin, "GET", "/v1/admin/outbox/dead-letter")
        .send()
        .await
        .ok(200);
    assert_eq!(letters["messages"].as_array().unwrap().len(), 0);
    assert_eq!(status(&world, &tenant).await, "dead");
    let other = format!("/v1/admin/outbox/{id}/replay");
    let wrong = world.as_role(&tenant, Role::Admin, "POST", &other).send().await;
    assert_eq!(wrong.status.as_u16(), 404);
    let path = format!("{LIST}/{id}/replay");
    world.as_role(&tenant, Role::Admin, "POST", &path).send().await.ok(202);
    assert_eq!(status(&world, &tenant).await, "awaiting_delivery");
    let again = world.as_role(&tenant, Role::Admin, "POST", &path).send().await;
    assert_eq!(again.status.as_u16(), 404, "only a dead one");
    let lease = Duration::from_secs(60);
    let held = take(&world.ledger, tenant.org, &["webhook"], "two", lease, 1).await.unwrap();
    assert!(held[0].settle(&world.ledger, &Fate::Sent).await.unwrap());
    assert_eq!(status(&world, &tenant).await, "delivered");
}

#[actix_web::test]
async fn a_dead_export_is_its_own_orgs_administrators_affair() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let (_, id) = dead_export(&world, &tenant).await;
    let foreign = world.as_role(&other, Role::Admin, "GET", LIST).send().await.ok(200);
    assert_eq!(foreign["messages"].as_array().unwrap().len(), 0);
    let path = format!("{LIST}/{id}/replay");
    let theirs = world.as_role(&other, Role::Admin, "POST", &path).send().await;
    assert_eq!(theirs.status.as_u16(), 404);
    let finance = world.as_role(&tenant, Role::Finance, "POST", &path).send().await;
    assert_eq!(finance.status.as_u16(), 403);
    assert_eq!(status(&world, &tenant).await, "dead");
}
