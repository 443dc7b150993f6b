//! Book A of `vectors/journal-entries.json`, entry by entry, from orders to postings.

use serde_json::Value;
use time::macros::date;

use super::*;
use crate::{
    journal::{Posting, postings},
    recorded::LedgerEvent,
};

/// The lines of an entry of the vectors, as account, debit, credit.
fn vector(id: &str) -> Vec<(String, i64, i64)> {
    let vectors = include_str!("../../../tests/vectors/journal-entries.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let entries = vectors["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["id"] == id).unwrap();
    let side = |line: &Value, name: &str| line[name].as_i64().unwrap();
    entry["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let account = line["account"].as_str().unwrap().to_owned();
            (account, side(line, "debit_cents"), side(line, "credit_cents"))
        })
        .collect()
}

/// Sums by account, so that a fee and its dispute may leave one account in two lines.
fn by_account(lines: Vec<(String, i64, i64)>) -> std::collections::BTreeMap<String, (i64, i64)> {
    let mut sums = std::collections::BTreeMap::<String, (i64, i64)>::new();
    for (account, debit, credit) in lines {
        let sum = sums.entry(account).or_default();
        *sum = (sum.0 + debit, sum.1 + credit);
    }
    sums
}

/// What an order posts after a history.
fn posted(history: &[InvoiceCommand], command: InvoiceCommand) -> Vec<(String, i64, i64)> {
    let (invoice, _) = after(history.to_vec());
    let events = invoice.decide(command).unwrap();
    let line =
        |line: Posting| (line.account.number().to_owned(), line.debit_minor, line.credit_minor);
    events.into_iter().flat_map(|event| postings(&LedgerEvent::from(event))).map(line).collect()
}

fn assert_entry(history: &[InvoiceCommand], command: InvoiceCommand, id: &str) {
    assert_eq!(by_account(posted(history, command)), by_account(vector(id)), "{id}");
}

fn by_stripe(number: u128, minor: i64) -> InvoiceCommand {
    let InvoiceCommand::RecordPayment(payment) = pay(number, minor) else { unreachable!() };
    let method = PaymentMethod::Stripe;
    InvoiceCommand::RecordPayment(RecordPayment { method, ..payment })
}

fn issue() -> InvoiceCommand {
    InvoiceCommand::Issue(Issue {
        configured_rate: rate("0.05"),
        issued_on: date!(2026 - 01 - 01),
        jurisdiction: Some("CA-AB".parse().unwrap()),
        number: Some(7),
    })
}

/// 12 activations at 2.00 and a month of 150.00 ahead, GST 5 %.
fn monthly() -> Vec<InvoiceCommand> {
    let activations =
        AddLine { item_type: ItemType::PatientActivation, ..line(1, 12, 200, "0.05") };
    vec![open(), add(activations), add(plan(2, 15_000, "0.05"))]
}

/// A set-up fee of 99.00, GST 5 %.
fn set_up() -> Vec<InvoiceCommand> {
    let fee = AddLine { item_type: ItemType::SetupFee, ..line(1, 1, 9_900, "0.05") };
    vec![open(), add(fee)]
}

#[test]
fn issuing_and_earning_post_as_the_vectors_say() {
    assert_entry(&monthly(), issue(), "A2");
    let issued = with(monthly(), [issue()]);
    assert_entry(&issued, recognize(january(31)), "A3");
    assert_entry(&set_up(), issue(), "A4");
    assert_entry(&with(set_up(), [issue()]), recognize(january(31)), "A5");
}

#[test]
fn paying_and_refunding_post_as_the_vectors_say() {
    let issued = with(monthly(), [issue()]);
    assert_entry(&issued, by_stripe(1, 18_270), "A6");
    let paid = with(issued, [by_stripe(1, 18_270)]);
    assert_entry(&paid, by_stripe(2, 1_000), "A14");

    let activation = AddLine { item_type: ItemType::PatientActivation, ..line(1, 1, 200, "0.05") };
    let one = vec![open(), add(activation), issue(), by_stripe(1, 210)];
    assert_entry(&one, refund(5, 1, 210), "A8");
    let settle =
        InvoiceCommand::SettleRefund(SettleRefund { refund_id: id(5), settled_on: january(42) });
    assert_entry(&with(one, [refund(5, 1, 210)]), settle, "A9");
}

#[test]
fn disputes_post_as_the_vectors_say() {
    let paid = with(set_up(), [issue(), by_stripe(1, 10_395)]);
    let InvoiceCommand::OpenDispute(open) = dispute(60, 1, 10_395) else { unreachable!() };
    let open = InvoiceCommand::OpenDispute(OpenDispute { fee: usd(1_500), ..open });
    assert_entry(&paid, open.clone(), "A10");
    let disputed = with(paid, [open]);
    assert_entry(&disputed, win(60), "A11");
    let lost = vec![("5010".to_owned(), 10_395, 0), ("1100".to_owned(), 0, 10_395)];
    assert_eq!(posted(&disputed, lose(60)), lost);
}

#[test]
fn giving_up_and_claiming_again_post_as_the_vectors_say() {
    assert_entry(&issued(5_000), write_off(), "A12");
    let mirror: Vec<_> = vector("A12")
        .into_iter()
        .map(|(account, debit, credit)| (account, credit, debit))
        .collect();
    let given_up = with(issued(5_000), [write_off()]);
    let claimed = by_account(posted(&given_up, reverse_write_off()));
    assert_eq!(claimed, by_account(mirror));
}

#[test]
fn unearned_time_that_is_credited_posts_as_the_vectors_say() {
    // 150.00 untaxed over 30 days, 20 of them served: 50.00 is unearned.
    let covers = covering(1, 31);
    let line = AddLine { covers, ..plan(1, 15_000, "0") };
    let history = vec![open(), add(line), issue(), by_stripe(1, 15_000), recognize(january(20))];
    let (invoice, _) = after(history.clone());
    assert_eq!(invoice.deferred(), Some(usd(5_000)));
    assert_entry(&history, note(50, CreditScope::Amount(usd(5_000))), "A16");
}
