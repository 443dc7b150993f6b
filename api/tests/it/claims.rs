//! A claim from draft to answer over HTTP.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World, unknown};

/// One service over 120.00, of one payer.
pub(crate) fn asked(account: &str) -> Value {
    json!({
        "account": account, "patient_id": "patient-4711", "billing_npi": "1234567893",
        "place_of_service": "11", "diagnoses": ["M54.50"],
        "payers": [{"payer_id": "60054", "member_id": "W123456789"}],
        "lines": [{"procedure": "99213", "units": "1", "charge": "120.00",
            "diagnosis_pointers": [1], "service_starts_on": "2026-03-02"}],
    })
}

pub(crate) fn submission(number: u32) -> Value {
    json!({"control": {"interchange": format!("{number:09}"), "group": number.to_string(),
        "transaction": "0001"}, "submitted_on": "2026-03-03"})
}

/// A drafted claim: its id.
pub(crate) async fn drafted(world: &World, tenant: &Tenant, account: &str) -> String {
    let answer = world.post(tenant, "/v1/billing/claims", asked(account)).send().await.ok(201);
    answer["claim_id"].as_str().unwrap().to_owned()
}

pub(crate) async fn submitted(world: &World, tenant: &Tenant, account: &str) -> String {
    let id = drafted(world, tenant, account).await;
    give(world, tenant, &id, "submit", submission(1)).await;
    id
}

/// A command to a claim that is accepted.
pub(crate) async fn give(
    world: &World,
    tenant: &Tenant,
    id: &str,
    verb: &str,
    body: Value,
) -> Value {
    let path = format!("/v1/billing/claims/{id}/{verb}");
    world.post(tenant, &path, body).send().await.ok(200)
}

pub(crate) async fn shown(world: &World, tenant: &Tenant, id: &str) -> Value {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let ask = world.get(tenant, &format!("/v1/billing/claims/{id}"));
    ask.header("daybook-min-position", head.to_string()).send().await.ok(200)
}

/// What of another org's claim, authorization or payment answers: nothing.
pub(crate) async fn foreign(world: &World, mine: &Tenant, theirs: &Tenant) {
    let id = submitted(world, theirs, "FOREIGN").await;
    let head = world.ledger.head(theirs.org).await.unwrap();
    let show = format!("/v1/billing/claims/{id}");
    world.get(mine, &show).send().await.problem(404, "claim.unknown");
    let off = json!({"amount": "1.00", "kind": "charity_care", "reason_code": "x"});
    let reason = json!({"reason_code": "x"});
    let replacement = json!({"claim": asked("FOREIGN"), "submission": submission(2)});
    let appeal = format!("appeal/{}/decide", unknown());
    let reversal = format!("write-off/{}/reverse", unknown());
    for (verb, body) in [
        ("acknowledgements", json!({"kind": "999", "code": "A"})),
        ("appeal", reason.clone()),
        (&appeal, json!({"outcome": "upheld"})),
        ("bill-patient", json!({})),
        ("close", json!({})),
        ("replace", replacement),
        ("submit", submission(3)),
        ("validate", json!({})),
        ("void", reason.clone()),
        ("write-off", off),
        (&reversal, reason),
    ] {
        let path = format!("/v1/billing/claims/{id}/{verb}");
        world.post(mine, &path, body).send().await.problem(404, "claim.unknown");
    }
    let redraft = world.as_role(mine, Role::Owner, "PUT", &show).json(asked("FOREIGN"));
    redraft.send().await.problem(404, "claim.unknown");
    for kind in ["claim", "prior-auth"] {
        let path = format!("/v1/admin/timeline/{kind}/{id}");
        world.get(mine, &path).send().await.problem(404, "not_found");
    }
    assert_eq!(world.ledger.head(theirs.org).await.unwrap(), head);
}

