//! Double entry, taxes, timelines.

use serde_json::{Value, json};

use crate::support::{World, unknown};

#[actix_web::test]
async fn every_movement_is_entered_and_the_trial_balance_is_zero_at_every_position() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let rate = json!({"jurisdiction": "CA-ON", "rate": "0.13", "valid_from": "2020-01-01"});
    world.post(&tenant, "/v1/billing/account/tax-rates", rate).send().await.ok(200);
    let id = world.issued(&tenant, "100.00").await;
    world.paid(&tenant, &id, "113.00").await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let min = head.to_string();
    let entries = world.get(&tenant, "/v1/admin/journal/entries");
    let entries = entries.header("daybook-min-position", &min).send().await.ok(200);
    let entries = entries["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0]["type"], "billing.invoice.issued");
    let line = &entries[0]["lines"][0];
    assert_eq!((&line["account"], &line["debit"]), (&json!("1100"), &json!("113.00")));
    for position in 0..=head {
        let path = format!("/v1/admin/journal/trial-balance?at_position={position}");
        let balance = world.get(&tenant, &path).send().await.ok(200);
        assert_eq!(balance["position"], position);
        for balance in balance["balances"].as_array().unwrap() {
            assert_eq!(
                (&balance["difference"], &balance["balanced"]),
                (&json!("0.00"), &json!(true))
            );
        }
    }
    let now = world.get(&tenant, "/v1/admin/journal/trial-balance").send().await.ok(200);
    assert_eq!(now["balances"][0]["total_debit"], "226.00");
    let beyond = format!("/v1/admin/journal/trial-balance?at_position={}", head + 1);
    world.get(&tenant, &beyond).send().await.problem(400, "position_beyond_log");
    let one = world.get(&tenant, "/v1/admin/journal/entries?account=2100").send().await.ok(200);
    assert_eq!(one["entries"][0]["lines"][0]["credit"], "13.00");
    let wrong = world.get(&tenant, "/v1/admin/journal/entries?account=9999").send().await;
    wrong.problem(400, "invalid_query");
}

#[actix_web::test]
async fn an_entry_is_never_torn_apart_by_a_page() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for _ in 0..4 {
        world.issued(&tenant, "1.00").await;
    }
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let mut path = "/v1/admin/journal/entries?limit=3".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = world.get(&tenant, &path).header("daybook-min-position", &head).send().await;
        let page = page.ok(200);
        for entry in page["entries"].as_array().unwrap() {
            assert_eq!(entry["lines"].as_array().unwrap().len(), 2);
            seen.push(entry["position"].as_i64().unwrap());
        }
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/admin/journal/entries?limit=3&cursor={cursor}");
    }
    assert_eq!(seen.len(), 4);
    assert!(seen.is_sorted());
}

#[actix_web::test]
async fn taxes_stay_as_they_were_at_issue() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let rate =
        |rate: &str, from: &str| json!({"jurisdiction": "CA-ON", "rate": rate, "valid_from": from});
    let path = "/v1/billing/account/tax-rates";
    world.post(&tenant, path, rate("0.13", "2020-01-01")).send().await.ok(200);
    let id = world.issued(&tenant, "100.00").await;
    world.post(&tenant, path, rate("0.05", "2021-01-01")).send().await.ok(200);
    let list = world.get(&tenant, "/v1/admin/finance/tax-snapshots").send().await.ok(200);
    let snapshot = &list["tax_snapshots"][0];
    assert_eq!(snapshot["invoice_id"], id);
    assert_eq!(snapshot["tax_cents"], 1_300);
    assert_eq!(snapshot["taxable_subtotal_cents"], 10_000);
    assert_eq!(snapshot["tax_rate_basis"], json!(0.13));
    let none = world.get(&tenant, "/v1/admin/finance/tax-snapshots?to=2001-01-01").send().await;
    assert_eq!(none.ok(200)["tax_snapshots"], json!([]));
}

#[actix_web::test]
async fn everything_has_a_timeline() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "10.00").await;
    let payment = world.paid(&tenant, &id, "10.00").await;
    let name = json!({"name": "Grace Hopper"});
    world.post(&tenant, "/v1/billing/patients/p-9/activate", name).send().await.ok(200);
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let types = |timeline: &Value| -> Vec<String> {
        let entries = timeline["entries"].as_array().unwrap();
        entries.iter().map(|entry| entry["type"].as_str().unwrap().to_owned()).collect()
    };
    for (subject, id, first) in [
        ("invoice", id.as_str(), "billing.invoice.opened"),
        ("payment", &payment, "billing.invoice.payment_succeeded"),
        ("patient", "p-9", "billing.patient_activation.activated"),
        ("subscription", &tenant.org.to_string(), "billing.subscription.opened"),
    ] {
        let path = format!("/v1/admin/timeline/{subject}/{id}");
        let answer = world.get(&tenant, &path).header("daybook-min-position", &head).send().await;
        assert!(!answer.text.contains("Grace"));
        let timeline = answer.ok(200);
        assert_eq!((&timeline["subject"], &timeline["id"]), (&json!(subject), &json!(id)));
        assert_eq!(types(&timeline)[0], first);
        let unknown = format!("/v1/admin/timeline/{subject}/{}", unknown());
        world.get(&tenant, &unknown).send().await.problem(404, "not_found");
    }
    let path = format!("/v1/admin/timeline/invoice/{id}?limit=1");
    let last = world.get(&tenant, &path).send().await.ok(200);
    assert_eq!(types(&last), ["billing.invoice.payment_succeeded"]);
}
