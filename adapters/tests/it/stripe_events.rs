//! What events mean, against `stripe-events.json`.

use adapters::stripe::StripeWebhook;
use ledger::ports::payments::{
    Dispute, DisputeState, ProviderEvent, ProviderFact, RefundState, Unreadable, WebhookProvider,
};
use serde_json::{Value, json};

use crate::vectors;

fn translate(event: &Value) -> ProviderEvent {
    StripeWebhook::new(vec![]).translate(&serde_json::to_vec(event).unwrap()).unwrap()
}

fn vector(number: u64) -> Value {
    let vectors = vectors("stripe-events.json");
    let events = vectors["events"].as_array().unwrap();
    events.iter().find(|event| event["n"] == number).unwrap()["event"].clone()
}

fn name(fact: &ProviderFact) -> &'static str {
    match fact {
        ProviderFact::InvoiceLinked(_) => "linked",
        ProviderFact::InvoicePaid(_) => "paid",
        ProviderFact::PaymentAttached(_) => "attached",
        ProviderFact::PaymentFailed(_) => "failed",
        ProviderFact::Refund(_) => "refund",
        ProviderFact::ChargeRefunded(_) => "charge refunded",
        ProviderFact::Dispute(_) => "dispute",
        ProviderFact::Ignored => "ignored",
    }
}

#[test]
fn every_event_of_the_vectors_means_what_it_should() {
    let meanings = [
        "linked",
        "failed",
        "failed",
        "paid",
        "paid",
        "attached",
        "charge refunded",
        "refund",
        "refund",
        "dispute",
        "dispute",
        "dispute",
        "ignored",
        "paid",
        "ignored",
    ];
    for (number, meaning) in (1..).zip(meanings) {
        let event = translate(&vector(number));
        assert_eq!(name(&event.fact), meaning, "event {number}");
        assert_eq!(event.event_type, vector(number)["type"].as_str().unwrap());
    }
}

#[test]
fn a_payment_is_read_from_the_old_shape_and_from_the_new_one() {
    let ProviderFact::InvoicePaid(new) = translate(&vector(4)).fact else { panic!() };
    assert_eq!((new.amount_minor, new.payments.len()), (18_270, 0));
    let ProviderFact::InvoicePaid(old) = translate(&vector(14)).fact else { panic!() };
    assert_eq!(old.payments, ["pi_3DaybookVector02", "ch_3DaybookVector02"]);
    assert_eq!(old.invoice.provider_invoice, "in_1DaybookInv0002");
    assert!(!old.out_of_band);
}

#[test]
fn a_refund_carries_its_state_and_the_payment_it_belongs_to() {
    let ProviderFact::Refund(created) = translate(&vector(8)).fact else { panic!() };
    let ProviderFact::Refund(failed) = translate(&vector(9)).fact else { panic!() };
    assert_eq!((created.state, failed.state), (RefundState::Succeeded, RefundState::Failed));
    assert_eq!(created.refund, failed.refund);
    assert_eq!(created.payments, ["pi_3DaybookVector01", "ch_3DaybookVector01"]);
}

fn dispute(event: &Value) -> Dispute {
    let ProviderFact::Dispute(dispute) = translate(event).fact else { panic!("{event}") };
    dispute
}

#[test]
fn a_dispute_carries_its_state_and_the_payment_it_belongs_to() {
    let [opened, withdrawn, lost] = [10, 11, 12].map(|number| dispute(&vector(number)));
    assert_eq!(opened.state, DisputeState::Opened);
    assert_eq!(withdrawn.state, DisputeState::Withdrawn);
    assert_eq!(lost.state, DisputeState::Lost);
    assert_eq!(opened.payments, ["pi_3DaybookVector01", "ch_3DaybookVector01"]);
    assert_eq!(withdrawn.payments, ["ch_3DaybookVector01"]);
    assert_eq!((withdrawn.amount_minor, withdrawn.fee_minor), (18_060, 0));
    assert_eq!(opened.reason.as_deref(), Some("fraudulent"));
    let mut closed = vector(12);
    for (status, meaning) in [("won", "dispute"), ("warning_closed", "ignored")] {
        closed["data"]["object"]["status"] = json!(status);
        assert_eq!(name(&translate(&closed).fact), meaning, "{status}");
    }
    let mut reinstated = vector(11);
    reinstated["type"] = json!("charge.dispute.funds_reinstated");
    assert_eq!(dispute(&reinstated).state, DisputeState::Reinstated);
}

#[test]
fn the_fee_of_a_dispute_is_read_off_its_balance_transactions() {
    let mut event = vector(11);
    event["data"]["object"]["balance_transactions"] = json!([
        {"id": "txn_1", "amount": -18_060, "fee": 1500, "net": -19_560, "currency": "usd"},
        {"id": "txn_2", "amount": 18_060, "fee": -1000, "net": 19_060, "currency": "usd"},
        {"id": "txn_3", "amount": -24_000, "fee": 2000, "net": -26_000, "currency": "cad"},
    ]);
    let dispute = dispute(&event);
    assert_eq!((dispute.fee_minor, dispute.fee_returned_minor), (1500, 1000));
}

#[test]
fn metadata_names_our_org_and_invoice_wherever_stripe_puts_it() {
    let uuid = "0198c0de-0000-7000-8000-000000000001";
    let mut event = vector(4);
    event["data"]["object"]["metadata"] = json!({"daybook_invoice_id": uuid});
    event["data"]["object"]["parent"] =
        json!({"subscription_details": {"metadata": {"daybook_org_id": uuid}}});
    let event = translate(&event);
    assert_eq!(event.invoice_id, Some(uuid.parse().unwrap()));
    assert_eq!(event.org.map(|org| org.0), Some(uuid.parse().unwrap()));
}

#[test]
fn an_invoice_paid_elsewhere_brings_no_money() {
    let mut event = vector(4);
    event["data"]["object"]["amount_paid"] = json!(0);
    let ProviderFact::InvoicePaid(paid) = translate(&event).fact else { panic!() };
    assert!(paid.out_of_band);
}

#[test]
fn an_expanded_object_is_as_good_as_its_id() {
    let mut event = vector(14);
    event["data"]["object"]["payment_intent"] = json!({"id": "pi_3Expanded", "object": "x"});
    let ProviderFact::InvoicePaid(paid) = translate(&event).fact else { panic!() };
    assert_eq!(paid.payments[0], "pi_3Expanded");
}

#[test]
fn an_unknown_currency_is_said_not_guessed() {
    let mut event = vector(4);
    event["data"]["object"]["currency"] = json!("xxx");
    let ProviderFact::InvoicePaid(paid) = translate(&event).fact else { panic!() };
    assert_eq!(paid.currency, None);
}

#[test]
fn a_known_type_with_a_broken_object_is_kept_and_ignored() {
    let broken = json!({"id": "evt_1", "type": "invoice.paid", "created": 1, "data": {}});
    assert_eq!(translate(&broken).fact, ProviderFact::Ignored);
}

#[test]
fn an_envelope_that_is_not_stripes_is_unreadable() {
    let webhook = StripeWebhook::new(vec![]);
    assert_eq!(webhook.translate(b"\xff"), Err(Unreadable::NotJson));
    let no_type = br#"{"id":"evt_1","created":1}"#;
    assert_eq!(webhook.translate(no_type), Err(Unreadable::Envelope { field: "type" }));
    let bad_id = br#"{"id":"evt-1","type":"a","created":1}"#;
    assert_eq!(webhook.translate(bad_id), Err(Unreadable::Envelope { field: "id" }));
}
