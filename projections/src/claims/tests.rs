//! A claim's row along its way.

use ledger::claim::{Notice, Status};

use super::{Claims, PostedAnswer, Row};
use crate::{engine::fold, testing::claims as told};

fn row(events: Vec<ledger::claim::ClaimEvent>) -> Row {
    let log = told::claim(events);
    fold::<Claims>(&log).into_values().next().unwrap().0
}

#[test]
fn a_claim_that_was_not_sent_is_owed_nothing() {
    let row = row(vec![told::drafted()]);
    assert_eq!((row.status.0, row.drafted_minor, row.charge_minor), (Status::Draft, 12_000, 0));
    assert_eq!((row.payer_id.as_deref(), row.payer_order), (Some("P"), None));
}

#[test]
fn the_furthest_word_stays_whatever_comes_late() {
    let heard = vec![
        told::drafted(),
        told::submitted(),
        told::acknowledged(Notice::Accepted, Status::Accepted),
        told::acknowledged(Notice::SyntaxAccepted, Status::Accepted),
    ];
    let row = row(heard);
    assert_eq!(row.acknowledgement.unwrap().0, Notice::Accepted);
    assert_eq!((row.status.0, row.charge_minor), (Status::Accepted, 12_000));
    assert_eq!(row.payer_claim_number.as_deref(), Some("ICN1"));
}

#[test]
fn an_answer_stands_until_it_is_taken_back() {
    let answered = vec![told::drafted(), told::submitted(), told::adjudicated()];
    let before = row(answered.clone());
    assert_eq!((before.denied_minor, before.insurance_paid_minor), (1_000, 8_000));
    let after = row([answered, vec![told::reversed()]].concat());
    assert_eq!((after.denied_minor, after.insurance_balance_minor), (0, 12_000));
    let answers: Vec<PostedAnswer> = serde_json::from_str(&after.answers).unwrap();
    assert!(!answers[0].stands());
}
