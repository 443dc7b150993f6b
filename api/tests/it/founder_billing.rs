//! The sole-biller guide, as written, and what lies beside it.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Tenant, World, unknown};

const GENERATE: &str = "/api/founder-billing/statements/generate";

/// The guide's request, word for word.
fn guide() -> Value {
    json!({
        "patient_id": 123,
        "call_id": 456,
        "charges": [
            {"description": "BLS Transport", "date": "2024-01-15", "amount": 450.00},
            {"description": "Mileage", "date": "2024-01-15", "amount": 50.00}
        ],
        "insurance_paid": 0.0,
        "adjustments": 0.0
    })
}

async fn send(world: &World, tenant: &Tenant, method: &str, path: &str, body: Value) -> Answer {
    world.as_role(tenant, Role::Owner, method, path).json(body).send().await
}

/// A statement of the guide's.
pub(crate) async fn generated(world: &World, tenant: &Tenant) -> String {
    let made = send(world, tenant, "POST", GENERATE, guide()).await.ok(201);
    made["id"].as_str().unwrap().to_owned()
}

async fn get(world: &World, tenant: &Tenant, path: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let ask = world.as_role(tenant, Role::Owner, "GET", path);
    ask.header("daybook-min-position", head).send().await.ok(200)
}

/// The conservative set-up of the guide, word for word.
fn conservative() -> Value {
    json!({
        "enabled": true,
        "ai_autonomous_approval_threshold": 200.0,
        "auto_send_statements": false,
        "auto_escalate_overdue": false,
        "auto_offer_payment_plans": false,
        "email_failover_to_mail": true,
        "failover_delay_hours": 72
    })
}

/// The aggressive one.
fn aggressive() -> Value {
    json!({
        "enabled": true,
        "ai_autonomous_approval_threshold": 1000.0,
        "auto_send_statements": true,
        "auto_escalate_overdue": true,
        "auto_offer_payment_plans": true,
        "email_failover_to_mail": true,
        "failover_delay_hours": 48,
        "escalation_schedule_days": [30, 60, 90]
    })
}

const CONFIG: &str = "/api/founder-billing/config";

#[actix_web::test]
async fn both_set_ups_of_the_guide_are_taken_as_written_and_secrets_are_never_told() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let none = get(&world, &tenant, CONFIG).await;
    assert_eq!((&none["enabled"], &none["failover_delay_hours"]), (&json!(false), &json!(48)));
    assert_eq!(none["ai_autonomous_approval_threshold"], json!(500.0));
    let first = send(&world, &tenant, "PUT", CONFIG, conservative()).await.ok(200);
    assert_eq!((&first["enabled"], &first["failover_delay_hours"]), (&json!(true), &json!(72)));
    let second = send(&world, &tenant, "PUT", CONFIG, aggressive()).await.ok(200);
    assert_eq!(second["ai_autonomous_approval_threshold"], json!(1000.0));
    assert_eq!(second["escalation_schedule_days"], json!([30, 60, 90]));
    let secret = json!({"lob_api_key": "live_sesame", "founder_user_id": 7});
    let third = send(&world, &tenant, "PUT", CONFIG, secret).await;
    assert!(!third.text.contains("sesame"));
    let third = third.ok(200);
    assert_eq!(
        (&third["lob_api_key"], &third["founder_user_id"]),
        (&json!("<redacted>"), &json!("7"))
    );
    assert_eq!((&third["auto_send_statements"], &third["revision"]), (&json!(true), &json!(3)));
    let wrong = json!({"hard_boundaries": [], "other": 1});
    send(&world, &tenant, "PUT", CONFIG, wrong).await.problem(422, "invalid_body");
    let removed = send(&world, &tenant, "PUT", CONFIG, json!({"hard_boundaries": []})).await;
    removed.problem(403, "delegation.boundary_removed");
}

#[actix_web::test]
async fn the_guides_statement_is_finalized_by_the_agent_within_the_threshold() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    send(&world, &tenant, "PUT", CONFIG, json!({"enabled": true})).await.ok(200);
    let made = send(&world, &tenant, "POST", GENERATE, guide()).await.ok(201);
    assert_eq!((&made["patient_id"], &made["call_id"]), (&json!(123), &json!(456)));
    assert_eq!((&made["total_charges"], &made["balance_due"]), (&json!(500.0), &json!(500.0)));
    assert_eq!(
        (&made["lifecycle_state"], &made["ai_generated"]),
        (&json!("finalized"), &json!(true))
    );
    let number = made["statement_number"].as_str().unwrap();
    assert!(number.starts_with("STMT-") && number.ends_with("-00001"), "{number}");
    assert_eq!(made["itemized_charges"][1]["description"], "Mileage");
    assert_eq!(made["itemized_charges"][0]["amount"], json!(450.0));
    let logs = get(&world, &tenant, "/api/founder-billing/audit-logs").await;
    let logs = logs.as_array().unwrap();
    let by_type = |of: &str| logs.iter().find(|log| log["action_type"] == of).unwrap();
    let generated = by_type("statement_generated");
    let words = format!("AI generated statement #{number} for patient 123. Balance: $500.00");
    assert_eq!(generated["action_description"], words);
    assert_eq!(generated["executed_by"], "AI Agent under Founder billing authority");
    assert_eq!(generated["metadata"]["total_charges"], json!(500.0));
    assert_eq!(generated["metadata"]["patient_responsibility"], json!(500.0));
    let finalized = by_type("statement_finalized");
    assert_eq!(
        (&finalized["previous_state"], &finalized["new_state"]),
        (&json!("drafted"), &json!("finalized"))
    );
    let decisions = get(&world, &tenant, "/v1/founder-billing/decisions").await;
    assert_eq!(decisions[0]["decision_type"], "approval");
    assert_eq!(
        (&decisions[0]["confidence_score"], &decisions[0]["auto_executed"]),
        (&json!(1.0), &json!(true))
    );
}

