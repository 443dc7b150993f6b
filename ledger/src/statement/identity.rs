//! Which ids a statement and its parts have.

use uuid::Uuid;

use crate::values::{ClaimId, OrgId, StatementId};

/// A claim's statement: the first, or a later one that takes the place of the one before.
pub fn statement_of_claim(org: OrgId, claim: ClaimId, round: u32) -> StatementId {
    StatementId::derived(org, "statement", &format!("{claim}:{round}"))
}

/// A delivery, by its number on the statement.
pub fn delivery_id(statement: StatementId, delivery: u16) -> Uuid {
    part(statement, "delivery", u32::from(delivery))
}

/// A decision, by its number on the statement.
pub fn decision_id(statement: StatementId, decision: u16) -> Uuid {
    part(statement, "decision", u32::from(decision))
}

/// The plan that is offered with a level of the schedule.
pub fn plan_id(statement: StatementId, level: u8) -> Uuid {
    part(statement, "plan", u32::from(level))
}

fn part(statement: StatementId, kind: &str, number: u32) -> Uuid {
    Uuid::new_v5(&statement.uuid(), format!("{kind}:{number}").as_bytes())
}
