//! Book B of `vectors/journal-entries.json`, the patient's part.

use serde_json::Value;

use super::*;
use crate::journal::{Posting, postings};

/// The lines of an entry of the vectors, as account, debit, credit.
fn vector(id: &str) -> Vec<(String, i64, i64)> {
    let vectors = include_str!("../../../tests/vectors/journal-entries.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let entries = vectors["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["id"] == id).unwrap();
    let lines = entry["lines"].as_array().unwrap().iter();
    let cents = |line: &Value, side: &str| line[side].as_i64().unwrap();
    lines
        .map(|line| {
            let account = line["account"].as_str().unwrap().to_owned();
            (account, cents(line, "debit_cents"), cents(line, "credit_cents"))
        })
        .collect()
}

fn lines(known: &[StatementCommand], then: StatementCommand) -> Vec<(String, i64, i64)> {
    let entry: Vec<Posting> =
        events_of(known, then).into_iter().flat_map(|event| postings(&event.into())).collect();
    let line =
        |line: &Posting| (line.account.number().to_owned(), line.debit_minor, line.credit_minor);
    entry.iter().map(line).collect()
}

fn written(of: &[(&str, i64, i64)]) -> Vec<(String, i64, i64)> {
    of.iter().map(|(account, debit, credit)| ((*account).to_owned(), *debit, *credit)).collect()
}

#[test]
fn a_patients_money_is_entered_as_the_vectors_say() {
    let known = [of_claim(agent(), 2_000), send(agent())];
    assert_eq!(lines(&known, pay(20, 2_000)), vector("B9"));
    let known = [&known[..], &[pay(20, 2_000), follow(500, 2_000)]].concat();
    assert_eq!(lines(&known, refund(30, 20, 1_500)), vector("B10"));
    let known = [&known[..], &[refund(30, 20, 1_500)]].concat();
    assert_eq!(lines(&known, settle_refund(30)), vector("B11"));
}

#[test]
fn a_statement_of_a_claim_enters_no_receivable() {
    assert_eq!(lines(&[], of_claim(agent(), 2_000)), vec![]);
    assert_eq!(lines(&[of_claim(agent(), 2_000)], void(founder())), vec![]);
}

#[test]
fn a_statement_without_a_claim_enters_its_own() {
    let mut command = generated(agent(), 50_000, None);
    command.parts.adjustments = usd(5_000);
    command.parts.insurance_paid = usd(20_000);
    let generate = StatementCommand::Generate(Box::new(command));
    let entry = [("1120", 25_000, 0), ("4190", 5_000, 0), ("4100", 0, 30_000)];
    assert_eq!(lines(&[], generate.clone()), written(&entry));
    let back = [("4100", 25_000, 0), ("1120", 0, 25_000)];
    assert_eq!(lines(std::slice::from_ref(&generate), void(founder())), written(&back));
    let kind = AdjustmentKind::PriceConcession;
    let less = [("4195", 400, 0), ("1120", 0, 400)];
    assert_eq!(lines(&[generate], adjust(founder(), 40, kind, 400)), written(&less));
}
