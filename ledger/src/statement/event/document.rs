//! The document: drawn up, finalized, restated, taken back; and why.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{By, Charge, Contacts, Figures, Lifecycle};
use crate::{
    statement::Channel,
    values::{AnonymousRef, ClaimId, Code, Money, Sealed, StatementId},
};

/// See [`super::StatementEvent::Generated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generated {
    /// Who drew it up.
    pub by: By,
    /// The caller's own id of the call or visit; its subject is the patient.
    pub call_id: Option<Sealed<String>>,
    /// What was done, line by line; they add up to the total.
    pub charges: Vec<Charge>,
    /// The claim that holds the money, if there is one.
    pub claim_id: Option<ClaimId>,
    /// How the patient can be reached.
    pub contacts: Contacts,
    /// The last day to pay.
    pub due_on: Date,
    /// Its money.
    pub figures: Figures,
    /// The day of the statement.
    pub generated_on: Date,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// `STMT-YYYYMM-NNNNN`.
    pub number: String,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient; its subject is the patient.
    pub patient_id: Sealed<String>,
    /// The statement whose place it takes.
    pub supersedes: Option<StatementId>,
}

/// See [`super::StatementEvent::ContactsRecorded`]. It no longer waits for want of an address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactsRecorded {
    /// How the patient can be reached now.
    pub contacts: Contacts,
    /// The patient.
    pub patient: AnonymousRef,
    /// When.
    pub recorded_on: Date,
}

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
    /// No other way to reach the patient is known.
    OnlyContact,
    /// It is so many days past due.
    Overdue,
    /// The balance may be paid in instalments.
    PlanEligible,
    /// It arrived more often in this way.
    SuccessRate,
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

/// Why a statement waits for the founder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// Its balance is above the approval threshold, or in another currency.
    AboveThreshold,
    /// A person said so.
    ByHand,
    /// Nobody knows how to reach the patient.
    NoContact,
}

/// See [`super::StatementEvent::Held`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// What it asks for.
    pub balance_due: Money,
    /// Who.
    pub by: By,
    /// When.
    pub held_on: Date,
    /// Why.
    pub reason: HoldReason,
}

/// See [`super::StatementEvent::Released`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Who.
    pub by: By,
    /// The patient.
    pub patient: AnonymousRef,
    /// When.
    pub released_on: Date,
}

/// See [`super::StatementEvent::Finalized`]. Without a claim its entry is made here: what the
/// patient owes, what was taken off, and the revenue of both. What was paid before, by whomever, is
/// entered where that money is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finalized {
    /// Who.
    pub by: By,
    /// The claim that holds the money, if there is one: then nothing is entered here.
    pub claim_id: Option<ClaimId>,
    /// Its money.
    pub figures: Figures,
    /// When.
    pub finalized_on: Date,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
}

/// See [`super::StatementEvent::Restated`]. The claim made the entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restated {
    /// What was done, line by line, as the claim says now.
    pub charges: Vec<Charge>,
    /// The claim.
    pub claim_id: ClaimId,
    /// Its money now.
    pub figures: Figures,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
    /// When.
    pub restated_on: Date,
}

/// See [`super::StatementEvent::Superseded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// What was due and is on the other statement now.
    pub balance_moved: Money,
    /// Where it stands now: a paid one stays paid.
    pub lifecycle_state: Lifecycle,
    /// The statement that takes its place.
    pub superseded_by: StatementId,
    /// When.
    pub superseded_on: Date,
}

/// See [`super::StatementEvent::Voided`]. What was still due is taken off revenue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voided {
    /// What is no longer due and had been entered here; nothing before it was finalized, and
    /// nothing where a claim holds the money.
    pub balance_released: Money,
    /// Who; nobody where the claim left nothing to ask for.
    pub by: Option<By>,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// Why.
    pub reason_code: Code,
    /// When.
    pub voided_on: Date,
}

/// See [`super::StatementEvent::Overridden`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overridden {
    /// Where it stands.
    pub lifecycle_state: Lifecycle,
    /// When.
    pub overridden_on: Date,
    /// Why, in the founder's words.
    pub reason: Sealed<String>,
}
