//! What stands and what happened, at a glance: cash day by day, counts, and who asks.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World};

async fn get(world: &World, tenant: &Tenant, path: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let ask = world.as_role(tenant, Role::Auditor, "GET", path);
    ask.header("daybook-min-position", head).send().await.ok(200)
}

/// 113.00 is owed; 50.00 and 63.00 come on two days, and the second goes back.
async fn paid(world: &World, tenant: &Tenant) -> String {
    let id = world.issued(tenant, "113.00").await;
    let path = format!("/v1/billing/invoices/{id}/payments");
    let pay = async |amount: &str, on: &str| {
        let body = json!({"amount": amount, "method": "check", "received_on": on});
        world.post(tenant, &path, body).send().await.ok(201)
    };
    pay("50.00", "2025-02-03").await;
    let second = pay("63.00", "2025-02-04").await;
    let payment = second["payment_id"].as_str().unwrap();
    let path = format!("{path}/{payment}/reverse");
    let back = json!({"reason_code": "returned_by_bank"});
    world.post(tenant, &path, back).send().await.ok(200);
    id
}

#[actix_web::test]
async fn cash_is_told_day_by_day_with_what_went_out_again() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    paid(&world, &tenant).await;
    let cash = get(&world, &tenant, "/v1/admin/reports/cash").await;
    let of = &cash["currencies"][0];
    assert_eq!((&of["received_cents"], &of["paid_out_cents"]), (&json!(11_300), &json!(6_300)));
    assert_eq!((&of["net"], &of["currency"]), (&json!("50.00"), &json!("USD")));
    let first = &of["days"][0];
    assert_eq!((&first["date"], &first["received"]), (&json!("2025-02-03"), &json!("50.00")));
    let one = "/v1/admin/reports/cash?from=2025-02-04&to=2025-02-04";
    let one = get(&world, &tenant, one).await;
    assert_eq!(one["currencies"][0]["received"], "63.00");
    let before = "/v1/admin/reports/cash?to=2025-02-02";
    assert_eq!(get(&world, &tenant, before).await["currencies"], json!([]));
    let path = "/v1/admin/reports/cash";
    world.as_role(&tenant, Role::Viewer, "GET", path).send().await.problem(403, "forbidden");
    let wrong = "/v1/admin/reports/cash?from=2025-02-01&to=2025-01-01";
    world.get(&tenant, wrong).send().await.problem(400, "invalid_query");
}

#[actix_web::test]
async fn activity_counts_invoices_where_they_stand_and_every_event_once() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    paid(&world, &tenant).await;
    world.draft(&tenant, "5.00").await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    for (by, stretches) in [("minute", 60), ("hour", 24), ("day", 30)] {
        let found = get(&world, &tenant, &format!("/v1/admin/activity?by={by}")).await;
        assert_eq!(found["by"], by);
        let events = found["events"].as_array().unwrap();
        assert_eq!(events.len(), stretches);
        let counted: i64 = events.iter().map(|of| of["count"].as_i64().unwrap()).sum();
        assert_eq!(counted, head, "all of it was recorded just now");
    }
    let found = get(&world, &tenant, "/v1/admin/activity").await;
    let states = found["invoices"].as_array().unwrap();
    let of = |status: &str| {
        let found = states.iter().find(|state| state["status"] == status);
        found.map_or(0, |state| state["count"].as_i64().unwrap())
    };
    // A payment that went back leaves the status as it is until somebody reconciles.
    assert_eq!((of("draft"), of("partial"), of("paid")), (1, 0, 1));
    let begun = "/v1/admin/activity?as_of_position=0";
    assert_eq!(world.get(&tenant, begun).send().await.ok(200)["invoices"], json!([]));
    let path = "/v1/admin/activity";
    world.as_role(&tenant, Role::Dispatcher, "GET", path).send().await.problem(403, "forbidden");
    world.get(&tenant, "/v1/admin/activity?by=year").send().await.problem(400, "invalid_query");
}

#[actix_web::test]
async fn an_invoice_is_found_by_its_number() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (one, other) = (world.issued(&tenant, "1.00").await, world.issued(&tenant, "2.00").await);
    let number = world.invoice(&tenant, &one).await["number"].as_str().unwrap().to_owned();
    let path = format!("/v1/billing/offices/{}/invoices?number={number}", tenant.org);
    let found = get(&world, &tenant, &path).await;
    let found = found["invoices"].as_array().unwrap();
    assert_eq!((found.len(), &found[0]["invoice_id"]), (1, &json!(one)));
    assert_ne!(found[0]["invoice_id"], json!(other));
    // The numbers of others are nobody's here.
    let stranger = world.tenant().await;
    let path = format!("/v1/billing/offices/{}/invoices?number={number}", stranger.org);
    let none = world.get(&stranger, &path).send().await.ok(200);
    assert_eq!(none["invoices"], json!([]));
}

#[actix_web::test]
async fn a_key_learns_whose_it_is_and_what_it_may_see() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for (role, word, sees) in [
        (Role::Owner, "owner", true),
        (Role::Dispatcher, "dispatcher", true),
        (Role::Viewer, "viewer", false),
        (Role::Auditor, "auditor", false),
        (Role::Integration, "integration", false),
    ] {
        let me = world.as_role(&tenant, role, "GET", "/v1/whoami").send().await.ok(200);
        assert_eq!((&me["role"], &me["sees_people"]), (&json!(word), &json!(sees)));
        assert_eq!(me["org_id"], json!(tenant.org.to_string()));
    }
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap_or(0);
    let me = world.as_role(&tenant, Role::Owner, "GET", "/v1/whoami").send().await.ok(200);
    assert_eq!(me["position"], head);
}
