//! Offered, accepted, paid.

use ledger::statement::{
    By, Instalment, InstalmentMissed, InstalmentPaid, PlanAccepted, PlanOffered, PlanState,
    StatementEvent,
};
use time::macros::date;
use uuid::Uuid;

use super::{InstalmentState, PaymentPlans};
use crate::{
    engine::{Word, fold},
    testing::{log, usd},
};

const PLAN: Uuid = Uuid::from_u128(82);

#[test]
fn instalments_are_marked_one_by_one() {
    let one =
        |number: u16| Instalment { amount: usd(10_000), due_on: date!(2026 - 03 - 01), number };
    let offered = PlanOffered {
        balance_due: usd(20_000),
        by: By::Agent,
        delegation_revision: Some(1),
        escalation_level: Some(1),
        instalments: vec![one(1), one(2)],
        offered_on: date!(2026 - 02 - 01),
        plan_id: PLAN,
    };
    let accepted = PlanAccepted { accepted_on: date!(2026 - 02 - 02), plan_id: PLAN };
    let paid = InstalmentPaid {
        instalment: one(1),
        paid_on: date!(2026 - 02 - 20),
        payment_id: Uuid::from_u128(3),
        plan_id: PLAN,
    };
    let missed =
        InstalmentMissed { instalment: one(2), missed_on: date!(2026 - 03 - 02), plan_id: PLAN };
    let events: Vec<StatementEvent> =
        vec![offered.into(), accepted.into(), paid.into(), missed.into()];
    let rows = fold::<PaymentPlans>(&log(Uuid::from_u128(80), events));
    let (row, _) = &rows[&PLAN];
    assert_eq!((row.state, row.paid_count, row.missed_count), (Word(PlanState::Active), 1, 1));
    let states: Vec<InstalmentState> = serde_json::from_slice(&row.instalments).unwrap();
    assert_eq!(states[0].paid_on, Some(date!(2026 - 02 - 20)));
    assert_eq!((states[1].paid_on, states[1].missed_on), (None, Some(date!(2026 - 03 - 02))));
}
