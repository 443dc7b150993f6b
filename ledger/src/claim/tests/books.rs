//! Book B of `vectors/journal-entries.json`, line by line.

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

fn lines(known: &[ClaimCommand], then: ClaimCommand) -> Vec<(String, i64, i64)> {
    let entry: Vec<Posting> =
        events_of(known, then).into_iter().flat_map(|event| postings(&event.into())).collect();
    let line =
        |line: &Posting| (line.account.number().to_owned(), line.debit_minor, line.credit_minor);
    entry.iter().map(line).collect()
}

#[test]
fn a_claim_is_entered_as_the_vectors_say() {
    let mut known = vec![draft(12_000)];
    let steps = [
        (submit(), "B1"),
        (post("T1", b2()), "B2"),
        (post("T2", b4()), "B4"),
        (post("T3", b5()), "B5"),
        (write_off(1, WriteOffKind::PriceConcession, 500), "B12"),
    ];
    for (then, id) in steps {
        assert_eq!(lines(&known, then.clone()), vector(id), "{id}");
        known.push(then);
    }
}

#[test]
fn charity_was_never_revenue() {
    let all = advice(AdviceStatus::Primary, 10_000, 0, vec![cut(Group::Pr, "1", 10_000)]);
    let known = [draft(10_000), submit(), post("T1", all)];
    assert_eq!(lines(&known, write_off(1, WriteOffKind::CharityCare, 10_000)), vector("B13"));
}

#[test]
fn a_second_payer_tells_again_what_the_first_did_and_that_posts_nothing() {
    let known = [
        draft_of(content(&[10_000], &["P", "S"])),
        submit(),
        post("T1", advice(AdviceStatus::Primary, 10_000, 8_000, vec![cut(Group::Pr, "2", 2_000)])),
    ];
    let second = advice(AdviceStatus::Secondary, 10_000, 2_000, vec![cut(Group::Oa, "23", 8_000)]);
    let second = ClaimCommand::Adjudicate(post_by("S", "T2", second));
    assert_eq!(lines(&known, second), vector("B14"));
}

#[test]
fn a_denial_is_written_off_by_decision_only() {
    let mut known = vec![draft(7_500), submit()];
    assert_eq!(lines(&known, post("T1", b15())), vector("B15"));
    known.push(post("T1", b15()));
    assert_eq!(lines(&known, write_off(1, WriteOffKind::PayerReduction, 7_500)), vector("B16"));
    known.push(write_off(1, WriteOffKind::PayerReduction, 7_500));
    let back: Vec<_> =
        vector("B16").into_iter().rev().map(|(of, debit, credit)| (of, credit, debit)).collect();
    assert_eq!(lines(&known, reverse_write_off(1)), back);
}

#[test]
fn a_void_takes_the_charge_back() {
    let known = [draft(12_000), submit(), acknowledge(1, Notice::SyntaxRejected)];
    let back: Vec<_> =
        vector("B1").into_iter().map(|(of, debit, credit)| (of, credit, debit)).collect();
    assert_eq!(lines(&known, void()), back);
}
