//! Who is billed for.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::World;

#[actix_web::test]
async fn activating_a_patient_puts_two_dollars_on_the_open_monthly_invoice_once() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let path = "/api/v1/billing/patients/p-1/activate";
    // As the guide has it: no header, no body.
    let first = world.as_role(&tenant, Role::Dispatcher, "POST", path).send().await;
    assert_eq!(first.header("daybook-settled"), "true");
    let first = first.ok(200);
    assert_eq!(first["patient_id"], "p-1");
    assert_eq!(first["is_active_for_billing"], true);
    assert_eq!(first["charge"]["amount"], "2.00");
    let invoice = first["charge"]["invoice_id"].as_str().unwrap();
    let second = world.as_role(&tenant, Role::Dispatcher, "POST", path).send().await.ok(200);
    assert_eq!(second["charge"], Value::Null);

    let view = world.invoice(&tenant, invoice).await;
    assert_eq!((&view["status"], &view["total_amount"]), (&json!("draft"), &json!("2.00")));
    assert_eq!(view["invoice_type"], "monthly");
    let lines = format!("/v1/billing/invoices/{invoice}/line-items");
    let lines = world.get(&tenant, &lines).send().await.ok(200);
    let lines = lines["line_items"].as_array().unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["item_type"], "patient_activation");
    assert_eq!(lines[0]["anonymous_patient_ref"], first["anonymous_patient_ref"]);
    assert_eq!(lines[0]["description"], "Patient activation");
}

#[actix_web::test]
async fn a_patient_leaves_and_comes_back() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let post =
        |verb: &str| world.post(&tenant, &format!("/v1/billing/patients/7/{verb}"), json!({}));
    post("deactivate").send().await.problem(404, "patient_activation.unknown");
    post("activate").send().await.ok(200);
    let left = post("deactivate").send().await.ok(200);
    assert_eq!(left["is_active_for_billing"], false);
    assert!(left["deactivated_at"].is_string());
    let back = post("activate").send().await.ok(200);
    assert_eq!(back["is_active_for_billing"], true);
    assert_eq!(back["charge"], Value::Null, "once per cycle");
    let shown = world.get(&tenant, "/v1/billing/patients/7").send().await.ok(200);
    assert_eq!(shown["patient_id"], "7");
    assert!(shown["last_billed_cycle"].is_string());
}

#[actix_web::test]
async fn ids_and_names_are_opened_for_those_who_may_see_people_and_noted() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let body = json!({"name": "Ada Lovelace"});
    let made = world.post(&tenant, "/v1/billing/patients/mrn%20815/activate", body).send().await;
    assert_eq!(made.ok(200)["patient_id"], "mrn 815");
    for role in Role::ALL {
        let sees = matches!(role, Role::Owner | Role::Admin | Role::Finance | Role::Dispatcher);
        let list = world.as_role(&tenant, role, "GET", "/v1/billing/patients").send().await;
        assert_eq!(list.text.contains("Ada"), sees, "{role}");
        assert_eq!(list.text.contains("mrn 815"), sees, "{role}");
        let one = world.as_role(&tenant, role, "GET", "/v1/billing/patients/mrn%20815");
        let one = one.send().await.ok(200);
        assert_eq!(one["name"].is_string(), sees, "{role}");
        assert_eq!(one["patient_id"], "mrn 815", "whoever asks knows the id");
    }
    let mut client = world.ledger.app_pool().get().await.unwrap();
    let noted = ledger::store::tenant_snapshot(&mut client, tenant.org).await.unwrap();
    let rows = noted.query("select route from access_log", &[]).await.unwrap();
    assert!(rows.iter().any(|row| row.get::<_, &str>(0) == "/v1/billing/patients"));
    assert!(rows.iter().any(|row| row.get::<_, &str>(0) == "/v1/billing/patients/{patient_id}"));
}

#[actix_web::test]
async fn patients_are_listed_in_pages_by_state() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for number in 0..5 {
        let path = format!("/v1/billing/patients/{number}/activate");
        world.post(&tenant, &path, json!({})).send().await.ok(200);
    }
    world.post(&tenant, "/v1/billing/patients/0/deactivate", json!({})).send().await.ok(200);
    let mut path = "/v1/billing/patients?status=ACTIVE&limit=3".to_owned();
    let mut found = Vec::new();
    loop {
        let answer = world.get(&tenant, &path).send().await;
        let link = answer.header("link").to_owned();
        let page = answer.ok(200);
        found.extend(page["patients"].as_array().unwrap().clone());
        let Some(next) = page["next_cursor"].as_str() else { break };
        assert!(link.contains(next) && link.ends_with("rel=\"next\""), "{link}");
        path = link[1..link.find('>').unwrap()].to_owned();
    }
    assert_eq!(found.len(), 4);
    let inactive = world.get(&tenant, "/v1/billing/patients?status=inactive").send().await.ok(200);
    assert_eq!(inactive["patients"].as_array().unwrap().len(), 1);
    let wrong = world.get(&tenant, "/v1/billing/patients?status=gone").send().await;
    wrong.problem(400, "invalid_query");
}

#[actix_web::test]
async fn a_month_is_generated_once_for_everybody_active() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for number in 0..3 {
        let path = format!("/v1/billing/patients/{number}/activate");
        let body = json!({"activated_at": "2025-02-10T12:00:00Z"});
        world.post(&tenant, &path, body).send().await.ok(200);
    }
    let generate = |body| world.post(&tenant, "/v1/billing/invoices/generate-monthly", body);
    let march = json!({"cycle": "2025-03"});
    let first = generate(march.clone()).send().await.ok(200);
    assert_eq!((&first["patients_seen"], &first["patients_billed"]), (&json!(3), &json!(3)));
    assert_eq!(first["invoice"]["total_amount"], "6.00");
    assert_eq!(first["billing_period_end"], "2025-03-31");
    let second = generate(march).send().await.ok(200);
    assert_eq!(second["patients_billed"], 0);
    assert_eq!(second["invoice"]["total_amount"], "6.00");
    let april = generate(json!({"cycle": "2025-04", "issue_previous": true})).send().await;
    assert_eq!(april.ok(200)["issued_invoice_id"], first["invoice_id"]);
    generate(json!({"cycle": "2025-03"})).send().await.problem(422, "subscription.cycle_past");
    generate(json!({"cycle": "2999-01"})).send().await.problem(422, "subscription.cycle_not_begun");
    generate(json!({"cycle": "1-1"})).send().await.problem(422, "invalid_body");
    // Now, when nobody says which.
    generate(json!({})).send().await.ok(200);
}
