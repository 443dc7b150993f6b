//! The patient's money on statements: payments, refunds and adjustments, with the claim behind
//! them; and what becomes of deliveries and of overdue statements.

use ledger::{
    patient_money::order,
    recorded::Actor,
    statement::{Authority, Carried, Escalate, RecordDelivery, StatementCommand, plan_id},
    store::{Context, tenants::Role},
    values::StatementId,
};
use serde_json::{Value, json};
use time::Duration;

use crate::{
    claims::{shown, submitted},
    founder_billing::generated,
    remittances::{pay, payment, reversal},
    support::{Ask, Tenant, World, unknown},
};

const STATEMENTS: &str = "/v1/founder-billing/statements";

async fn enable(world: &World, tenant: &Tenant) {
    let ask = world.as_role(tenant, Role::Owner, "PUT", "/v1/founder-billing/config");
    let all = json!({"enabled": true, "auto_escalate_overdue": true});
    ask.json(all).send().await.ok(200);
}

async fn get(world: &World, tenant: &Tenant, path: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let ask = world.as_role(tenant, Role::Owner, "GET", path);
    ask.header("daybook-min-position", head).send().await.ok(200)
}

fn order_to<'a>(world: &'a World, tenant: &Tenant, id: &str, verb: &str, body: Value) -> Ask<'a> {
    let path = format!("{STATEMENTS}/{id}/{verb}");
    world.as_role(tenant, Role::Owner, "POST", &path).keyed(&unknown()).json(body)
}

/// A claim whose payer left 20.00 to the patient, and the statement that asks for it.
async fn billed(world: &World, tenant: &Tenant) -> (String, String) {
    enable(world, tenant).await;
    let claim = submitted(world, tenant, "C-1").await;
    pay(world, tenant, payment("EFT1", "C-1")).await;
    let statements = get(world, tenant, STATEMENTS).await;
    assert_eq!(statements.as_array().unwrap().len(), 1);
    let statement = &statements[0];
    assert_eq!((&statement["claim_id"], &statement["balance_due"]), (&json!(claim), &json!(20.0)));
    (claim, statement["id"].as_str().unwrap().to_owned())
}

/// Charges less insurance, adjustments and payments is what is due, in both answers the same.
async fn law(world: &World, tenant: &Tenant, claim: &str, statement: &str) -> f64 {
    let said = get(world, tenant, &format!("{STATEMENTS}/{statement}")).await;
    let of = |name: &str| said[name].as_f64().unwrap();
    let taken = of("insurance_paid") + of("insurance_pending") + of("adjustments");
    let due = of("balance_due");
    assert!((of("total_charges") - taken - of("patient_paid") - due).abs() < 0.001, "{said}");
    let claim = shown(world, tenant, claim).await;
    let owed: f64 = claim["patient_balance"].as_str().unwrap().parse().unwrap();
    assert!((owed - due).abs() < 0.001, "{claim}");
    due
}

#[actix_web::test]
async fn a_claims_statement_is_paid_once_and_the_claim_says_the_same() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (claim, id) = billed(&world, &tenant).await;
    assert_eq!(law(&world, &tenant, &claim, &id).await.to_string(), "20");
    let payment_id = unknown();
    let body = json!({"amount": 15.00, "method": "check", "payment_id": payment_id});
    for _ in 0..2 {
        // Another idempotency key, the same payment.
        let paid = order_to(&world, &tenant, &id, "payments", body.clone()).send().await.ok(201);
        assert_eq!(paid["payment_id"], payment_id);
        assert_eq!(law(&world, &tenant, &claim, &id).await.to_string(), "5");
    }
    let other = json!({"amount": 1.00, "payment_id": payment_id});
    let other = order_to(&world, &tenant, &id, "payments", other).send().await;
    other.problem(409, "statement.payment_exists");
    let rest = order_to(&world, &tenant, &id, "payments", json!({"amount": 5.00})).send().await;
    assert_eq!(rest.ok(201)["lifecycle_state"], "paid");
    assert_eq!(law(&world, &tenant, &claim, &id).await.to_string(), "0");
    let back = format!("payments/{payment_id}/reverse");
    let reason = json!({"reason_code": "bounced"});
    for _ in 0..2 {
        order_to(&world, &tenant, &id, &back, reason.clone()).send().await.ok(200);
        assert_eq!(law(&world, &tenant, &claim, &id).await.to_string(), "15");
    }
}

#[actix_web::test]
async fn what_was_paid_too_much_goes_back_and_no_more() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (claim, id) = billed(&world, &tenant).await;
    let payment_id = unknown();
    let body = json!({"amount": 20.00, "payment_id": payment_id});
    order_to(&world, &tenant, &id, "payments", body).send().await.ok(201);
    let refund = |amount: f64| json!({"amount": amount, "payment_id": payment_id, "reason_code": "too_much"});
    let early = order_to(&world, &tenant, &id, "refunds", refund(20.00)).send().await;
    early.problem(422, "statement.more_than_there_is");
    // The payer takes it all back: the patient owes nothing.
    pay(&world, &tenant, reversal("EFT2", "C-1")).await;
    assert_eq!(law(&world, &tenant, &claim, &id).await.to_string(), "-20");
    let head = world.ledger.head(tenant.org).await.unwrap();
    let dry = order_to(&world, &tenant, &id, "refunds?dry_run=true", refund(20.00)).send().await;
    assert_eq!(dry.header("daybook-dry-run"), "true");
    assert_eq!(dry.ok(200)["events"][0]["type"], "billing.statement.refund_created");
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);
    let given = order_to(&world, &tenant, &id, "refunds", refund(20.00)).send().await.ok(201);
    assert_eq!(law(&world, &tenant, &claim, &id).await.to_string(), "0");
    let settle = format!("refunds/{}/settle", given["refund_id"].as_str().unwrap());
    order_to(&world, &tenant, &id, &settle, json!({})).send().await.ok(200);
    let more = order_to(&world, &tenant, &id, "refunds", refund(0.01)).send().await;
    more.problem(422, "statement.more_than_there_is");
    let unheard = format!("refunds/{}/settle", unknown());
    let unheard = order_to(&world, &tenant, &id, &unheard, json!({})).send().await;
    unheard.problem(422, "statement.unknown_money");
}

