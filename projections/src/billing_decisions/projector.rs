//! What a decision's row says.

use ledger::{
    recorded::{LedgerEvent, Recorded},
    statement::{Decided, StatementEvent, decision_id},
    values::StatementId,
};
use serde::Serialize;
use uuid::Uuid;

use super::Row;
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct BillingDecisions;

impl ReadModel for BillingDecisions {
    const NAME: &'static str = "billing_decisions";
    const VERSION: i32 = 1;
    const HEARD_ONCE: bool = true;
    type Key = (Uuid, i32);
    type Change = Box<Row>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type == "billing.statement.decided"
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((Uuid, i32), Box<Row>)>) {
        let LedgerEvent::Statement(StatementEvent::Decided(decided)) = &event.event else { return };
        let row = row(event, decided);
        out.extend([((row.statement_id, row.decision), Box::new(row))]);
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}

fn row(event: &Recorded, decided: &Decided) -> Row {
    let statement = StatementId::new(event.aggregate_id);
    Row {
        statement_id: event.aggregate_id,
        decision: i32::from(decided.decision),
        decision_id: decision_id(statement, decided.decision),
        decision_type: Word(decided.decision_type),
        rationale: Word(decided.rationale),
        decision_rationale: decided.text(),
        confidence_bp: i32::from(decided.confidence_bp),
        risk_assessment: Word(decided.risk_assessment),
        decided_by: Word(decided.by),
        delegation_revision: decided.delegation_revision.map(i64::from),
        auto_executed: decided.auto_executed,
        requires_founder_approval: decided.requires_founder_approval,
        channel: decided.channel.map(Word),
        delivery: decided.delivery.map(i32::from),
        decided_on: decided.decided_on,
        created_at: event.recorded_at,
        decided_position: event.position,
        factors_considered: stored(&decided.factors_considered),
        alternative_actions: stored(&decided.alternative_actions),
    }
}

fn stored(list: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(list).expect("a list of words and numbers")
}
