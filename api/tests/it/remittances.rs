//! Payments of payers over HTTP, and the claims they are for.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::{
    claims::{drafted, give, shown, submission, submitted},
    support::{Tenant, World, unknown},
};

const PATH: &str = "/v1/billing/remittances";

/// 120.00 charged, 80.00 paid, 20.00 by contract, 20.00 to the patient.
pub(crate) fn payment(trace: &str, account: &str) -> Value {
    json!({
        "payer_id": "60054", "trace": trace, "paid": "80.00", "paid_on": "2026-03-20",
        "claims": [{
            "account": account, "status": "1", "charge": "120.00", "paid": "80.00",
            "patient_responsibility": "20.00", "payer_claim_number": "ICN1",
            "adjustments": [],
            "lines": [{"procedure": "99213", "charge": "120.00", "paid": "80.00", "units": "1",
                "adjustments": [
                    {"group": "CO", "reason": "45", "amount": "20.00"},
                    {"group": "PR", "reason": "3", "amount": "20.00"}],
                "remarks": ["N130"]}],
        }],
    })
}

/// All of it taken back; the payer forwards what it is owed.
pub(crate) fn reversal(trace: &str, account: &str) -> Value {
    json!({
        "payer_id": "60054", "trace": trace, "method": "NON", "paid": "0", "paid_on": "2026-04-20",
        "provider_adjustments": [{"code": "FB", "reference": trace, "amount": "-80.00"}],
        "claims": [{
            "account": account, "status": "reversal", "charge": "-120.00", "paid": "-80.00",
            "payer_claim_number": "ICN1",
            "adjustments": [
                {"group": "CO", "reason": "45", "amount": "-20.00"},
                {"group": "PR", "reason": "3", "amount": "-20.00"}],
        }],
    })
}

pub(crate) async fn pay(world: &World, tenant: &Tenant, body: Value) -> Value {
    world.post(tenant, PATH, body).send().await.ok(201)
}

/// What payers owe, what the patient owes, what payers paid.
async fn owed(world: &World, tenant: &Tenant, id: &str) -> [String; 3] {
    let claim = shown(world, tenant, id).await;
    ["insurance_balance", "patient_balance", "insurance_paid"]
        .map(|field| claim[field].as_str().unwrap().to_owned())
}

/// Debits less credits by account, in cents; they sum to nothing.
async fn books(world: &World, tenant: &Tenant) -> Vec<(String, String)> {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let ask = world.get(tenant, "/v1/admin/journal/trial-balance");
    let said = ask.header("daybook-min-position", head).send().await.ok(200);
    let balance = &said["balances"][0];
    assert_eq!(balance["difference"], "0.00", "{said}");
    let lines = balance["accounts"].as_array().unwrap();
    let line = |line: &Value| {
        let of = |name: &str| line[name].as_str().unwrap().to_owned();
        (of("account"), of("balance"))
    };
    lines.iter().map(line).filter(|(_, balance)| balance != "0.00").collect()
}

fn is(found: &[(String, String)], expected: &[(&str, &str)]) {
    let found: Vec<_> = found.iter().map(|(account, it)| (&**account, &**it)).collect();
    assert_eq!(found, expected);
}

#[actix_web::test]
async fn a_claim_goes_from_draft_to_the_patient_and_back_and_the_books_follow() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = drafted(&world, &tenant, "INV-1013").await;
    give(&world, &tenant, &id, "submit", submission(1)).await;
    let taken = json!({"kind": "277CA", "code": "A2", "payer_claim_number": "ICN1"});
    give(&world, &tenant, &id, "acknowledgements", taken).await;
    is(&books(&world, &tenant).await, &[("1110", "120.00"), ("4100", "-120.00")]);

    let made = pay(&world, &tenant, payment("EFT1", "INV-1013")).await;
    assert_eq!((&made["posted_count"], &made["parked_count"]), (&json!(1), &json!(0)));
    assert_eq!(owed(&world, &tenant, &id).await, ["0.00", "20.00", "80.00"]);
    let answered = shown(&world, &tenant, &id).await;
    assert_eq!(answered["status"], "adjudicated");
    let answer = &answered["answers"][0];
    assert_eq!((&answer["contractual"], &answer["trace"]), (&json!("20.00"), &json!("EFT1")));
    assert_eq!(answer["lines"][0]["adjustments"][0]["group"], "CO");
    assert_eq!(answer["lines"][0]["line_id"], answered["lines"][0]["line_id"]);
    let after = books(&world, &tenant).await;
    is(&after, &[("1020", "80.00"), ("1120", "20.00"), ("4100", "-120.00"), ("4190", "20.00")]);

    // The same payment out of another file, and under another key.
    let again = world.post(&tenant, PATH, payment("EFT1", "INV-1013")).send().await.ok(200);
    assert_eq!(again["remittance_id"], made["remittance_id"]);
    assert_eq!(books(&world, &tenant).await, after);
    let mut other = payment("EFT1", "INV-1013");
    other["paid_on"] = json!("2026-03-21");
    world.post(&tenant, PATH, other).send().await.problem(409, "remittance.exists");

    let path = format!("{PATH}/{}/deposit", made["remittance_id"].as_str().unwrap());
    let short = json!({"amount": "79.99"});
    world.post(&tenant, &path, short).send().await.problem(409, "remittance.other_deposit");
    world.post(&tenant, &path, json!({"amount": "80.00"})).send().await.ok(200);
    pay(&world, &tenant, reversal("EFT2", "INV-1013")).await;
    assert_eq!(owed(&world, &tenant, &id).await, ["120.00", "0.00", "0.00"]);
    let reversed = shown(&world, &tenant, &id).await;
    assert_eq!(
        (&reversed["status"], &reversed["answers"][0]["reversal_difference"]),
        (&json!("reversed"), &json!("0.00"))
    );
    let timeline = format!("/v1/admin/timeline/claim/{id}");
    let told = world.get(&tenant, &timeline).send().await.ok(200);
    let last = told["entries"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["type"], &last["related_type"]),
        (&json!("billing.claim.reversed"), &json!("remittance"))
    );
}

