//! The sequences of `stripe-events.json`: whatever the order, the end is the same.

use serde_json::{Value, json};

use crate::{
    stripe::{endpoint, post},
    support::World,
};

fn vectors() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../adapters/tests/vectors/stripe-events.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// An event of the vectors, about this invoice.
fn event(vectors: &Value, number: &Value, invoice: &str) -> Value {
    let events = vectors["events"].as_array().unwrap();
    let found = events.iter().find(|event| event["n"] == *number).unwrap();
    let mut event = found["event"].clone();
    let metadata = &mut event["data"]["object"]["metadata"];
    if metadata.get("daybook_invoice_id").is_some() {
        metadata["daybook_invoice_id"] = json!(invoice);
    }
    event
}

/// Plays a sequence on an invoice over 182.70; what the invoice says in the end.
async fn play(world: &World, order: &Value) -> (Value, Value) {
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "182.70").await;
    let vectors = vectors();
    for number in order.as_array().unwrap() {
        let event = event(&vectors, number, &invoice);
        post(world, &endpoint(&tenant), &event).await.ok(200);
    }
    let view = world.invoice(&tenant, &invoice).await;
    let status = world.get(&tenant, &format!("/v1/billing/payment-status/{invoice}"));
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let status = status.header("daybook-min-position", head).send().await.ok(200);
    (view, status)
}

#[actix_web::test]
async fn every_sequence_of_the_vectors_ends_as_it_says() {
    let world = World::new().await;
    for sequence in vectors()["sequences"].as_array().unwrap() {
        let (view, status) = play(&world, &sequence["order"]).await;
        let name = sequence["name"].as_str().unwrap();
        assert_eq!(view["status"], "paid", "{name}");
        let payments = status["payments"].as_array().unwrap();
        let succeeded = payments.iter().filter(|payment| payment["status"] == "succeeded");
        assert_eq!(succeeded.count(), 1, "{name}: {status}");
        let refunded = if name == "refund before payment known" { "2.10" } else { "0.00" };
        assert_eq!(view["amount_refunded"], refunded, "{name}");
        assert_eq!(view["balance_due"], "0.00", "{name}");
    }
}

#[actix_web::test]
async fn a_refund_is_known_by_its_own_id_and_may_come_back() {
    let world = World::new().await;
    let (view, status) = play(&world, &json!([1, 4, 6, 8, 7, 8, 9])).await;
    assert_eq!(view["amount_refunded"], "2.10");
    let refunds = status["payments"][0]["refunds"].as_array().unwrap();
    assert_eq!(refunds.len(), 1);
    assert_eq!(refunds[0]["status"], "failed");
}

#[actix_web::test]
async fn the_message_that_ties_payment_and_invoice_may_come_at_any_time() {
    let world = World::new().await;
    for order in [json!([6, 1]), json!([1, 6, 4]), json!([6, 8, 4]), json!([8, 6, 4, 5])] {
        let (view, _) = play(&world, &order).await;
        assert_eq!(view["status"], "paid", "{order}");
        assert_eq!(view["unapplied_credit"], "0.00", "{order}");
    }
}

#[actix_web::test]
async fn failures_before_the_payment_leave_the_invoice_failed() {
    let world = World::new().await;
    let (view, _) = play(&world, &json!([1, 2])).await;
    assert_eq!(view["status"], "failed");
    let (view, _) = play(&world, &json!([2, 3, 1, 4])).await;
    assert_eq!(view["status"], "paid");
}

#[actix_web::test]
async fn a_dispute_of_a_strangers_payment_waits_and_other_news_is_ignored() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let vectors = vectors();
    for (number, status) in
        [(10, "waiting"), (11, "waiting"), (12, "waiting"), (13, "ignored"), (15, "ignored")]
    {
        let event = event(&vectors, &json!(number), "");
        let taken = post(&world, &endpoint(&tenant), &event).await.ok(200);
        assert_eq!(taken["status"], status, "{number}");
    }
    let path = "/v1/admin/finance/reconcile/stripe-events?limit=2&offset=1";
    let page = world.get(&tenant, path).send().await.ok(200);
    assert_eq!(page["events"].as_array().unwrap().len(), 2);
}

/// Events 1, 4 and 7 pay and tie the charge, with 2.10 refunded by 8; the dispute over the
/// remaining 180.60 is raised, takes the money and is lost, in any order.
#[actix_web::test]
async fn a_lost_dispute_leaves_nothing_owed_in_every_order() {
    let world = World::new().await;
    for order in [
        json!([1, 4, 6, 8, 7, 10, 11, 12]),
        json!([12, 11, 10, 8, 7, 6, 4, 1]),
        json!([1, 4, 6, 8, 11, 12, 11, 10, 12]),
    ] {
        let (view, _) = play(&world, &order).await;
        assert_eq!(view["status"], "failed", "{order}: {view}");
        assert_eq!(view["balance_due"], "0.00", "{order}: {view}");
    }
}