#[actix_web::test]
async fn a_claim_is_drafted_looked_over_mended_and_sent() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let mut wanting = asked("C-1");
    wanting["payers"][0]["member_id"] = Value::Null;
    let made = world.post(&tenant, "/v1/billing/claims", wanting).send().await.ok(201);
    assert_eq!((&made["status"], &made["drafted_charge"]), (&json!("draft"), &json!("120.00")));
    assert_eq!((&made["charge"], &made["findings"]), (&json!("0.00"), &Value::Null));
    let id = made["claim_id"].as_str().unwrap();
    let looked = give(&world, &tenant, id, "validate", json!({})).await;
    let finding = json!([{"line": null, "problem": "member_id_missing",
        "element": "2010BA NM109"}]);
    assert_eq!(looked["findings"], finding);
    let path = format!("/v1/billing/claims/{id}/submit");
    let refused = world.post(&tenant, &path, submission(1)).send().await;
    refused.problem(422, "claim.not_valid");

    let redraft = world.as_role(&tenant, Role::Dispatcher, "PUT", &path.replace("/submit", ""));
    let mut whole = asked("C-1");
    whole.as_object_mut().unwrap().remove("account");
    let mended = redraft.json(whole).send().await.ok(200);
    assert_eq!((&mended["account"], &mended["findings"]), (&json!("C-1"), &Value::Null));
    assert_eq!(mended["lines"][0]["line_id"], made["lines"][0]["line_id"], "still the first");
    assert_eq!(mended["diagnoses"], json!(["M5450"]));
    let sent = give(&world, &tenant, id, "submit", submission(1)).await;
    assert_eq!((&sent["status"], &sent["charge"]), (&json!("submitted"), &json!("120.00")));
    assert_eq!((&sent["insurance_balance"], &sent["submission"]), (&json!("120.00"), &json!(1)));
    let kept = &sent["submissions"][0];
    assert_eq!(kept["control_interchange"], "000000001");
    assert_eq!(kept["digest"].as_str().unwrap().len(), 64);
    // Under the same numbers, the same; with others, it is no longer to be sent as new.
    give(&world, &tenant, id, "submit", submission(1)).await;
    world.post(&tenant, &path, submission(2)).send().await.problem(422, "claim.not_ready");
}

#[actix_web::test]
async fn without_numbers_of_the_sender_a_claim_goes_out_under_the_orgs_next() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for (account, wanted) in [("C-1", "000000001"), ("C-2", "000000002")] {
        let id = drafted(&world, &tenant, account).await;
        let path = format!("/v1/billing/claims/{id}/submit");
        let day = json!({"submitted_on": "2026-03-03"});
        let tried = world.post(&tenant, &format!("{path}?dry_run=true"), day.clone());
        tried.send().await.ok(200);
        let send = async || {
            let ask = world.as_role(&tenant, Role::Finance, "POST", &path).keyed(account);
            ask.json(day.clone()).send().await.ok(200)
        };
        let sent = send().await;
        let kept = &sent["submissions"][0];
        assert_eq!(kept["control_interchange"], wanted);
        assert_eq!(kept["digest"].as_str().unwrap().len(), 64);
        let again = send().await;
        assert_eq!(again["submissions"][0]["control_interchange"], wanted);
    }
}

#[actix_web::test]
async fn codes_are_looked_at_before_anything_is_sealed() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let mut wrong = asked("patient-4711");
    wrong["diagnoses"] = json!(["Back pain"]);
    wrong["billing_npi"] = json!("12345");
    wrong["lines"][0]["procedure"] = json!("99-13");
    wrong["lines"][0]["modifiers"] = json!(["2"]);
    wrong["lines"][0]["units"] = json!("1e3");
    wrong["lines"][0]["surplus"] = json!(1);
    let answer = world.post(&tenant, "/v1/billing/claims", wrong).send().await;
    let problem = answer.problem(422, "invalid_body");
    let errors = problem["errors"].as_array().unwrap();
    let at = |pointer: &str| errors.iter().any(|error| error["pointer"] == pointer);
    for pointer in [
        "/diagnoses",
        "/billing_npi",
        "/lines/0/procedure",
        "/lines/0/modifiers",
        "/lines/0/units",
        "/lines/0/surplus",
        "/account",
    ] {
        assert!(at(pointer), "{pointer}: {errors:?}");
    }
    assert!(!problem.to_string().contains("Back pain"), "what was sent is not told again");
    let mut fine = asked("C-2");
    fine["lines"][0]["charge"] = json!("120.001");
    let answer = world.post(&tenant, "/v1/billing/claims", fine).send().await;
    let problem = answer.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/lines/0/charge");
}

#[actix_web::test]
async fn an_account_is_one_claim_and_is_made_up_if_nobody_gives_one() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = drafted(&world, &tenant, "INV-7").await;
    let mut other = asked("inv-7");
    other["lines"][0]["charge"] = json!("99.00");
    let answer = world.post(&tenant, "/v1/billing/claims", other).send().await;
    answer.problem(409, "claim.exists");
    let mut without = asked("x");
    without.as_object_mut().unwrap().remove("account");
    let key = unknown();
    let again = || {
        let ask = world.as_role(&tenant, Role::Dispatcher, "POST", "/v1/billing/claims");
        ask.keyed(&key).json(without.clone())
    };
    let made = again().send().await.ok(201);
    assert_eq!(made["account"].as_str().unwrap().len(), 17);
    assert_ne!(made["claim_id"], json!(id));
    let replayed = again().send().await;
    assert_eq!(replayed.header("idempotency-replayed"), "true");
    assert_eq!(replayed.ok(201)["claim_id"], made["claim_id"]);
}