#[actix_web::test]
async fn nothing_is_done_by_itself_while_it_is_not_enabled() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let made = send(&world, &tenant, "POST", GENERATE, guide()).await.ok(201);
    assert_eq!(
        (&made["lifecycle_state"], &made["ai_generated"]),
        (&json!("drafted"), &json!(false))
    );
    // A pause takes autonomy away, too.
    send(&world, &tenant, "PUT", CONFIG, aggressive()).await.ok(200);
    world.post(&tenant, "/v1/billing/pause", json!({"reason_code": "x"})).send().await.ok(200);
    let made = send(&world, &tenant, "POST", GENERATE, guide()).await.ok(201);
    assert_eq!(
        (&made["lifecycle_state"], &made["ai_generated"]),
        (&json!("drafted"), &json!(false))
    );
}

#[actix_web::test]
async fn above_the_threshold_it_waits_until_the_founder_sends_it() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    send(&world, &tenant, "PUT", CONFIG, conservative()).await.ok(200);
    let made = send(&world, &tenant, "POST", GENERATE, guide()).await.ok(201);
    assert_eq!(
        (&made["lifecycle_state"], &made["requires_founder_approval"]),
        (&json!("drafted"), &json!(true))
    );
    let id = made["id"].as_str().unwrap().to_owned();
    let path = format!("/api/founder-billing/statements/{id}/send");
    let refused = world.as_role(&tenant, Role::Owner, "POST", &path).send().await;
    refused.problem(422, "statement.no_contact");
    let contacts = format!("/v1/founder-billing/statements/{id}/contacts");
    let known = json!({"email": "ada@example.com"});
    send(&world, &tenant, "PUT", &contacts, known).await.ok(200);
    // As the guide has it: no header, no body.
    let sent = world.as_role(&tenant, Role::Owner, "POST", &path).send().await.ok(200);
    assert_eq!((&sent["statement_id"], &sent["channel"]), (&json!(id), &json!("email")));
    assert_eq!((&sent["success"], &sent["delivered_at"]), (&Value::Null, &Value::Null));
    assert_eq!(
        (&sent["email_address"], &sent["ai_selected_channel"]),
        (&json!("ada@example.com"), &json!(true))
    );
    assert!(sent["channel_selection_reason"].as_str().unwrap().contains("Email"));
    let shown = get(&world, &tenant, &format!("/v1/founder-billing/statements/{id}")).await;
    assert_eq!(
        (&shown["lifecycle_state"], &shown["requires_founder_approval"]),
        (&json!("sent"), &json!(false))
    );
    let deliveries = get(&world, &tenant, "/v1/founder-billing/deliveries").await;
    assert_eq!(deliveries[0]["id"], sent["id"]);
    let metrics = get(&world, &tenant, "/api/founder-billing/dashboard/metrics").await;
    assert_eq!(
        (&metrics["statements_generated_today"], &metrics["statements_sent_today"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&metrics["total_balance_outstanding"], &metrics["email_success_rate"]),
        (&json!(500.0), &Value::Null)
    );
    assert_eq!(
        (&metrics["ai_autonomy_rate"], &metrics["statements_by_state"]["sent"]),
        (&json!(0.0), &json!(1))
    );
    let feed = get(&world, &tenant, "/api/founder-billing/dashboard/recent-activity").await;
    assert!(feed.as_array().unwrap().iter().any(|act| act["action"] == "statement_sent"
        && act["statement_number"] == made["statement_number"]
        && act["metadata"]["channel"] == "email"));
    let timeline = format!("/v1/admin/timeline/statement/{id}");
    let entries = get(&world, &tenant, &timeline).await;
    assert_eq!(entries["entries"][0]["type"], "billing.statement.generated");
}

