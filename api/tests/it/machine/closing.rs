//! The lists, the timelines, the books and the past, once a history is over.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use super::{
    drive::Drive,
    invoices::{Invoice, Status},
    look::{as_it_was, compare, number, read, statement_of, unknown_code},
    requests::{money, shown_at},
    state::Subject,
};
use crate::support::Tenant;

/// At so many moments of a history everything is asked for again.
const MOMENTS: usize = 2;

pub(crate) async fn at_everything(drive: &Drive<'_>, other: &Tenant) {
    invoices(drive).await;
    shares(drive).await;
    plans(drive).await;
    books(drive).await;
    // What was seen at a position is seen there for good, and what came later is not.
    for moment in 0..MOMENTS {
        let (position, then) = &drive.past[(drive.past.len() - 1) * moment / MOMENTS];
        for subject in drive.state.subjects() {
            as_it_was(drive, &subject, *position, then).await;
        }
    }
    nothing_of_it(drive, other).await;
}

async fn invoices(drive: &Drive<'_>) {
    let state = &drive.state;
    let office = format!("/v1/billing/offices/{}/invoices?limit=200", drive.tenant.org);
    let listed = read(drive, &office).await.ok(200);
    let listed = listed["invoices"].as_array().unwrap();
    assert_eq!(listed.len(), state.invoices.len());
    for invoice in &state.invoices {
        let row = listed.iter().find(|row| row["invoice_id"] == invoice.id);
        compare(&Subject::Invoice(invoice.clone()), row.unwrap());
        timeline(drive, invoice).await;
    }
    // Money is conserved: what came and did not go back stands somewhere.
    let here: i64 = state.invoices.iter().map(|invoice| invoice.paid + invoice.credit).sum();
    assert_eq!(here + state.held, state.received);
    let held = read(drive, "/v1/admin/finance/held-payments").await.ok(200);
    let held = held["held_payments"].as_array().or(held["payments"].as_array()).unwrap();
    let held: i64 = held.iter().map(|row| minor(&row["amount"])).sum();
    assert_eq!(held, state.held);
    let owed: i64 = state.invoices.iter().map(|invoice| invoice.balance).sum();
    let ageing = read(drive, "/v1/admin/reports/ageing").await.ok(200);
    let mut totals = Vec::new();
    named(&ageing, "total_cents", &mut totals);
    let shown: i64 = totals.iter().filter_map(Value::as_i64).sum();
    assert_eq!(shown, owed, "{ageing}");
}

async fn timeline(drive: &Drive<'_>, invoice: &Invoice) {
    let path = format!("/v1/admin/timeline/invoice/{}?limit=200", invoice.id);
    let told = read(drive, &path).await.ok(200);
    let entries = told["entries"].as_array().unwrap();
    let count = |name: &str| {
        let name = format!("billing.invoice.{name}");
        entries.iter().filter(|entry| entry["type"] == name.as_str()).count()
    };
    assert_eq!(count("payment_succeeded"), invoice.payments.len(), "{told}");
    assert_eq!(count("canceled"), usize::from(invoice.status == Status::Canceled), "{told}");
}

/// What a claim leaves to the patient is asked for by one statement, to the cent.
async fn shares(drive: &Drive<'_>) {
    for claim in &drive.state.claims {
        let balance = claim.patient_balance();
        match statement_of(drive, &claim.id).await {
            Some((id, _)) => {
                let path = format!("/v1/founder-billing/statements/{id}");
                let due = read(drive, &path).await.ok(200)["balance_due"].clone();
                assert_eq!(due, number(balance), "{claim:?}");
            }
            None => assert!(balance <= 0, "nobody asks for {claim:?}"),
        }
    }
}

/// Plans, and which instalments of them are covered.
async fn plans(drive: &Drive<'_>) {
    for statement in &drive.state.statements {
        let path =
            format!("/v1/founder-billing/payment-plans?limit=200&statement_id={}", statement.id);
        let listed = read(drive, &path).await.ok(200);
        let listed = listed.as_array().unwrap();
        assert_eq!(listed.len(), statement.plans.len());
        for plan in &statement.plans {
            let shown = listed.iter().find(|row| row["plan_id"] == plan.id).unwrap();
            assert_eq!(shown["state"], plan.word(), "{plan:?} {shown}");
            assert_eq!(shown["balance_due"], number(plan.balance), "{plan:?} {shown}");
            let instalments = shown["instalments"].as_array().unwrap();
            let amounts: Vec<&Value> = instalments.iter().map(|row| &row["amount"]).collect();
            let asked: Vec<Value> = plan.instalments.iter().map(|minor| number(*minor)).collect();
            assert_eq!(amounts, asked.iter().collect::<Vec<_>>(), "{plan:?}");
            let paid = instalments.iter().filter(|row| row["paid_on"].is_string()).count();
            assert_eq!(paid, plan.paid, "{plan:?} {shown}");
        }
    }
}

/// The books balance, and have what the model has.
async fn books(drive: &Drive<'_>) {
    let state = &drive.state;
    let said = read(drive, "/v1/admin/journal/trial-balance").await.ok(200);
    let mut differences = Vec::new();
    named(&said, "difference", &mut differences);
    assert!(differences.iter().all(|found| *found == "0.00"), "{said}");
    let claims = state.claims.iter();
    let insurance: i64 = claims.clone().map(|claim| claim.insurance_balance()).sum();
    let shares: i64 = claims.clone().map(|claim| claim.patient_balance()).sum();
    let patients: i64 = state.statements.iter().map(|statement| statement.receivable()).sum();
    let parked: i64 = claims.flat_map(|claim| &claim.parked).map(|answer| answer.paid).sum();
    let credit: i64 = state.invoices.iter().map(|invoice| invoice.credit).sum();
    let owed: i64 = state.invoices.iter().map(|invoice| invoice.balance).sum();
    let accounts = said["balances"][0]["accounts"].as_array();
    let expected = [
        ("1100", owed),
        ("1110", insurance),
        ("1120", shares + patients),
        ("2200", -(parked + credit + state.held)),
    ];
    for (account, minor) in expected {
        let found = accounts.and_then(|all| all.iter().find(|row| row["account"] == account));
        let found = found.map_or(json!("0.00"), |row| row["balance"].clone());
        assert_eq!(found, money(minor), "{account} {said}");
    }
}

/// Another org sees nothing, and orders nothing.
async fn nothing_of_it(drive: &Drive<'_>, other: &Tenant) {
    let head = drive.world.ledger.head(drive.tenant.org).await.unwrap();
    for subject in drive.state.subjects() {
        let path = shown_at(&subject);
        let ask = drive.world.as_role(other, Role::Owner, "GET", &path);
        ask.send().await.problem(404, unknown_code(&subject));
    }
    if let Some(invoice) = drive.state.invoices.first() {
        let path = format!("/v1/billing/invoices/{}/cancel", invoice.id);
        let ask = drive.world.post(other, &path, json!({"reason_code": "machine"}));
        ask.send().await.problem(404, "invoice.unknown");
    }
    assert_eq!(drive.world.ledger.head(drive.tenant.org).await.unwrap(), head);
}

fn minor(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn named(value: &Value, name: &str, found: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            if key == name {
                found.push(value.clone());
            }
            named(value, name, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| named(item, name, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
