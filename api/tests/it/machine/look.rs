//! Compares what the service shows with what the model knows.

use proptest::sample::Index;
use serde_json::Value;

use super::{
    drive::{Drive, money},
    model::{Invoice, Status},
};
use crate::support::Answer;

/// What was true at a position.
pub(crate) struct Seen {
    position: i64,
    invoices: Vec<Invoice>,
}

/// The invoice of a step as it is now, and, where that is asked, one as it was.
pub(crate) async fn at_invoices(drive: &mut Drive<'_>, which: Index, back: Option<Index>) {
    let Some(last) = drive.invoices.len().checked_sub(1) else { return };
    // A draft that was just made is the last.
    let which = which.index(last + 1);
    for invoice in [&drive.invoices[which], &drive.invoices[last]] {
        let shown = drive.world.invoice(&drive.tenant, &invoice.id).await;
        compare(invoice, &shown);
    }
    let position = drive.world.ledger.head(drive.tenant.org).await.unwrap().unwrap();
    drive.past.push(Seen { position, invoices: drive.invoices.clone() });
    let Some(back) = back else { return };
    let seen = back.get(&drive.past);
    let invoice = &drive.invoices[which];
    let path = format!("/v1/billing/invoices/{}", invoice.id);
    let path = format!("{path}?as_of_position={}", seen.position);
    let answer = drive.world.get(&drive.tenant, &path).send().await;
    match seen.invoices.iter().find(|then| then.id == invoice.id) {
        Some(then) => compare(then, &answer.ok(200)),
        None => drop(answer.problem(404, "invoice.unknown")),
    }
}

#[track_caller]
fn compare(invoice: &Invoice, shown: &Value) {
    let figures = [
        ("total_amount", invoice.total),
        ("balance_due", invoice.balance),
        ("amount_paid", invoice.paid),
        ("unapplied_credit", invoice.credit),
        ("amount_refunded", invoice.refunded),
        ("amount_written_off", invoice.written_off),
    ];
    assert_eq!(shown["status"], invoice.status.word(), "{invoice:?} {shown}");
    for (name, minor) in figures {
        assert_eq!(shown[name], money(minor), "{name} of {invoice:?} {shown}");
    }
}

/// The list, the timelines and the books, once a history is over.
pub(crate) async fn at_everything(drive: &Drive<'_>) {
    let office = format!("/v1/billing/offices/{}/invoices?limit=200", drive.tenant.org);
    let listed = settled(drive, &office).await.ok(200);
    let listed = listed["invoices"].as_array().unwrap();
    assert_eq!(listed.len(), drive.invoices.len());
    for invoice in &drive.invoices {
        let row = listed.iter().find(|row| row["invoice_id"] == invoice.id);
        compare(invoice, row.unwrap());
        timeline(drive, invoice).await;
    }
    // Money is conserved: what came and did not go back stands somewhere.
    let here: i64 = drive.invoices.iter().map(|invoice| invoice.paid + invoice.credit).sum();
    assert_eq!(here + drive.held, drive.received);
    let held = settled(drive, "/v1/admin/finance/held-payments").await.ok(200);
    let held = held["held_payments"].as_array().or(held["payments"].as_array()).unwrap();
    let held: i64 = held.iter().map(|row| minor(&row["amount"])).sum();
    assert_eq!(held, drive.held);
    let balance = settled(drive, "/v1/admin/journal/trial-balance").await.ok(200);
    let mut differences = Vec::new();
    named(&balance, "difference", &mut differences);
    assert!(differences.iter().all(|found| *found == "0.00"), "{balance}");
    let owed: i64 = drive.invoices.iter().map(|invoice| invoice.balance).sum();
    let ageing = settled(drive, "/v1/admin/reports/ageing").await.ok(200);
    let mut totals = Vec::new();
    named(&ageing, "total_cents", &mut totals);
    let shown: i64 = totals.iter().filter_map(Value::as_i64).sum();
    assert_eq!(shown, owed, "{ageing}");
}

async fn timeline(drive: &Drive<'_>, invoice: &Invoice) {
    let path = format!("/v1/admin/timeline/invoice/{}?limit=200", invoice.id);
    let told = settled(drive, &path).await.ok(200);
    let entries = told["entries"].as_array().unwrap();
    let count = |name: &str| {
        let name = format!("billing.invoice.{name}");
        entries.iter().filter(|entry| entry["type"] == name.as_str()).count()
    };
    assert_eq!(count("payment_succeeded"), invoice.payments.len(), "{told}");
    assert_eq!(count("canceled"), usize::from(invoice.status == Status::Canceled), "{told}");
}

/// An answer that knows all that happened.
async fn settled(drive: &Drive<'_>, path: &str) -> Answer {
    let head = drive.world.ledger.head(drive.tenant.org).await.unwrap().unwrap();
    let ask = drive.world.get(&drive.tenant, path);
    ask.header("daybook-min-position", head.to_string()).send().await
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
