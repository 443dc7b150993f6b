//! Orders about a claim.

use std::collections::BTreeSet;

use time::Date;
use uuid::Uuid;

use super::{
    AppealOutcome, Content, ControlNumbers, Frequency, Notice, PayerOrder, PostingKey, WriteOffKind,
};
use crate::{
    remittance::{PaymentKey, RemittedClaim},
    values::{Code, Money, Sealed},
};

/// Orders about a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum ClaimCommand {
    /// Begin a claim.
    Draft(Draft),
    /// Say something else; the payer hears of it with the next submission.
    Revise(Revise),
    /// Look it over.
    Validate(Validate),
    /// Note that it goes to a payer: first, again, as a replacement or as a void.
    Submit(Submit),
    /// Note that somebody answered whether it was taken in.
    Acknowledge(Acknowledge),
    /// Post a payer's answer, a reversal included.
    Adjudicate(Adjudicate),
    /// Expect no further payer.
    BillPatient(BillPatient),
    /// Decide not to collect an amount.
    WriteOff(WriteOff),
    /// Take that decision back.
    ReverseWriteOff(ReverseWriteOff),
    /// Settle part of the patient's share with the patient's money.
    ApplyPatientPayment(ApplyPatientPayment),
    /// Take the patient's money off again: refunded, moved or bounced.
    WithdrawPatientPayment(WithdrawPatientPayment),
    /// Dispute the payer's answer.
    FileAppeal(FileAppeal),
    /// End the dispute.
    DecideAppeal(DecideAppeal),
    /// Take back a claim that no payer has taken in.
    Void(Void),
    /// Say that nothing is left to collect.
    Close(Close),
}

/// See [`ClaimCommand::Draft`].
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it says.
    pub content: Content,
}

/// See [`ClaimCommand::Revise`].
#[derive(Debug, Clone, PartialEq)]
pub struct Revise {
    /// What it says now.
    pub content: Content,
}

/// See [`ClaimCommand::Validate`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Validate {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`ClaimCommand::Submit`].
#[derive(Debug, Clone, PartialEq)]
pub struct Submit {
    /// The numbers that answers come back with, where the caller gives them; of the series
    /// `CTL` without.
    pub control: Option<ControlNumbers>,
    /// SHA-256 of a file that was sent, in hexadecimal; of what the claim says without.
    pub digest: Option<Code>,
    /// First sent, replacement or void.
    pub frequency: Frequency,
    /// Given by the writer where the caller gives no numbers: the next one of the series `CTL`.
    pub number: Option<i64>,
    /// REF*F8, where it is another than the one the payer told us.
    pub payer_claim_number: Option<Code>,
    /// To whom.
    pub payer_order: PayerOrder,
    /// Today, in the org's zone.
    pub submitted_on: Date,
}

/// See [`ClaimCommand::Acknowledge`].
#[derive(Debug, Clone, PartialEq)]
pub struct Acknowledge {
    /// REF*D9.
    pub clearinghouse_number: Option<Code>,
    /// Who says what.
    pub notice: Notice,
    /// REF*1K.
    pub payer_claim_number: Option<Code>,
    /// TA1 note, 999 error or claim status code.
    pub reason: Option<Code>,
    /// When we heard it.
    pub received_on: Date,
    /// Which submission is meant; the control numbers tell.
    pub submission: u16,
}

/// What a lines' imbalance means where the claim adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRule {
    /// Refused, as any other imbalance.
    Refuse,
    /// Posted, with the number of such lines in the event.
    PostClaim,
}

/// How answers are posted.
#[derive(Debug, Clone, PartialEq)]
pub struct PostingPolicy {
    /// Reasons for which a `CO` adjustment is taken off without a decision.
    pub contractual: BTreeSet<Code>,
    /// What an imbalance of lines means.
    pub lines: LineRule,
}

impl Default for PostingPolicy {
    /// Fee schedule, negotiated discount, bundled, sequestration, several procedures, and
    /// managed-care withholding; every imbalance is refused.
    fn default() -> Self {
        let reasons = ["45", "131", "97", "253", "59", "104"];
        let contractual = reasons.iter().filter_map(|reason| reason.parse().ok()).collect();
        Self { contractual, lines: LineRule::Refuse }
    }
}

/// See [`ClaimCommand::Adjudicate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Adjudicate {
    /// What the payer says.
    pub advice: RemittedClaim,
    /// Which of several answers in the payment that are alike in payer claim number and status.
    pub occurrence: u16,
    /// When the payer paid; what is taken back was paid no later.
    pub paid_on: Date,
    /// Which payment.
    pub payment: PaymentKey,
    /// How it is posted.
    pub policy: PostingPolicy,
    /// The day of the entry.
    pub posted_on: Date,
}

impl Adjudicate {
    /// By what the posting is known.
    pub fn key(&self) -> PostingKey {
        PostingKey {
            occurrence: self.occurrence,
            payer_claim_number: self.advice.payer_claim_number.clone(),
            payment: self.payment.clone(),
            status: self.advice.status,
        }
    }
}

/// See [`ClaimCommand::BillPatient`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BillPatient {
    /// When.
    pub billed_on: Date,
}

/// See [`ClaimCommand::WriteOff`].
#[derive(Debug, Clone, PartialEq)]
pub struct WriteOff {
    /// How much.
    pub amount: Money,
    /// What it is.
    pub kind: WriteOffKind,
    /// Anything to add.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// Names the decision.
    pub write_off_id: Uuid,
    /// When.
    pub written_off_on: Date,
}

/// See [`ClaimCommand::ReverseWriteOff`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReverseWriteOff {
    /// Why.
    pub reason_code: Code,
    /// When.
    pub reversed_on: Date,
    /// Which decision.
    pub write_off_id: Uuid,
}

/// See [`ClaimCommand::ApplyPatientPayment`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ApplyPatientPayment {
    /// How much of it.
    pub amount: Money,
    /// When.
    pub applied_on: Date,
    /// Which payment.
    pub payment_id: Uuid,
}

/// See [`ClaimCommand::WithdrawPatientPayment`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithdrawPatientPayment {
    /// How much of it.
    pub amount: Money,
    /// Which payment.
    pub payment_id: Uuid,
    /// Names the withdrawal.
    pub withdrawal_id: Uuid,
    /// When.
    pub withdrawn_on: Date,
}

/// See [`ClaimCommand::FileAppeal`].
#[derive(Debug, Clone, PartialEq)]
pub struct FileAppeal {
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

/// See [`ClaimCommand::DecideAppeal`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DecideAppeal {
    /// Which appeal.
    pub appeal_id: Uuid,
    /// When.
    pub decided_on: Date,
    /// How.
    pub outcome: AppealOutcome,
}

/// See [`ClaimCommand::Void`].
#[derive(Debug, Clone, PartialEq)]
pub struct Void {
    /// Why.
    pub reason_code: Code,
    /// When.
    pub voided_on: Date,
}

/// See [`ClaimCommand::Close`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Close {
    /// When.
    pub closed_on: Date,
}
