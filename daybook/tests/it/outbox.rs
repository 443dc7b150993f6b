//! What must leave the house leaves it, once, and what cannot is a dead letter.

use std::fs;

use serde_json::{Value, json};

use super::support::{Home, Server, word_after};

/// An issued invoice over 80.00 that somebody tried to collect twice, in vain.
pub(crate) fn failed_twice(server: &Server, key: &str) -> (String, String) {
    let post = |path: &str, body: Value| -> Value {
        serde_json::from_str(&server.answer("POST", path, key, &body.to_string())).unwrap()
    };
    let charged = post("/v1/billing/charges/one-off", json!({"amount": "80.00"}));
    let invoice = charged["invoice_id"].as_str().unwrap().to_owned();
    let path = format!("/v1/billing/invoices/{invoice}");
    let issued = post(&format!("{path}/issue"), json!({}));
    for amount in ["80.00", "40.00"] {
        let body = json!({"amount": amount, "method": "card", "status": "failed"});
        post(&format!("{path}/payments"), body);
    }
    (invoice, issued["number"].as_str().unwrap().to_owned())
}

#[test]
fn a_failed_payment_is_told_once_and_an_org_without_an_address_has_a_dead_letter() {
    let home = Home::new();
    let told = home.run(&[
        "org",
        "create",
        "--name",
        "Told",
        "--time-zone",
        "UTC",
        "--currency",
        "USD",
        "--contact-email",
        "desk@told.example",
    ]);
    let silent =
        home.run(&["org", "create", "--name", "Silent", "--time-zone", "UTC", "--currency", "USD"]);
    let server = home.serve();
    let (_, number) = failed_twice(&server, &word_after(&told, "owner_key"));
    let key = word_after(&silent, "owner_key");
    let (invoice, _) = failed_twice(&server, &key);
    for _ in 0..2 {
        home.run(&["jobs", "run", "--job", "outbox-delivery"]);
    }

    let letters: Vec<String> = fs::read_dir(home.data().join("outgoing"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    for words in ["To: desk@told.example", "From: billing@daybook.example", "Message-ID: <"] {
        assert!(letter.contains(words), "{words} in {letter}");
    }
    assert!(letter.contains(&number) && letter.contains("80.00 USD"), "{letter}");
    assert!(letter.contains("Content-Type: application/pdf"), "{letter}");
    assert!(letter.contains(&format!("filename=\"{number}.pdf\"")), "{letter}");
    // `%PDF-1.7` in base64.
    assert!(letter.contains("JVBERi0xLjc"), "{letter}");

    let dead = || -> Value {
        let path = "/v1/admin/outbox/dead-letter";
        serde_json::from_str(&server.answer("GET", path, &key, "")).unwrap()
    };
    let listed = dead();
    let message = &listed["messages"][0];
    assert_eq!(message["last_error"], "contact_missing");
    assert_eq!(message["dedupe_key"], format!("invoice:{invoice}:dunning:payment_failed"));
    let replay = format!("/v1/admin/outbox/{}/replay", message["id"].as_str().unwrap());
    server.answer("POST", &replay, &key, "{}");
    assert_eq!(dead()["messages"], json!([]));
    home.run(&["jobs", "run", "--job", "outbox-delivery"]);
    assert_eq!(dead()["messages"][0]["replays"], 1);
}
