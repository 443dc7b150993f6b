//! Reached, settled.

use ledger::{
    statement::{By, Escalated, Lifecycle, StatementEvent, Voided},
    values::AnonymousRef,
};
use time::macros::date;
use uuid::Uuid;

use super::{Resolution, StatementEscalations};
use crate::{
    engine::{Word, fold},
    testing::{log, usd},
};

const ID: Uuid = Uuid::from_u128(80);

fn escalated(level: u8) -> StatementEvent {
    Escalated {
        balance_due: usd(50_000),
        by: By::Agent,
        days_overdue: 35,
        delegation_revision: 1,
        escalated_on: date!(2026 - 03 - 04),
        escalation_level: level,
        lifecycle_state: Lifecycle::Escalated,
        next_escalation_on: None,
        patient: AnonymousRef("anon_1".to_owned()),
        payment_plan_offered: false,
    }
    .into()
}

#[test]
fn a_statement_that_is_taken_back_closes_every_level_that_was_reached_and_no_other() {
    let voided = Voided {
        balance_released: usd(0),
        by: Some(By::Founder),
        lifecycle_state: Lifecycle::Voided,
        reason_code: "mistake".parse().unwrap(),
        voided_on: date!(2026 - 03 - 05),
    };
    let rows =
        fold::<StatementEscalations>(&log(ID, vec![escalated(1), escalated(2), voided.into()]));
    assert_eq!(rows.len(), 2);
    for (row, _) in rows.values() {
        assert_eq!(row.resolution, Some(Word(Resolution::Closed)));
        assert!(row.resolved_at.is_some());
    }
}
