//! Ids against `stripe-ids.json`.

use adapters::stripe::{IdKind, is_valid_id};

use crate::vectors;

const KINDS: [(&str, IdKind); 10] = [
    ("customer", IdKind::Customer),
    ("subscription", IdKind::Subscription),
    ("invoice", IdKind::Invoice),
    ("charge", IdKind::Charge),
    ("payment_intent", IdKind::PaymentIntent),
    ("refund", IdKind::Refund),
    ("dispute", IdKind::Dispute),
    ("event", IdKind::Event),
    ("price", IdKind::Price),
    ("product", IdKind::Product),
];

#[test]
fn each_valid_id_is_valid_for_exactly_one_kind() {
    for text in vectors("stripe-ids.json")["valid"].as_array().unwrap() {
        let text = text.as_str().unwrap();
        let fits = KINDS.iter().filter(|(_, kind)| is_valid_id(*kind, text)).count();
        assert_eq!(fits, 1, "{text}");
    }
}

#[test]
fn no_invalid_id_is_valid_for_any_kind() {
    for text in vectors("stripe-ids.json")["invalid"].as_array().unwrap() {
        let text = text.as_str().unwrap();
        assert!(KINDS.iter().all(|(_, kind)| !is_valid_id(*kind, text)), "{text:?}");
    }
}

#[test]
fn every_pattern_of_the_vectors_has_its_kind_and_prefixes() {
    let vectors = vectors("stripe-ids.json");
    let patterns = vectors["patterns"].as_object().unwrap();
    assert_eq!(patterns.len(), KINDS.len());
    for (name, kind) in KINDS {
        let pattern = patterns[name].as_str().unwrap();
        let prefixes = pattern.trim_start_matches('^').split("_[").next().unwrap();
        for prefix in prefixes.trim_matches(['(', ')']).split('|') {
            assert!(is_valid_id(kind, &format!("{prefix}_1Abc")), "{prefix}");
        }
    }
}

#[test]
fn an_id_has_at_most_255_characters() {
    let longest = format!("cus_{}", "a".repeat(251));
    assert!(is_valid_id(IdKind::Customer, &longest));
    assert!(!is_valid_id(IdKind::Customer, &format!("{longest}a")));
}
