//! `vectors/x12-rules.json`, balance by balance.

use serde_json::Value;

use super::*;

fn money(value: &Value) -> Money {
    Money::parse(value.as_str().unwrap(), Currency::USD).unwrap()
}

fn moneys(value: &Value) -> Vec<Money> {
    value.as_array().unwrap().iter().map(money).collect()
}

fn cuts(value: &Value) -> Vec<Adjustment> {
    let cut = |amount| Adjustment { amount, ..cut(Group::Co, "45", 0) };
    moneys(value).into_iter().map(cut).collect()
}

/// Whether the rule of the vector holds; a payment is asked for as a whole.
fn holds(rule: &Value) -> bool {
    match rule["level"].as_str().unwrap() {
        "line" => {
            let line = RemittedLine {
                adjustments: cuts(&rule["cas"]),
                charge: money(&rule["svc02"]),
                claim_line_id: None,
                paid: money(&rule["svc03"]),
                procedure: code("99213"),
                remarks: vec![],
                units: None,
            };
            balance::of_line(&line).unwrap().is_none()
        }
        "claim" => {
            let (charge, paid) = (money(&rule["clp03"]), money(&rule["clp04"]));
            let claim =
                RemittedClaim { adjustments: cuts(&rule["cas"]), charge, paid, ..claim("C", 0, 0) };
            balance::of_claim(&claim).unwrap().is_none()
        }
        "transaction" => {
            let paid = moneys(&rule["clp04"]).into_iter();
            let claims = paid.map(|paid| claim("C", paid.minor(), paid.minor()));
            let adjustments = moneys(&rule["plb"]).into_iter();
            let adjustments = adjustments.map(|amount| plb("FB", amount.minor()));
            let bpr02 = money(&rule["bpr02"]).minor();
            let command = receive(bpr02, claims.collect(), adjustments.collect());
            Remittance::default().decide(command).is_ok()
        }
        other => panic!("unknown level {other}"),
    }
}

#[test]
fn the_vectors_balance_or_do_not() {
    let vectors = include_str!("../../../tests/vectors/x12-rules.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let rules = vectors["balance"].as_array().unwrap();
    assert_eq!(rules.len(), 9);
    for rule in rules {
        assert_eq!(holds(rule), rule["ok"].as_bool().unwrap(), "{rule}");
    }
}

#[test]
fn lines_must_come_to_the_claims_charge() {
    let line = RemittedLine {
        adjustments: vec![],
        charge: usd(60),
        claim_line_id: None,
        paid: usd(60),
        procedure: code("99213"),
        remarks: vec![],
        units: None,
    };
    let whole = RemittedClaim { lines: vec![line.clone(), line], ..claim("C", 120, 120) };
    assert_eq!(balance::of_claim(&whole).unwrap(), None);
    let short = RemittedClaim { charge: usd(130), paid: usd(130), ..whole };
    let out = Imbalance { computed: usd(120), stated: usd(130) };
    assert_eq!(balance::of_claim(&short).unwrap(), Some(out));
}

#[test]
fn every_status_of_the_standard_is_known() {
    let known = ["1", "2", "3", "4", "19", "20", "21", "22", "23", "25"];
    let statuses: std::collections::BTreeSet<_> =
        known.iter().map(|code| AdviceStatus::of_code(code).unwrap()).collect();
    assert_eq!(statuses.len(), known.len());
    for unknown in ["", "0", "5", "24", "26"] {
        assert_eq!(AdviceStatus::of_code(unknown), None);
    }
}
