//! A decision in the making: each event is heard before the next one is thought of.

use super::{
    Alternative, Authority, Channel, Decided, DecisionType, Factor, Lifecycle, Rationale, Risk,
    Statement, StatementEvent,
};
use time::Date;

/// Events decided so far, and the statement after them.
pub(super) struct Course {
    pub(super) events: Vec<StatementEvent>,
    pub(super) statement: Statement,
}

/// A decision, before it has its number.
pub(super) struct Reasons {
    pub(super) alternatives: Vec<Alternative>,
    pub(super) auto_executed: bool,
    pub(super) channel: Option<Channel>,
    pub(super) confidence_bp: u16,
    pub(super) decision_type: DecisionType,
    pub(super) delivery: Option<u16>,
    pub(super) factors: Vec<Factor>,
    pub(super) rationale: Rationale,
    pub(super) risk: Risk,
}

impl Course {
    pub(super) fn of(statement: &Statement) -> Self {
        Self { events: vec![], statement: statement.clone() }
    }

    /// Adds an event that says where the statement stands after it.
    pub(super) fn then(&mut self, make: impl Fn(Lifecycle) -> StatementEvent) {
        self.statement.hear(make(Lifecycle::Unknown));
        self.events.push(make(self.statement.lifecycle()));
    }

    /// Adds an event.
    pub(super) fn add(&mut self, event: impl Into<StatementEvent>) {
        let event = event.into();
        self.statement.hear(event.clone());
        self.events.push(event);
    }

    /// Adds why.
    pub(super) fn because(&mut self, authority: &Authority, decided_on: Date, reasons: Reasons) {
        self.add(Box::new(Decided {
            alternative_actions: reasons.alternatives,
            auto_executed: reasons.auto_executed,
            by: authority.by,
            channel: reasons.channel,
            confidence_bp: reasons.confidence_bp,
            decided_on,
            decision: self.statement.decisions.saturating_add(1),
            decision_type: reasons.decision_type,
            delegation_revision: authority.revision(),
            delivery: reasons.delivery,
            factors_considered: reasons.factors,
            rationale: reasons.rationale,
            // What waits for the account goes on by itself.
            requires_founder_approval: authority.is_agent()
                && !reasons.auto_executed
                && reasons.rationale != Rationale::NotEntitled,
            risk_assessment: reasons.risk,
        }));
    }
}
