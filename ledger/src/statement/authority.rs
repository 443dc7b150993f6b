//! Who gives an order, and what stops the agent.

use serde::Serialize;

use super::{By, Statement, StatementError};
use crate::{
    delegation::{HardBoundary, Terms},
    subscription::{Entitlement, Subscription},
    values::Money,
};

/// Who gives an order, and the founder's settings and the account's standing in force when it is
/// decided. Whoever gives it has both filled in inside the writer
/// ([`patient_money::under_settings`](crate::patient_money::under_settings)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Who.
    pub by: By,
    /// Whether the account may let anything be done by itself; it is not while it is paused or
    /// past due.
    pub entitled: bool,
    /// The settings.
    pub terms: Box<Terms>,
}

impl Authority {
    /// Somebody, under these settings, for an account in good standing.
    pub fn of(by: By, terms: Terms) -> Self {
        Self { by, entitled: true, terms: Box::new(terms) }
    }

    /// The same under these settings, for this account.
    #[must_use]
    pub fn under(self, terms: &Terms, account: &Subscription) -> Self {
        let entitled = account.is_entitled_to(Entitlement::AutonomousBilling);
        Self { entitled, terms: Box::new(terms.clone()), ..self }
    }

    /// The agent, with nothing delegated until the settings are filled in.
    pub fn agent() -> Self {
        Self::of(By::Agent, Terms::default())
    }

    /// The founder, before the settings are filled in.
    pub fn founder() -> Self {
        Self::of(By::Founder, Terms::default())
    }

    /// Staff, before the settings are filled in.
    pub fn staff() -> Self {
        Self::of(By::Staff, Terms::default())
    }

    pub(super) fn is_agent(&self) -> bool {
        self.by == By::Agent
    }

    /// Which settings the agent acts under; nothing for a person.
    pub(super) fn revision(&self) -> Option<u32> {
        self.is_agent().then_some(self.terms.revision)
    }
}

/// What stops the agent. The code of the refusal names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Boundary {
    /// Above the approval threshold, or in another currency.
    AboveThreshold,
    /// It waits for the founder.
    AwaitsFounder,
    /// Escalations are not delegated.
    EscalationOff,
    /// Letters after failed e-mails are not delegated.
    FailoverOff,
    /// The founder took it over.
    FounderOverride,
    /// Never, whatever is configured.
    Hard(HardBoundary),
    /// Nothing is delegated.
    NotEnabled,
    /// The account is paused or past due: what acts by itself waits.
    NotEntitled,
    /// The balance is too small for a plan, or in another currency.
    PlanBalance,
    /// The plan is too long.
    PlanMonths,
    /// Plans are not delegated.
    PlansOff,
    /// Sending is not delegated.
    SendingOff,
}

impl Boundary {
    /// The refusal's stable code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::AboveThreshold => "statement.above_threshold",
            Self::AwaitsFounder => "statement.awaits_founder",
            Self::EscalationOff => "statement.escalation_off",
            Self::FailoverOff => "statement.failover_off",
            Self::FounderOverride => "statement.founder_override",
            Self::Hard(_) => "statement.hard_boundary",
            Self::NotEnabled => "statement.not_enabled",
            Self::NotEntitled => "statement.not_entitled",
            Self::PlanBalance => "statement.plan_balance",
            Self::PlanMonths => "statement.plan_months",
            Self::PlansOff => "statement.plans_off",
            Self::SendingOff => "statement.sending_off",
        }
    }
}

impl Statement {
    /// What holds for everything that the agent does. Persons pass, except that only the founder
    /// lets a held statement go on.
    pub(super) fn admit(&self, authority: &Authority) -> Result<(), StatementError> {
        match authority.by {
            By::Founder => Ok(()),
            By::Staff if self.held.is_some() => beyond(Boundary::AwaitsFounder),
            By::Staff => Ok(()),
            By::Agent => match self.withheld(authority) {
                Some(boundary) => beyond(boundary),
                None if self.held.is_some() => beyond(Boundary::AwaitsFounder),
                None => Ok(()),
            },
        }
    }

    /// What keeps the agent from this statement, whatever it wants to do.
    pub(super) fn withheld(&self, authority: &Authority) -> Option<Boundary> {
        if !authority.terms.enabled {
            Some(Boundary::NotEnabled)
        } else if self.founder_override {
            Some(Boundary::FounderOverride)
        } else {
            (!authority.entitled).then_some(Boundary::NotEntitled)
        }
    }

    /// Only a person gives something up or takes something back.
    pub(super) fn only_person(
        authority: &Authority,
        boundary: HardBoundary,
    ) -> Result<(), StatementError> {
        if authority.is_agent() { beyond(Boundary::Hard(boundary)) } else { Ok(()) }
    }

    /// Whether the agent may let out a balance that no person approved.
    pub(super) fn within_threshold(&self, authority: &Authority, balance: Money) -> bool {
        !authority.is_agent() || self.approved || covers(authority, balance)
    }
}

/// Whether the approval threshold covers a balance.
pub(super) fn covers(authority: &Authority, balance: Money) -> bool {
    let threshold = authority.terms.ai_autonomous_approval_threshold;
    balance.minus(threshold).is_ok_and(|above| !above.is_positive())
}

pub(super) fn beyond<T>(boundary: Boundary) -> Result<T, StatementError> {
    Err(StatementError::Beyond { boundary })
}

/// Staff may not, and the agent never.
pub(super) fn founder_only(by: &Authority, boundary: HardBoundary) -> Result<(), StatementError> {
    match by.by {
        By::Founder => Ok(()),
        By::Staff => Err(StatementError::FounderOnly),
        By::Agent => beyond(Boundary::Hard(boundary)),
    }
}