#[actix_web::test]
async fn the_founder_gives_up_a_part_where_no_claim_holds_it() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    enable(&world, &tenant).await;
    let id = generated(&world, &tenant).await;
    let body = json!({"amount": 100.00, "kind": "price_concession", "reason_code": "settled",
        "note": "agreed on the telephone"});
    let adjust = |verb: &str| order_to(&world, &tenant, &id, verb, body.clone());
    let dry = adjust("adjustments?dry_run=true").send().await.ok(200);
    assert_eq!(dry["events"][0]["type"], "billing.statement.adjusted");
    let given = adjust("adjustments").send().await.ok(201);
    assert_eq!((&given["adjustments"], &given["balance_due"]), (&json!(100.0), &json!(400.0)));
    let much = json!({"amount": 400.01, "kind": "charity_care", "reason_code": "hardship"});
    let much = order_to(&world, &tenant, &id, "adjustments", much).send().await;
    much.problem(422, "statement.more_than_there_is");
    let kind = json!({"amount": 1.00, "kind": "kindness", "reason_code": "x"});
    let kind = order_to(&world, &tenant, &id, "adjustments", kind).send().await;
    kind.problem(422, "invalid_body");
}

#[actix_web::test]
async fn what_a_claim_holds_is_not_taken_off_its_statement() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (_, id) = billed(&world, &tenant).await;
    let body = json!({"amount": 1.00, "kind": "correction", "reason_code": "x"});
    let refused = order_to(&world, &tenant, &id, "adjustments", body).send().await;
    refused.problem(422, "statement.claim_holds");
}

/// A statement of 500.00 that can be sent.
async fn sent(world: &World, tenant: &Tenant) -> (String, StatementId) {
    enable(world, tenant).await;
    let id = generated(world, tenant).await;
    let path = format!("{STATEMENTS}/{id}/contacts");
    let body = json!({"email": "ada@example.com", "physical_address": "1 Elm St", "name": "Ada"});
    world.as_role(tenant, Role::Owner, "PUT", &path).json(body).send().await.ok(200);
    order_to(world, tenant, &id, "send", json!({})).send().await.ok(200);
    (id.clone(), StatementId::new(id.parse().unwrap()))
}

#[actix_web::test]
async fn a_delivery_that_failed_says_why_and_when_a_letter_follows() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (path, id) = sent(&world, &tenant).await;
    let context = Context::fresh(&world.ledger, tenant.org, Actor("test".to_owned()));
    let command = StatementCommand::RecordDelivery(RecordDelivery {
        attempted_at: world.ledger.clock().now(),
        carried: Carried::Failed("mailbox_unknown".parse().unwrap()),
        delivery: 1,
    });
    order(&world.ledger, context, id, command).await.unwrap();
    let failed = |deliveries: &Value| {
        let row = deliveries[0].clone();
        (row["success"].clone(), row["failure_reason"].clone(), row["channel"].clone())
    };
    let deliveries = get(&world, &tenant, "/v1/founder-billing/deliveries").await;
    let expected = (json!(false), json!("mailbox_unknown"), json!("email"));
    assert_eq!(failed(&deliveries), expected);
    let shown = get(&world, &tenant, &format!("{STATEMENTS}/{path}")).await;
    assert_eq!(shown["lifecycle_state"], "failed");
    // The policy says when, as soon as it has heard of it.
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    loop {
        let deliveries = get(&world, &tenant, "/v1/founder-billing/deliveries").await;
        if deliveries[0]["next_retry_at"].is_string() {
            break;
        }
        assert!(tokio::time::Instant::now() < deadline, "no letter is scheduled");
    }
    let metrics = get(&world, &tenant, "/v1/founder-billing/dashboard/metrics").await;
    assert_eq!(metrics["email_success_rate"], json!(0.0));
}

#[actix_web::test]
async fn a_level_that_was_reached_is_listed_until_it_is_paid() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let (path, id) = sent(&world, &tenant).await;
    let context = Context::fresh(&world.ledger, tenant.org, Actor("test".to_owned()));
    // As if it were late already.
    let escalated_on = world.ledger.clock().now().date() + Duration::days(65);
    let (by, plan_id) = (Authority::agent(), plan_id(id, 1));
    let command = Escalate { by, escalated_on, level: 1, plan_id };
    let command = StatementCommand::Escalate(command);
    order(&world.ledger, context, id, command).await.unwrap();
    let list = "/v1/founder-billing/escalations?resolved=";
    let open = get(&world, &tenant, &format!("{list}false")).await;
    assert_eq!(
        (&open[0]["statement_id"], &open[0]["escalation_level"], &open[0]["triggered_by"]),
        (&json!(path), &json!(1), &json!("AI Agent"))
    );
    assert!(open[0]["days_overdue"].as_i64().unwrap() >= 30, "{open}");
    order_to(&world, &tenant, &path, "payments", json!({"amount": 500.00})).send().await.ok(201);
    assert_eq!(get(&world, &tenant, &format!("{list}false")).await, json!([]));
    let settled = get(&world, &tenant, &format!("{list}true")).await;
    assert_eq!(
        (&settled[0]["statement_id"], &settled[0]["resolved"]),
        (&json!(path), &json!(true))
    );
}
