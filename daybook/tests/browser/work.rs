//! What is done in the console.

use std::fs;

use super::chromium::Visitor;

pub(crate) async fn a_mismatch_is_repaired_with_one_click_and_shows_before_and_after(
    visitor: &Visitor<'_>,
) {
    visitor.open("/reconcile").await;
    let before = visitor.all("form[action^='/console/reconcile/'] button").await.len();
    assert!(before > 0, "the history has a mismatch: {}", visitor.text().await);
    visitor.picture("reconcile").await;
    visitor.click("form[action^='/console/reconcile/'] button").await;
    visitor.wait("it is done", async || visitor.text().await.contains("Before")).await;
    let text = visitor.text().await;
    assert!(text.contains("After") && text.contains("Outstanding"), "{text}");
    visitor.picture("reconciled").await;
    visitor.open("/reconcile").await;
    let after = visitor.all("form[action^='/console/reconcile/'] button").await.len();
    assert_eq!(after, before - 1);
}

pub(crate) async fn events_appear_as_they_are_recorded(visitor: &Visitor<'_>) {
    visitor.open("/events").await;
    visitor.wait("live", async || visitor.text().await.contains("Live")).await;
    let newest = visitor.read("tbody tr td a").await;
    let charge = r#"{"amount": "12.00", "description": "Splint", "currency": "USD"}"#;
    let answered = visitor.house.api("POST", "/v1/billing/charges/one-off", charge);
    assert!(answered.is_object());
    visitor
        .wait("a new event on top", async || visitor.read("tbody tr td a").await != newest)
        .await;
    visitor.picture("events-live").await;
}

pub(crate) async fn a_model_is_rebuilt_and_compared(visitor: &Visitor<'_>) {
    visitor.open("/projections/invoices").await;
    visitor.picture("projection").await;
    visitor.click("form[action$='/rebuild'] button").await;
    visitor
        .wait("the comparison", async || {
            visitor.open("/projections/invoices").await;
            let model = visitor.house.api("GET", "/v1/admin/projections/invoices", "");
            let state = model["rebuild"]["state"].as_str().unwrap_or_default().to_owned();
            !state.is_empty() && !["running", "building", "comparing"].contains(&state.as_str())
        })
        .await;
    visitor.picture("projection-rebuilt").await;
}

pub(crate) async fn a_proof_bundle_is_downloaded_and_verifies_without_us(visitor: &Visitor<'_>) {
    visitor.open("/proofs").await;
    visitor.picture("proofs").await;
    visitor.open("/invoices?status=paid").await;
    let invoice = visitor.attribute("tbody tr a", "href").await;
    visitor.open(invoice.strip_prefix("/console").unwrap()).await;
    let link = visitor.attribute("a[href^='/console/proofs/bundle']", "href").await;
    let fetched = "const done = arguments[1];\
        fetch(arguments[0]).then((a) => a.text().then((t) => done([a.status, t])));";
    let fetched = visitor.driver.execute_async(fetched, vec![link.into()]).await.unwrap();
    let fetched = fetched.json();
    assert_eq!(fetched[0], 200, "{fetched}");
    let file = visitor.house.file("invoice.bundle");
    fs::write(&file, fetched[1].as_str().unwrap()).unwrap();
    let keys = visitor.house.api("GET", "/v1/proofs/keys", "");
    let key = keys["keys"][0]["verifier_key"].as_str().unwrap_or_default().to_owned();
    let verify = ["verify", file.to_str().unwrap(), "--key", &key];
    let (code, said) = visitor.house.program(&verify);
    assert_eq!(code, 0, "{said}");
}