#[actix_web::test]
async fn the_founder_overrides_with_the_guides_words() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let made = send(&world, &tenant, "POST", GENERATE, guide()).await.ok(201);
    let id = made["id"].as_str().unwrap();
    let path = format!("/api/founder-billing/statements/{id}/override");
    let reason = json!({"reason": "Patient called, negotiated settlement"});
    let taken = send(&world, &tenant, "POST", &path, reason).await.ok(200);
    assert_eq!(taken["founder_override"], true);
    let logs = get(&world, &tenant, "/api/founder-billing/audit-logs").await;
    let words = "Founder overrode AI action. Reason: Patient called, negotiated settlement";
    assert_eq!(logs[0]["action_description"], words);
    assert_eq!((&logs[0]["founder_override"], logs.as_array().unwrap().len()), (&json!(true), 2));
    send(&world, &tenant, "POST", &path, json!({})).await.problem(422, "invalid_body");
}

#[actix_web::test]
async fn the_patients_money_pays_it_and_may_go_back() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    send(&world, &tenant, "PUT", CONFIG, json!({"enabled": true})).await.ok(200);
    let made = send(&world, &tenant, "POST", GENERATE, guide()).await.ok(201);
    let path = format!("/v1/founder-billing/statements/{}/payments", made["id"].as_str().unwrap());
    let body = json!({"amount": 500.00, "method": "check", "reference": "4711"});
    send(&world, &tenant, "POST", &path, body.clone())
        .await
        .problem(400, "idempotency_key_required");
    let pay = |body: Value| {
        let ask = world.as_role(&tenant, Role::Owner, "POST", &path);
        ask.keyed(&unknown()).json(body)
    };
    let much = pay(json!({"amount": 500.01})).send().await;
    much.problem(422, "statement.more_than_there_is");
    let paid = pay(body).send().await.ok(201);
    assert_eq!((&paid["lifecycle_state"], &paid["balance_due"]), (&json!("paid"), &json!(0.0)));
    let back = format!("{path}/{}/reverse", paid["payment_id"].as_str().unwrap());
    let ask = world.as_role(&tenant, Role::Owner, "POST", &back).keyed(&unknown());
    let back = ask.json(json!({"reason_code": "bounced"})).send().await.ok(200);
    assert_eq!((&back["lifecycle_state"], &back["balance_due"]), (&json!("paid"), &json!(500.0)));
}

#[actix_web::test]
async fn a_plan_is_offered_accepted_and_canceled() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    send(&world, &tenant, "PUT", CONFIG, json!({"enabled": true})).await.ok(200);
    let made = send(&world, &tenant, "POST", GENERATE, guide()).await.ok(201);
    let id = made["id"].as_str().unwrap();
    let path = format!("/v1/founder-billing/statements/{id}/payment-plans");
    let offered = send(&world, &tenant, "POST", &path, json!({"months": 5})).await.ok(201);
    assert_eq!(
        (&offered["state"], &offered["instalments"][4]["amount"]),
        (&json!("offered"), &json!(100.0))
    );
    let plan = offered["plan_id"].as_str().unwrap();
    let step = |verb: &str| format!("{path}/{plan}/{verb}");
    let accepted = send(&world, &tenant, "POST", &step("accept"), json!({})).await.ok(200);
    assert_eq!(accepted["state"], "active");
    let late = send(&world, &tenant, "POST", &step("decline"), json!({})).await;
    late.problem(422, "statement.no_such_plan");
    let over =
        send(&world, &tenant, "POST", &step("cancel"), json!({"reason_code": "asked"})).await;
    assert_eq!(over.ok(200)["state"], "canceled");
    let plans = get(&world, &tenant, "/v1/founder-billing/payment-plans").await;
    assert_eq!(plans[0]["plan_id"], plan);
    let metrics = get(&world, &tenant, "/v1/founder-billing/dashboard/metrics").await;
    assert_eq!(metrics["payment_plan_acceptance"], json!(1.0));
}

#[actix_web::test]
async fn only_the_founder_gets_in_and_only_to_their_own_org() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let made = send(&world, &mine, "POST", GENERATE, guide()).await.ok(201);
    let id = made["id"].as_str().unwrap();
    let path = format!("/v1/founder-billing/statements/{id}");
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
        world.as_role(&mine, role, "GET", &path).send().await.problem(403, "forbidden");
    }
    let foreign = world.as_role(&theirs, Role::Owner, "GET", &path).send().await;
    foreign.problem(404, "statement.unknown");
    let reason = json!({"reason": "x"});
    let foreign = send(&world, &theirs, "POST", &format!("{path}/override"), reason).await;
    foreign.problem(404, "statement.unknown");
    let foreign = send(&world, &theirs, "POST", &format!("{path}/send"), json!({})).await;
    foreign.problem(404, "statement.unknown");
    assert_eq!(get(&world, &theirs, "/v1/founder-billing/statements").await, json!([]));
    assert_eq!(
        get(&world, &mine, "/v1/founder-billing/escalations?resolved=false").await,
        json!([])
    );
}
