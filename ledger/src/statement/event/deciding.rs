//! Why something was done, or left to the founder (contract S4.4).

use serde::{Deserialize, Serialize};
use time::Date;

use super::By;
use crate::statement::Channel;

/// What a decision was about.
///
/// - **Source:** contract S4.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionType {
    /// Whether it may go out without the founder.
    Approval,
    /// How to write to the patient.
    ChannelSelection,
    /// Whether a level of the schedule is reached.
    Escalation,
    /// Whether a letter follows an e-mail that failed.
    Failover,
    /// Whether to offer instalments.
    PaymentPlan,
}

/// Why: `statement::rationale_text` says it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rationale {
    /// The balance is above the approval threshold.
    AboveThreshold,
    /// The founder or somebody of the org chose.
    ChosenByPerson,
    /// It comes first in the configured order.
    ConfiguredOrder,
    /// An e-mail failed.
    EmailFailed,
    /// The balance is above 1000: a certified letter.
    HighBalance,
    /// The patient cannot be reached.
    NoContact,
    /// The account is paused or past due: what acts by itself waits.
    NotEntitled,
    /// No other way to reach the patient is known.
    OnlyContact,
    /// It is so many days past due.
    Overdue,
    /// The balance may be paid in instalments.
    PlanEligible,
    /// It arrived more often in this way.
    SuccessRate,
    /// A text message failed.
    TextFailed,
    /// The balance is within the approval threshold.
    WithinThreshold,
}

/// How much depends on a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Little.
    Low,
    /// Something.
    Medium,
    /// Much.
    High,
}

/// What a figure is that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorName {
    /// Deliveries tried in this way.
    Attempts,
    /// The balance, in minor units.
    BalanceMinor,
    /// 1 where the patient can be reached in this way.
    Contact,
    /// Days past due.
    DaysOverdue,
    /// Level of the schedule.
    Level,
    /// Monthly instalments.
    Months,
    /// Place in the configured order, from 1; 0 where it is not in it.
    Order,
    /// Deliveries that succeeded in this way.
    Successes,
    /// The threshold, in minor units.
    ThresholdMinor,
}

/// A figure that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Of which way to write, if of one.
    pub channel: Option<Channel>,
    /// What it is.
    pub name: FactorName,
    /// How much.
    pub value: i64,
}

/// What could have been done instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Write an e-mail.
    Email,
    /// Let the founder decide.
    HoldForFounder,
    /// Offer instalments.
    OfferPlan,
    /// Put it on the portal.
    PatientPortal,
    /// Write a letter.
    PhysicalMail,
    /// Write a text message.
    Sms,
    /// Do nothing.
    Wait,
}

/// Why it was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// A hard boundary, or the delegation, is against it.
    Boundary,
    /// The balance is too high for it.
    HighBalance,
    /// It comes later in the configured order.
    LaterInOrder,
    /// It arrived less often.
    LowerSuccess,
    /// The patient cannot be reached in this way.
    NoContact,
    /// There was no need.
    NotNeeded,
}

/// What could have been done instead, and why it was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// What.
    pub action: Action,
    /// Why not.
    pub against: Against,
}

/// See [`super::StatementEvent::Decided`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// What could have been done instead.
    pub alternative_actions: Vec<Alternative>,
    /// Whether it was carried out without asking.
    pub auto_executed: bool,
    /// Who decided.
    pub by: By,
    /// The way to write that was chosen, if one was.
    pub channel: Option<Channel>,
    /// How sure, in hundredths of a percent: 0 to 10000.
    pub confidence_bp: u16,
    /// When.
    pub decided_on: Date,
    /// Counts the statement's decisions, from 1.
    pub decision: u16,
    /// What it was about.
    pub decision_type: DecisionType,
    /// The founder's settings it was decided under; nothing where a person decided.
    pub delegation_revision: Option<u32>,
    /// The delivery it led to, if to one.
    pub delivery: Option<u16>,
    /// What was looked at.
    pub factors_considered: Vec<Factor>,
    /// Why.
    pub rationale: Rationale,
    /// Whether the founder has to decide.
    pub requires_founder_approval: bool,
    /// How much depends on it.
    pub risk_assessment: Risk,
}
