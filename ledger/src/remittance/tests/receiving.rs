use serde_json::Value;

use super::*;
use crate::{
    claim::PostingPolicy,
    journal::{Posting, postings},
};

#[test]
fn a_payment_is_received_once() {
    let claims = || vec![claim("C1", 120, 80), claim("C2", 50, 50)];
    let known = [receive(130, claims(), vec![])];
    given(&known).when(known[0].clone()).then_expect_events(vec![]);
    let later = Receive { posted_on: date!(2026 - 03 - 25), ..receive_of(130, claims(), vec![]) };
    given(&known).when(RemittanceCommand::Receive(later)).then_expect_events(vec![]);
    given(&known)
        .when(receive(80, vec![claim("C1", 120, 80)], vec![]))
        .then_expect_error(RemittanceError::Exists { paid: usd(130) });
}

#[test]
fn nothing_of_a_payment_that_does_not_add_up_is_taken_in() {
    let imbalance = Imbalance { computed: usd(80), stated: usd(79) };
    given(&[])
        .when(receive(79, vec![claim("C1", 120, 80)], vec![]))
        .then_expect_error(RemittanceError::Unbalanced { imbalance });
    given(&[])
        .when(receive(-60, vec![claim("C1", -60, -60)], vec![]))
        .then_expect_error(RemittanceError::NegativePayment { paid: usd(-60) });
    let off = RemittedClaim { paid: usd(81), ..claim("C2", 120, 80) };
    let (account, line, sequence) = (code("C2"), None, 2);
    let imbalance = Imbalance { computed: usd(80), stated: usd(81) };
    given(&[])
        .when(receive(161, vec![claim("C1", 80, 80), off], vec![]))
        .then_expect_error(RemittanceError::ClaimUnbalanced { account, imbalance, line, sequence });
    let eur: Currency = "EUR".parse().unwrap();
    let foreign =
        Receive { paid: Money::zero(eur), ..receive_of(0, vec![claim("C1", 0, 0)], vec![]) };
    given(&[])
        .when(RemittanceCommand::Receive(foreign))
        .then_expect_error(RemittanceError::CurrencyMismatch { left: eur, right: Currency::USD });
}

#[test]
fn lines_out_in_a_claim_that_adds_up_are_policy() {
    let line = |charge, paid| RemittedLine {
        adjustments: vec![],
        charge: usd(charge),
        claim_line_id: None,
        paid: usd(paid),
        procedure: code("99213"),
        remarks: vec![],
        units: None,
    };
    let lines = vec![line(60, 50), line(60, 70)];
    let claims = vec![RemittedClaim { lines, ..claim("C1", 120, 120) }];
    let strict = receive_of(120, claims, vec![]);
    let (account, line, sequence) = (code("C1"), Some(1), 1);
    let imbalance = Imbalance { computed: usd(60), stated: usd(50) };
    given(&[])
        .when(RemittanceCommand::Receive(strict.clone()))
        .then_expect_error(RemittanceError::ClaimUnbalanced { account, imbalance, line, sequence });
    let lenient = Receive { lines: LineRule::PostClaim, ..strict };
    assert_eq!(after(&[RemittanceCommand::Receive(lenient)]).waiting().len(), 1);
}

#[test]
fn answers_that_are_alike_are_told_apart() {
    let claims = vec![claim("C1", 50, 50), claim("C2", 50, 50), claim("C1", 50, 50)];
    let remittance = after(&[receive(150, claims, vec![])]);
    let occurrence = |sequence: u32| remittance.waiting()[&sequence].advised.occurrence;
    assert_eq!([occurrence(1), occurrence(2), occurrence(3)], [1, 1, 2]);
}

#[test]
fn what_is_posted_is_posted_once_and_forgotten() {
    let known = [receive(50, vec![claim("C1", 50, 50)], vec![]), mark_posted(1)];
    given(&known).when(mark_posted(1)).then_expect_events(vec![]);
    given(&known).when(park(1)).then_expect_error(RemittanceError::Posted { sequence: 1 });
    assert!(after(&known).waiting().is_empty());
    let posted = after(&known).adjudication(1, PostingPolicy::default(), TODAY);
    assert_eq!(posted, Err(RemittanceError::Posted { sequence: 1 }));
    for sequence in [0, 2] {
        given(&known)
            .when(mark_posted(sequence))
            .then_expect_error(RemittanceError::UnknownClaim { claims: 1, sequence });
    }
    given(&[]).when(mark_posted(1)).then_expect_error(RemittanceError::Unknown);
}

#[test]
fn what_is_parked_keeps_what_the_payer_said() {
    let known = [receive(50, vec![claim("C1", 50, 50)], vec![]), park(1)];
    given(&known).when(park(1)).then_expect_events(vec![]);
    let remittance = after(&known);
    assert_eq!(remittance.waiting()[&1].parked, Some(ParkReason::UnknownClaim));
    let order = remittance.adjudication(1, PostingPolicy::default(), TODAY).unwrap();
    assert_eq!((order.advice, order.payment), (claim("C1", 50, 50), payment("T1")));
}

#[test]
fn a_refusal_of_the_claim_says_why_it_is_parked() {
    let reason = ParkReason::of_refusal;
    assert_eq!(reason("claim.unknown"), ParkReason::UnknownClaim);
    assert_eq!(reason("claim.not_submitted"), ParkReason::NotSubmitted);
    assert_eq!(reason("claim.nothing_to_reverse"), ParkReason::NothingToReverse);
    assert_eq!(reason("claim.currency_mismatch"), ParkReason::Refused);
}

#[test]
fn a_deposit_is_exactly_what_was_paid() {
    let known = [receive(50, vec![claim("C1", 50, 50)], vec![]), match_deposit(50)];
    given(&known).when(match_deposit(50)).then_expect_events(vec![]);
    given(&known[..1])
        .when(match_deposit(49))
        .then_expect_error(RemittanceError::OtherDeposit { deposited: usd(49), paid: usd(50) });
}

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

fn lines(known: &[RemittanceCommand], then: RemittanceCommand) -> Vec<(String, i64, i64)> {
    let events = after(known).decide(then).unwrap();
    let entry: Vec<Posting> =
        events.into_iter().flat_map(|event| postings(&event.into())).collect();
    let line =
        |line: &Posting| (line.account.number().to_owned(), line.debit_minor, line.credit_minor);
    entry.iter().map(line).collect()
}

#[test]
fn provider_adjustments_are_entered_as_the_vectors_say() {
    let entry = |paid, total, plb| lines(&[], receive(paid, vec![claim("C1", total, total)], plb));
    assert_eq!(entry(5_125, 10_000, vec![plb("WO", 5_000), plb("L6", -125)]), vector("B6"));
    assert_eq!(entry(0, -6_000, vec![plb("FB", -6_000)]), vector("B7"));
    assert_eq!(entry(4_000, 10_000, vec![plb("FB", 6_000)]), vector("B8"));
}

#[test]
fn a_deposit_and_what_is_parked_are_entered() {
    let known = [receive(8_000, vec![claim("C1", 12_000, 8_000)], vec![])];
    assert_eq!(lines(&known, match_deposit(8_000)), vector("B3"));
    let unapplied = |debit: &str, credit: &str| {
        vec![(debit.to_owned(), 8_000, 0), (credit.to_owned(), 0, 8_000)]
    };
    assert_eq!(lines(&known, mark_posted(1)), []);
    assert_eq!(lines(&known, park(1)), unapplied("1020", "2200"));
    let parked = [known.to_vec(), vec![park(1)]].concat();
    assert_eq!(lines(&parked, mark_posted(1)), unapplied("2200", "1020"));
}