#[actix_web::test]
async fn acknowledgements_come_in_any_order_and_only_the_furthest_counts() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = submitted(&world, &tenant, "C-3").await;
    let say = async |kind: &str, code: &str| {
        let body = json!({"kind": kind, "code": code, "payer_claim_number": "ICN1"});
        give(&world, &tenant, &id, "acknowledgements", body).await
    };
    let accepted = say("277CA", "A2").await;
    assert_eq!(
        (&accepted["status"], &accepted["payer_claim_number"]),
        (&json!("accepted"), &json!("ICN1"))
    );
    let late = say("999", "A").await;
    assert_eq!(
        (&late["status"], &late["acknowledgement"]),
        (&json!("accepted"), &json!("accepted"))
    );
    let path = format!("/v1/billing/claims/{id}/acknowledgements");
    let unheard = json!({"kind": "277CA", "code": "A9"});
    world.post(&tenant, &path, unheard).send().await.problem(422, "invalid_body");
    let later = json!({"kind": "999", "code": "A", "submission": 2});
    world.post(&tenant, &path, later).send().await.problem(422, "claim.unknown_submission");
}

#[actix_web::test]
async fn claims_are_listed_by_status_payer_and_patient_and_people_are_masked() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let one = submitted(&world, &tenant, "C-4").await;
    let mut other = asked("C-5");
    other["patient_id"] = json!(4712);
    other["payers"][0]["payer_id"] = json!("87726");
    let other = world.post(&tenant, "/v1/billing/claims", other).send().await.ok(201);
    let other = other["claim_id"].as_str().unwrap();
    shown(&world, &tenant, other).await;
    let listed = async |query: &str| -> Vec<Value> {
        let path = format!("/v1/billing/claims?{query}");
        let list = world.get(&tenant, &path).send().await.ok(200);
        let claims = list["claims"].as_array().unwrap();
        claims.iter().map(|claim| claim["claim_id"].clone()).collect()
    };
    assert_eq!(listed("").await, [json!(other), json!(one)]);
    assert_eq!(listed("status=submitted").await, [json!(one)]);
    assert_eq!(listed("payer_id=87726").await, [json!(other)]);
    assert_eq!(listed("patient_id=4712").await, [json!(other)]);
    assert_eq!(listed("account=c-4").await, [json!(one)]);
    world.get(&tenant, "/v1/billing/claims?status=x").send().await.problem(400, "invalid_query");
    let lines = world.get(&tenant, "/v1/billing/claims").header("accept", "application/x-ndjson");
    assert_eq!(lines.send().await.text.lines().count(), 2);

    let path = format!("/v1/billing/claims/{other}");
    let viewed = world.as_role(&tenant, Role::Viewer, "GET", &path).send().await.ok(200);
    assert_eq!((&viewed["patient_id"], &viewed["diagnoses"]), (&Value::Null, &json!([null])));
    assert_eq!(viewed["payers"][0]["member_id"], Value::Null);
    let seen = shown(&world, &tenant, other).await;
    assert_eq!(
        (&seen["patient_id"], &seen["payers"][0]["member_id"]),
        (&json!(4712), &json!("W123456789"))
    );
}

#[actix_web::test]
async fn a_dry_run_shows_the_entry_of_a_submission_and_appends_nothing() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = drafted(&world, &tenant, "C-6").await;
    let path = format!("/v1/billing/claims/{id}/submit?dry_run=true");
    let preview = world.post(&tenant, &path, submission(1)).send().await.ok(200);
    assert_eq!(preview["events"][0]["type"], "billing.claim.submitted");
    assert_eq!(preview["entries"][0]["lines"][0]["account"], "1110");
    assert_eq!(shown(&world, &tenant, &id).await["status"], "draft");
}

#[actix_web::test]
async fn claims_come_in_bulk_as_well() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = drafted(&world, &tenant, "C-7").await;
    let commands = json!({"atomic": true, "commands": [
        {"command": "draft_claim", "body": asked("C-8")},
        {"command": "submit_claim", "claim_id": id, "body": submission(9)},
    ]});
    let done = world.post(&tenant, "/v1/commands/bulk", commands).send().await;
    assert!(done.status.is_success(), "{}", done.text);
    assert_eq!(shown(&world, &tenant, &id).await["status"], "submitted");
}