#[actix_web::test]
async fn a_payment_before_its_claim_is_parked_and_posted_when_the_claim_is_sent() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let early = pay(&world, &tenant, payment("EFT1", "EARLY")).await;
    let part = &early["claims"][0];
    assert_eq!(
        (&part["status"], &part["park_reason"]),
        (&json!("parked"), &json!("unknown_claim"))
    );
    assert_eq!((&early["parked_count"], &early["parked_amount"]), (&json!(1), &json!("80.00")));
    is(&books(&world, &tenant).await, &[("1020", "80.00"), ("2200", "-80.00")]);
    let parked = world.get(&tenant, &format!("{PATH}?parked=true")).send().await.ok(200);
    assert_eq!(parked["remittances"].as_array().unwrap().len(), 1);

    let id = submitted(&world, &tenant, "EARLY").await;
    assert_eq!(owed(&world, &tenant, &id).await, ["0.00", "20.00", "80.00"]);
    is(
        &books(&world, &tenant).await,
        &[("1020", "80.00"), ("1120", "20.00"), ("4100", "-120.00"), ("4190", "20.00")],
    );
    let parked = world.get(&tenant, &format!("{PATH}?parked=true")).send().await.ok(200);
    assert_eq!(parked["remittances"], json!([]));
    let path = format!("{PATH}/{}", early["remittance_id"].as_str().unwrap());
    let posted = world.get(&tenant, &path).send().await.ok(200);
    assert_eq!(
        (&posted["claims"][0]["status"], &posted["parked_amount"]),
        (&json!("posted"), &json!("0.00"))
    );
}

#[actix_web::test]
async fn what_does_not_add_up_is_refused_with_the_figures_and_nothing_of_it_is_posted() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    submitted(&world, &tenant, "C-1").await;
    let before = world.ledger.head(tenant.org).await.unwrap();
    let mut off = payment("EFT1", "C-1");
    off["paid"] = json!("80.01");
    let problem = world.post(&tenant, PATH, off).send().await.problem(422, "remittance.unbalanced");
    let text = problem.to_string();
    assert!(text.contains("80.00") && text.contains("80.01"), "{text}");
    let mut claim = payment("EFT1", "C-1");
    claim["claims"][0]["lines"][0]["adjustments"][0]["amount"] = json!("19.00");
    let refused = world.post(&tenant, PATH, claim).send().await;
    let problem = refused.problem(422, "remittance.claim_unbalanced");
    assert!(problem.to_string().contains("C-1"), "{problem}");
    let mut below = payment("EFT1", "C-1");
    below["paid"] = json!("-80.00");
    world.post(&tenant, PATH, below).send().await.problem(422, "remittance.negative_payment");
    let mut unread = payment("EFT1", "C-1");
    unread["claims"][0]["status"] = json!("99");
    let problem = world.post(&tenant, PATH, unread).send().await.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/claims/0/status");
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), before);
}

#[actix_web::test]
async fn payments_of_payers_are_finances_and_of_one_org() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let made = pay(&world, &theirs, payment("EFT1", "C-1")).await;
    let path = format!("{PATH}/{}", made["remittance_id"].as_str().unwrap());
    world.get(&mine, &path).send().await.problem(404, "remittance.unknown");
    let deposit = world.post(&mine, &format!("{path}/deposit"), json!({"amount": "80.00"}));
    deposit.send().await.problem(404, "remittance.unknown");
    assert_eq!(world.get(&mine, PATH).send().await.ok(200)["remittances"], json!([]));
    let ask = world.as_role(&theirs, Role::Dispatcher, "POST", PATH).keyed(&unknown());
    ask.json(payment("EFT2", "C-1")).send().await.problem(403, "forbidden");
    world.as_role(&theirs, Role::Auditor, "GET", &path).send().await.ok(200);
}
