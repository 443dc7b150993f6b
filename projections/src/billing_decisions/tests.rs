//! What a decision's row says.

use ledger::statement::{
    Action, Against, Alternative, By, Decided, DecisionType, Factor, FactorName, Rationale, Risk,
    StatementEvent,
};
use time::macros::date;
use uuid::Uuid;

use super::BillingDecisions;
use crate::{engine::fold, testing::log};

#[test]
fn a_decision_says_why_what_was_looked_at_and_what_else_could_be_done() {
    let decided = Decided {
        alternative_actions: vec![Alternative {
            action: Action::Email,
            against: Against::Boundary,
        }],
        auto_executed: false,
        by: By::Agent,
        channel: None,
        confidence_bp: 10_000,
        decided_on: date!(2026 - 02 - 01),
        decision: 1,
        decision_type: DecisionType::Approval,
        delegation_revision: Some(3),
        delivery: None,
        factors_considered: vec![Factor {
            channel: None,
            name: FactorName::BalanceMinor,
            value: 60_000,
        }],
        rationale: Rationale::AboveThreshold,
        requires_founder_approval: true,
        risk_assessment: Risk::High,
    };
    let id = Uuid::from_u128(80);
    let events = vec![StatementEvent::from(Box::new(decided))];
    let (row, _) = fold::<BillingDecisions>(&log(id, events)).remove(&(id, 1)).unwrap();
    assert!(row.requires_founder_approval && !row.auto_executed);
    assert_eq!(row.decision_rationale, "Balance above the approval threshold");
    assert_eq!((row.confidence_bp, row.delegation_revision), (10_000, Some(3)));
    assert!(String::from_utf8(row.factors_considered).unwrap().contains("60000"));
    assert!(String::from_utf8(row.alternative_actions).unwrap().contains("boundary"));
}
