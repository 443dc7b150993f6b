//! Invoices as papers.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::support::{Tenant, World, unknown};

/// The answer's head, and the file.
async fn paper(world: &World, tenant: &Tenant, role: Role, id: &str) -> (Vec<String>, Vec<u8>) {
    let path = format!("/v1/billing/invoices/{id}/document");
    let answer = world.as_role(tenant, role, "GET", &path).stream().await;
    assert_eq!(answer.status().as_u16(), 200);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    let head = ["content-type", "content-disposition", "etag"].map(header).to_vec();
    (head, answer.bytes().await.unwrap().to_vec())
}

#[actix_web::test]
async fn an_invoice_is_a_pdf_and_stays_the_same_bytes_until_something_happens_to_it() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "80.00").await;
    let number = world.invoice(&tenant, &id).await["number"].as_str().unwrap().to_owned();
    let (head, pdf) = paper(&world, &tenant, Role::Finance, &id).await;
    assert_eq!(head[0], "application/pdf");
    assert_eq!(head[1], format!("inline; filename=\"{number}.pdf\""));
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert!(String::from_utf8_lossy(&pdf).contains(&format!("Invoice {number}")));
    assert_eq!(paper(&world, &tenant, Role::Finance, &id).await, (head.clone(), pdf.clone()));
    world.paid(&tenant, &id, "30.00").await;
    let (later, paid) = paper(&world, &tenant, Role::Finance, &id).await;
    assert!(paid != pdf && later[2] != head[2]);
}

#[actix_web::test]
async fn who_may_not_see_people_gets_the_usual_words_and_a_draft_says_that_it_is_one() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"amount": "25.00", "description": "Training for Ms Nakamura"});
    let charged = world.post(&tenant, "/v1/billing/charges/one-off", body).send().await.ok(201);
    let id = charged["invoice_id"].as_str().unwrap();
    let (head, opened) = paper(&world, &tenant, Role::Finance, id).await;
    assert_eq!(head[1], format!("inline; filename=\"draft-{id}.pdf\""));
    assert!(String::from_utf8_lossy(&opened).contains("Draft invoice"));
    let (masked_head, masked) = paper(&world, &tenant, Role::Viewer, id).await;
    assert!(masked != opened && masked_head[2] != head[2]);
}

#[actix_web::test]
async fn an_invoice_of_another_org_is_no_invoice() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let id = world.issued(&tenant, "80.00").await;
    let path = |id: &str| format!("/v1/billing/invoices/{id}/document");
    world.get(&other, &path(&id)).send().await.problem(404, "invoice.unknown");
    let missing = unknown().to_string();
    world.get(&tenant, &path(&missing)).send().await.problem(404, "invoice.unknown");
    world.ask("GET", &path(&id)).send().await.problem(401, "unauthorized");
}
