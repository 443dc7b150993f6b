//! Replacing, voiding, giving up, disputing and closing claims over HTTP.

use serde_json::{Value, json};

use crate::{
    claims::{asked, drafted, give, shown, submission, submitted},
    remittances::{pay, payment},
    support::{Tenant, World, unknown},
};

pub(crate) async fn accepted(world: &World, tenant: &Tenant, account: &str) -> String {
    let id = submitted(world, tenant, account).await;
    let taken = json!({"kind": "277CA", "code": "A2", "payer_claim_number": "ICN1"});
    give(world, tenant, &id, "acknowledgements", taken).await;
    id
}

/// Denied: nothing paid, nothing left to the patient.
pub(crate) fn denial(account: &str) -> Value {
    json!({
        "payer_id": "60054", "trace": "EFT9", "method": "NON", "paid": "0",
        "paid_on": "2026-03-20",
        "claims": [{"account": account, "status": 4, "charge": "120.00", "paid": "0",
            "payer_claim_number": "ICN1",
            "adjustments": [{"group": "CO", "reason": "29", "amount": "120.00"}]}],
    })
}

#[actix_web::test]
async fn a_replacement_says_it_anew_and_names_what_the_payer_has() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = accepted(&world, &tenant, "C-1").await;
    let mut claim = asked("C-1");
    claim["lines"][0]["charge"] = json!("100.00");
    let body = json!({"claim": claim, "submission": submission(2)});
    let replaced = give(&world, &tenant, &id, "replace", body.clone()).await;
    assert_eq!(
        (&replaced["frequency"], &replaced["charge"]),
        (&json!("replacement"), &json!("100.00"))
    );
    let sent = &replaced["submissions"];
    assert_eq!((&sent[0]["charge"], &sent[1]["charge"]), (&json!("120.00"), &json!("100.00")));
    assert_eq!(sent[1]["payer_claim_number"], "ICN1");
    assert_ne!(sent[0]["digest"], sent[1]["digest"]);
    // Before any payer has it there is nothing to replace, and nothing of it happens.
    let draft = drafted(&world, &tenant, "C-2").await;
    let mut claim = asked("C-2");
    claim["lines"][0]["charge"] = json!("1.00");
    let path = format!("/v1/billing/claims/{draft}/replace");
    let body = json!({"claim": claim, "submission": submission(2)});
    world.post(&tenant, &path, body).send().await.problem(422, "claim.not_ready");
    assert_eq!(shown(&world, &tenant, &draft).await["drafted_charge"], "120.00");
}

#[actix_web::test]
async fn a_claim_is_voided_here_or_by_a_submission() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let draft = drafted(&world, &tenant, "C-1").await;
    let reason = json!({"reason_code": "billed_in_error"});
    let voided = give(&world, &tenant, &draft, "void", reason.clone()).await;
    assert_eq!(voided["status"], "voided");
    let id = accepted(&world, &tenant, "C-2").await;
    let path = format!("/v1/billing/claims/{id}/void");
    world.post(&tenant, &path, reason).send().await.problem(422, "claim.payer_has_it");
    let body = json!({"reason_code": "billed_in_error", "submission": submission(2)});
    let sent = give(&world, &tenant, &id, "void", body).await;
    assert_eq!((&sent["status"], &sent["frequency"]), (&json!("submitted"), &json!("void")));
    let taken = json!({"kind": "277CA", "code": "A2"});
    let gone = give(&world, &tenant, &id, "acknowledgements", taken).await;
    assert_eq!((&gone["status"], &gone["insurance_balance"]), (&json!("voided"), &json!("0.00")));
}

#[actix_web::test]
async fn a_denial_is_disputed_and_given_up_by_decision_only() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = accepted(&world, &tenant, "C-1").await;
    pay(&world, &tenant, denial("C-1")).await;
    let denied = shown(&world, &tenant, &id).await;
    assert_eq!((&denied["status"], &denied["denied"]), (&json!("denied"), &json!("120.00")));
    assert_eq!(
        denied["answers"][0]["adjustments"][0],
        json!({"group": "CO", "reason": "29", "amount": "120.00"})
    );
    let close = format!("/v1/billing/claims/{id}/close");
    world.post(&tenant, &close, json!({})).send().await.problem(422, "claim.still_owed");

    let appeal = json!({"reason_code": "timely", "note": "sent in time", "due_on": "2026-06-01"});
    let filed = give(&world, &tenant, &id, "appeal", appeal).await;
    assert_eq!(filed["status"], "appealed");
    let appeal = filed["appeal_id"].as_str().unwrap();
    let off = json!({"amount": "120.00", "kind": "payer_reduction", "reason_code": "timely"});
    let path = format!("/v1/billing/claims/{id}/write-off");
    world.post(&tenant, &path, off.clone()).send().await.problem(422, "claim.appeal_open");
    let decide = format!("appeal/{appeal}/decide");
    let decided = give(&world, &tenant, &id, &decide, json!({"outcome": "upheld"})).await;
    assert_eq!(
        (&decided["status"], &decided["appeal_outcome"]),
        (&json!("denied"), &json!("upheld"))
    );

    let given = give(&world, &tenant, &id, "write-off", off.clone()).await;
    assert_eq!(
        (&given["insurance_balance"], &given["insurance_adjustments"]),
        (&json!("0.00"), &json!("120.00"))
    );
    let write_off = given["write_off_id"].as_str().unwrap();
    let closed = give(&world, &tenant, &id, "close", json!({})).await;
    assert_eq!(closed["status"], "closed");
    let reverse = format!("write-off/{write_off}/reverse");
    let back = give(&world, &tenant, &id, &reverse, json!({"reason_code": "mistake"})).await;
    assert_eq!((&back["insurance_balance"], &back["status"]), (&json!("120.00"), &json!("denied")));
    assert!(back["write_offs"][0]["reversed_on"].is_string());
    let unheard = format!("/v1/billing/claims/{id}/write-off/{}/reverse", unknown());
    let answer = world.post(&tenant, &unheard, json!({"reason_code": "x"})).send().await;
    answer.problem(422, "claim.unknown_write_off");
    let mut more = off;
    more["amount"] = json!("120.01");
    world.post(&tenant, &path, more).send().await.problem(422, "claim.more_than_owed");
}

#[actix_web::test]
async fn what_is_kept_for_a_second_payer_is_the_patients_when_none_is_expected() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let mut two = asked("C-1");
    two["payers"] = json!([{"payer_id": "60054", "member_id": "W1"},
        {"payer_id": "87726", "member_id": "X1"}]);
    let made = world.post(&tenant, "/v1/billing/claims", two).send().await.ok(201);
    let id = made["claim_id"].as_str().unwrap();
    give(&world, &tenant, id, "submit", submission(1)).await;
    pay(&world, &tenant, payment("EFT1", "C-1")).await;
    let kept = shown(&world, &tenant, id).await;
    assert_eq!(
        (&kept["insurance_balance"], &kept["patient_balance"]),
        (&json!("20.00"), &json!("0.00"))
    );
    let billed = give(&world, &tenant, id, "bill-patient", json!({})).await;
    assert_eq!(
        (&billed["insurance_balance"], &billed["patient_balance"]),
        (&json!("0.00"), &json!("20.00"))
    );
}
