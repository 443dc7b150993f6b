//! API keys: made, rotated, revoked, bounded.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Tenant, World};

async fn status_with(world: &World, key: &str) -> Answer {
    let ask = world.ask("GET", "/v1/billing/invoices/00000000-0000-0000-0000-000000000000");
    ask.header("authorization", format!("Bearer {key}")).send().await
}

async fn made(world: &World, tenant: &Tenant, by: Role, body: Value) -> Value {
    world.as_role(tenant, by, "POST", "/v1/admin/keys").json(body).send().await.ok(201)
}

#[actix_web::test]
async fn a_key_is_shown_once_works_and_ends_at_once_when_revoked() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"role": "Accountant", "label": "books"});
    let key = made(&world, &tenant, Role::Owner, body).await;
    assert_eq!(key["role"], "finance");
    let secret = key["secret"].as_str().unwrap();
    assert_eq!(status_with(&world, secret).await.status.as_u16(), 404);
    let list = world.as_role(&tenant, Role::Admin, "GET", "/v1/admin/keys").send().await;
    assert!(!list.text.contains(secret));
    let list = list.ok(200);
    let listed = list["keys"].as_array().unwrap();
    assert!(listed.iter().any(|listed| listed["key_id"] == key["key_id"]));
    assert!(listed.iter().all(|listed| listed.get("secret").is_none()));

    let path = format!("/v1/admin/keys/{}", key["key_id"].as_str().unwrap());
    let revoked = world.as_role(&tenant, Role::Admin, "DELETE", &path).send().await.ok(200);
    assert!(revoked["revoked_at"].is_string());
    status_with(&world, secret).await.problem(401, "unauthorized");
    let rotate = format!("{path}/rotate");
    let dead = world.as_role(&tenant, Role::Owner, "POST", &rotate).json(json!({})).send().await;
    dead.problem(404, "key_unknown");
}

#[actix_web::test]
async fn a_rotated_key_overlaps_with_its_successor() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let old = made(&world, &tenant, Role::Owner, json!({"role": "viewer", "label": "v"})).await;
    let path = format!("/v1/admin/keys/{}/rotate", old["key_id"].as_str().unwrap());
    let rotate = |seconds: u64| {
        let ask = world.as_role(&tenant, Role::Owner, "POST", &path);
        ask.json(json!({"overlap_seconds": seconds}))
    };
    let new = rotate(3600).send().await.ok(201);
    assert_eq!((&new["role"], &new["label"]), (&json!("viewer"), &json!("v")));
    for key in [&old, &new] {
        let secret = key["secret"].as_str().unwrap();
        assert_eq!(status_with(&world, secret).await.status.as_u16(), 404);
    }
    rotate(0).send().await.ok(201);
    status_with(&world, old["secret"].as_str().unwrap()).await.problem(401, "unauthorized");
    rotate(u64::MAX).send().await.problem(422, "invalid_body");
}

#[actix_web::test]
async fn an_expired_key_opens_nothing() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"role": "viewer", "label": "v", "expires_at": "2020-01-01T00:00:00Z"});
    let key = made(&world, &tenant, Role::Owner, body).await;
    status_with(&world, key["secret"].as_str().unwrap()).await.problem(401, "unauthorized");
}

#[actix_web::test]
async fn nobody_hands_out_or_ends_more_than_they_may_do() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let owner = json!({"role": "owner", "label": "another"});
    let ask = world.as_role(&tenant, Role::Admin, "POST", "/v1/admin/keys").json(owner.clone());
    ask.send().await.problem(403, "role_above_own");
    let key = made(&world, &tenant, Role::Owner, owner).await;
    let path = format!("/v1/admin/keys/{}", key["key_id"].as_str().unwrap());
    let ask = world.as_role(&tenant, Role::Admin, "DELETE", &path);
    ask.send().await.problem(403, "role_above_own");
    let ask = world.as_role(&tenant, Role::Admin, "POST", &format!("{path}/rotate"));
    ask.json(json!({})).send().await.problem(403, "role_above_own");
}

#[actix_web::test]
async fn a_key_that_asks_too_often_waits() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"role": "viewer", "label": "v", "rate_limit_per_minute": 2});
    let key = made(&world, &tenant, Role::Owner, body).await;
    let secret = key["secret"].as_str().unwrap();
    assert_eq!(status_with(&world, secret).await.status.as_u16(), 404);
    assert_eq!(status_with(&world, secret).await.status.as_u16(), 404);
    let refused = status_with(&world, secret).await;
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait));
    refused.problem(429, "rate_limited");
    status_with(&world, tenant.key(Role::Viewer)).await.problem(404, "invoice.unknown");
}

#[actix_web::test]
async fn a_foreign_key_id_is_unknown() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let key = made(&world, &theirs, Role::Owner, json!({"role": "viewer", "label": "v"})).await;
    let path = format!("/v1/admin/keys/{}", key["key_id"].as_str().unwrap());
    let ask = world.as_role(&mine, Role::Owner, "DELETE", &path);
    ask.send().await.problem(404, "key_unknown");
    status_with(&world, key["secret"].as_str().unwrap()).await.problem(404, "invoice.unknown");
}

#[actix_web::test]
async fn the_last_use_of_a_key_is_noted_in_time() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let list = world.as_role(&tenant, Role::Owner, "GET", "/v1/admin/keys").send().await;
        let list = list.ok(200);
        let owner = list["keys"].as_array().unwrap().iter().find(|key| key["role"] == "owner");
        if owner.unwrap()["last_used_at"].is_string() {
            break;
        }
        assert!(std::time::Instant::now() < deadline);
    }
}
