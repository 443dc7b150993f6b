//! What payers, patients and decisions do to a claim's money.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::super::{PayerOrder, Standing, Status};
use crate::{
    remittance::{Adjustment, AdviceStatus, PaymentKey},
    values::{Code, Money, Quantity, Sealed},
};

/// What a posting is known by: a payment posts each of a claim's answers once, whatever file it
/// comes in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingKey {
    /// Which of several answers in the payment that are alike in all the rest, from one.
    pub occurrence: u16,
    /// CLP07.
    pub payer_claim_number: Option<Code>,
    /// Which payment.
    pub payment: PaymentKey,
    /// CLP02.
    pub status: AdviceStatus,
}

/// An answer, sorted by what it does to the books. The parts and `paid` add up to the charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sorted {
    /// Taken off by contract, without a decision; of the whole answer as far as no other payer
    /// took it off.
    pub contractual: Money,
    /// Neither paid nor taken off: work for somebody.
    pub open: Money,
    /// Paid.
    pub paid: Money,
    /// What the payer leaves to the patient (PR).
    pub patient: Money,
    /// What other payers did, told again: OA-23, and what is taken off by contract already. No
    /// entry.
    pub prior: Money,
}

/// A line of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredLine {
    /// As the payer states them.
    pub adjustments: Vec<Adjustment>,
    /// SVC02.
    pub charge: Money,
    /// Our line, where it can be told.
    pub claim_line_id: Option<Uuid>,
    /// SVC01.
    pub procedure: Code,
    /// LQ*HE.
    pub remarks: Vec<Code>,
    /// What it says; what of it counts beside other payers' answers, the whole tells.
    pub sorted: Sorted,
    /// SVC05.
    pub units: Option<Quantity>,
}

/// See [`super::ClaimEvent::Adjudicated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjudicated {
    /// Of the claim itself, as the payer states them.
    pub adjustments: Vec<Adjustment>,
    /// CLP03.
    pub charge: Money,
    /// By what it is known.
    pub key: PostingKey,
    /// Line by line.
    pub lines: Vec<AnsweredLine>,
    /// When the payer paid.
    pub paid_on: Date,
    /// By how much the patient's share changes: the entry in the books.
    pub patient_share_change: Money,
    /// Whose answer.
    pub payer_order: PayerOrder,
    /// The day of the entry.
    pub posted_on: Date,
    /// What the answer does, lines and claim together.
    pub sorted: Sorted,
    /// Where the claim stands now.
    pub standing: Standing,
    /// How many lines do not add up although the claim does.
    pub unbalanced_lines: u16,
}

/// See [`super::ClaimEvent::Reversed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reversed {
    /// Payment stated by the reversal, less the mirror of the one posted; anything but zero is
    /// work for somebody.
    pub difference: Money,
    /// By what the reversal is known.
    pub key: PostingKey,
    /// By how much the patient's share changes: the entry in the books.
    pub patient_share_change: Money,
    /// Whose answer.
    pub payer_order: PayerOrder,
    /// The day of the entry.
    pub posted_on: Date,
    /// The answer that is taken back.
    pub reverses: PostingKey,
    /// Its mirror: what is undone, below zero.
    pub sorted: Sorted,
    /// Where the claim stands now.
    pub standing: Standing,
}

/// See [`super::ClaimEvent::PatientBilled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatientBilled {
    /// When.
    pub billed_on: Date,
    /// By how much the patient's share changes: the entry in the books.
    pub patient_share_change: Money,
    /// Where the claim stands now.
    pub standing: Standing,
}

/// What a write-off is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteOffKind {
    /// Of the patient's share: never was revenue (account 4100).
    CharityCare,
    /// Of the payers' share: the contract allows it after all (4190).
    Contractual,
    /// Of the payers' share: denied, too late, or cut without a contract (4191).
    PayerReduction,
    /// Of the patient's share: too small or not to be had (4195).
    PriceConcession,
}

impl WriteOffKind {
    /// Whether it is the patient's share that is given up, and not the payers'.
    pub const fn is_patients(self) -> bool {
        matches!(self, Self::CharityCare | Self::PriceConcession)
    }
}

/// See [`super::ClaimEvent::WrittenOff`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenOff {
    /// How much.
    pub amount: Money,
    /// What it is.
    pub kind: WriteOffKind,
    /// Anything to add.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// Where the claim stands now.
    pub standing: Standing,
    /// Names the decision.
    pub write_off_id: Uuid,
    /// When.
    pub written_off_on: Date,
}

/// See [`super::ClaimEvent::WriteOffReversed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOffReversed {
    /// How much.
    pub amount: Money,
    /// What it was.
    pub kind: WriteOffKind,
    /// Why.
    pub reason_code: Code,
    /// When.
    pub reversed_on: Date,
    /// Where the claim stands now.
    pub standing: Standing,
    /// Which decision.
    pub write_off_id: Uuid,
}

/// See [`super::ClaimEvent::PatientPaymentApplied`]. The entry in the books is the statement's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatientPaymentApplied {
    /// How much of it.
    pub amount: Money,
    /// When.
    pub applied_on: Date,
    /// Which payment.
    pub payment_id: Uuid,
    /// Where the claim stands now.
    pub standing: Standing,
}

/// See [`super::ClaimEvent::PatientPaymentWithdrawn`]. The entry in the books is the statement's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatientPaymentWithdrawn {
    /// How much of it.
    pub amount: Money,
    /// How much of the payment has been withdrawn in all.
    pub amount_in_all: Money,
    /// Which payment.
    pub payment_id: Uuid,
    /// Where the claim stands now.
    pub standing: Standing,
    /// Names the withdrawal.
    pub withdrawal_id: Uuid,
    /// When.
    pub withdrawn_on: Date,
}

/// See [`super::ClaimEvent::AppealFiled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealFiled {
    /// Names the appeal.
    pub appeal_id: Uuid,
    /// When the payer must have decided, if that is known.
    pub due_on: Option<Date>,
    /// When.
    pub filed_on: Date,
    /// What for.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
}

/// How an appeal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealOutcome {
    /// The payer changes its answer; money follows by remittance.
    Overturned,
    /// The payer stays with its answer.
    Upheld,
    /// We gave up.
    Withdrawn,
}

/// See [`super::ClaimEvent::AppealDecided`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealDecided {
    /// Which appeal.
    pub appeal_id: Uuid,
    /// When.
    pub decided_on: Date,
    /// How.
    pub outcome: AppealOutcome,
    /// Where the claim stands now.
    pub status: Status,
}
