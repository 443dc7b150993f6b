//! Overdue statements, and paying in instalments.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{By, Lifecycle};
use crate::values::{AnonymousRef, Code, Money};

/// See [`super::StatementEvent::Escalated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalated {
    /// What is due.
    pub balance_due: Money,
    /// Who.
    pub by: By,
    /// Days past due.
    pub days_overdue: u16,
    /// The founder's settings it was decided under.
    pub delegation_revision: u32,
    /// When.
    pub escalated_on: Date,
    /// The level of the schedule that is reached, from 1.
    pub escalation_level: u8,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// When the next level is reached, if there is one.
    pub next_escalation_on: Option<Date>,
    /// The patient.
    pub patient: AnonymousRef,
    /// Whether instalments are offered with it.
    pub payment_plan_offered: bool,
}

/// An instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// How much.
    pub amount: Money,
    /// The last day to pay it.
    pub due_on: Date,
    /// Counts them, from 1.
    pub number: u16,
}

/// See [`super::StatementEvent::PlanOffered`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanOffered {
    /// What is due, and what the instalments come to.
    pub balance_due: Money,
    /// Who.
    pub by: By,
    /// The founder's settings it was offered under; nothing where a person offers.
    pub delegation_revision: Option<u32>,
    /// The level of the schedule that it was offered at, if at one.
    pub escalation_level: Option<u8>,
    /// Month by month.
    pub instalments: Vec<Instalment>,
    /// When.
    pub offered_on: Date,
    /// Names the plan.
    pub plan_id: Uuid,
}

/// See [`super::StatementEvent::PlanAccepted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanAccepted {
    /// When.
    pub accepted_on: Date,
    /// Which plan.
    pub plan_id: Uuid,
}

/// See [`super::StatementEvent::PlanDeclined`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanDeclined {
    /// When.
    pub declined_on: Date,
    /// Which plan.
    pub plan_id: Uuid,
}

/// See [`super::StatementEvent::InstalmentPaid`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentPaid {
    /// Which instalment.
    pub instalment: Instalment,
    /// When.
    pub paid_on: Date,
    /// The payment that covered the rest of it.
    pub payment_id: Uuid,
    /// Which plan.
    pub plan_id: Uuid,
}

/// See [`super::StatementEvent::InstalmentMissed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentMissed {
    /// Which instalment.
    pub instalment: Instalment,
    /// When it was noticed.
    pub missed_on: Date,
    /// Which plan.
    pub plan_id: Uuid,
}

/// See [`super::StatementEvent::PlanCompleted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCompleted {
    /// When.
    pub completed_on: Date,
    /// Which plan.
    pub plan_id: Uuid,
}

/// See [`super::StatementEvent::PlanCanceled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCanceled {
    /// When.
    pub canceled_on: Date,
    /// Which plan.
    pub plan_id: Uuid,
    /// Why.
    pub reason_code: Code,
}
