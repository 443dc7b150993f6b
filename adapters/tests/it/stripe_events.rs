//! What events mean, against `stripe-events.json`.

use adapters::stripe::StripeWebhook;
use ledger::ports::payments::{
    ProviderEvent, ProviderFact, RefundState, Unreadable, WebhookProvider,
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
        "ignored",
        "ignored",
        "ignored",
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
