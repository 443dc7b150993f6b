//! What is an act, and what is not.

use ledger::statement::{By, Held, HoldReason, Lifecycle, Overridden, StatementEvent};
use time::macros::date;
use uuid::Uuid;

use super::{Act, BillingAuditLogs};
use crate::{
    engine::{Word, fold},
    testing::{log, sealed, statements::generated, usd},
};

#[test]
fn every_act_is_told_once_and_what_is_about_a_person_stays_sealed() {
    let held = Held {
        balance_due: usd(50_000),
        by: By::Agent,
        held_on: date!(2026 - 02 - 01),
        reason: HoldReason::AboveThreshold,
    };
    let overridden = Overridden {
        lifecycle_state: Lifecycle::Drafted,
        overridden_on: date!(2026 - 02 - 02),
        reason: sealed("reason"),
    };
    let events: Vec<StatementEvent> = vec![generated(By::Agent), held.into(), overridden.into()];
    let rows = fold::<BillingAuditLogs>(&log(Uuid::from_u128(80), events));
    let told: Vec<_> = rows.values().map(|(row, _)| (row.action_type, row.acted_by)).collect();
    assert_eq!(
        told,
        [
            (Word(Act::StatementGenerated), Word(By::Agent)),
            (Word(Act::StatementHeld), Word(By::Agent)),
            (Word(Act::FounderOverride), Word(By::Founder)),
        ]
    );
    let (first, _) = &rows[&1];
    assert!(first.patient_id.is_some());
    assert_eq!(
        (first.balance_due_minor, first.new_state.as_deref()),
        (Some(50_000), Some("drafted"))
    );
    assert!(rows[&3].0.note.is_some());
}
