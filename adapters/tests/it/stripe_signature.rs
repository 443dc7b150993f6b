//! `Stripe-Signature` against `stripe-webhook.json`.

use adapters::stripe::{StripeWebhook, WebhookSecret};
use ledger::ports::payments::{Unverified, WebhookProvider};
use serde_json::Value;
use time::OffsetDateTime;

use crate::vectors;

fn verify(secrets: &[&str], case: &Value, body: &str) -> Result<(), Unverified> {
    let secrets = secrets.iter().map(|text| WebhookSecret::new(*text)).collect();
    let now = OffsetDateTime::from_unix_timestamp(case["now"].as_i64().unwrap()).unwrap();
    let header = case["header"].as_str().unwrap().as_bytes();
    StripeWebhook::new(secrets).verify(Some(header), body.as_bytes(), now)
}

#[test]
fn every_case_of_the_vectors_is_answered_as_it_says() {
    let vectors = vectors("stripe-webhook.json");
    let secret = vectors["secret"].as_str().unwrap();
    let body = vectors["body"].as_str().unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        let verdict = verify(&[secret], case, body);
        assert_eq!(verdict.is_ok(), case["ok"].as_bool().unwrap(), "{case}: {verdict:?}");
    }
    for name in ["tampered", "reserialised", "unicode_crlf"] {
        let case = &vectors[name];
        let verdict = verify(&[secret], case, case["body"].as_str().unwrap());
        assert_eq!(verdict.is_ok(), case["ok"].as_bool().unwrap(), "{name}: {verdict:?}");
    }
}

#[test]
fn during_a_rotation_either_of_our_secrets_is_enough() {
    let vectors = vectors("stripe-webhook.json");
    let (new, old) = ("whsec_another", vectors["secret"].as_str().unwrap());
    let previous = vectors["previous_secret"].as_str().unwrap();
    let body = vectors["body"].as_str().unwrap();
    let case = &vectors["cases"][0];
    assert_eq!(verify(&[new, old], case, body), Ok(()));
    assert_eq!(verify(&[old, new], case, body), Ok(()));
    assert_eq!(verify(&[new, previous], case, body), Err(Unverified::Mismatch));
    assert_eq!(verify(&[], case, body), Err(Unverified::Mismatch));
}

#[test]
fn a_request_without_the_header_is_malformed() {
    let webhook = StripeWebhook::new(vec![WebhookSecret::new("whsec_x")]);
    let now = OffsetDateTime::UNIX_EPOCH;
    assert_eq!(webhook.verify(None, b"{}", now), Err(Unverified::Malformed));
    assert_eq!(webhook.verify(Some(b"\xff\xfe"), b"{}", now), Err(Unverified::Malformed));
}

#[test]
fn a_secret_never_shows() {
    let webhook = StripeWebhook::new(vec![WebhookSecret::new("whsec_hidden")]);
    assert!(!format!("{webhook:?}").contains("hidden"));
}
