//! Drawn up, finalized, sent, paid, taken back.

use ledger::{
    statement::{By, Figures, Finalized, Lifecycle, Parts, StatementEvent, Superseded, Voided},
    values::{AnonymousRef, StatementId},
};
use time::macros::date;
use uuid::Uuid;

use super::{Row, Statements};
use crate::{
    engine::{Word, fold},
    testing::{log, statements::generated, usd},
};

const ID: Uuid = Uuid::from_u128(80);

fn row(events: Vec<StatementEvent>) -> Row {
    fold::<Statements>(&log(ID, events)).remove(&ID).unwrap().0
}

fn finalized(by: By) -> StatementEvent {
    let parts = Parts {
        adjustments: usd(0),
        insurance_paid: usd(0),
        insurance_pending: usd(0),
        patient_paid: usd(0),
        total_charges: usd(50_000),
    };
    Finalized {
        by,
        claim_id: None,
        figures: Figures::of(parts).unwrap(),
        finalized_on: date!(2026 - 02 - 01),
        lifecycle_state: Lifecycle::Finalized,
        patient: AnonymousRef("anon_1".to_owned()),
    }
    .into()
}

#[test]
fn what_the_agent_finalizes_it_approves() {
    let row = row(vec![generated(By::Agent), finalized(By::Agent)]);
    assert!(row.ai_generated && row.ai_approved_at.is_some());
    assert_eq!((row.lifecycle_state, row.balance_due_minor), (Word(Lifecycle::Finalized), 50_000));
    assert_eq!(row.statement_number, "STMT-202602-00001");
}

#[test]
fn what_a_person_finalizes_is_not_the_agents() {
    let row = row(vec![generated(By::Founder), finalized(By::Founder)]);
    assert!(!row.ai_generated && row.ai_approved_at.is_none());
}

#[test]
fn nothing_is_due_on_a_statement_that_was_taken_back_or_replaced() {
    let voided = Voided {
        balance_released: usd(50_000),
        by: Some(By::Founder),
        lifecycle_state: Lifecycle::Voided,
        reason_code: "mistake".parse().unwrap(),
        voided_on: date!(2026 - 02 - 03),
    };
    let over = row(vec![generated(By::Agent), finalized(By::Agent), voided.into()]);
    assert_eq!((over.lifecycle_state, over.balance_due_minor), (Word(Lifecycle::Voided), 0));
    let superseded = Superseded {
        balance_moved: usd(50_000),
        lifecycle_state: Lifecycle::Voided,
        superseded_by: StatementId::new(Uuid::from_u128(81)),
        superseded_on: date!(2026 - 02 - 03),
    };
    let replaced = row(vec![generated(By::Agent), superseded.into()]);
    assert_eq!(
        (replaced.superseded_by, replaced.balance_due_minor),
        (Some(Uuid::from_u128(81)), 0)
    );
}
