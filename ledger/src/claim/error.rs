//! Why a claim says no.

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Finding, Frequency, Part, Status};
use crate::{
    decide::{Refusal, RefusalKind},
    remittance::Imbalance,
    values::{Code, Currency, Money, MoneyError},
};

/// Why a claim says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum ClaimError {
    /// Nothing is known under this id.
    #[error("nothing is known under this id")]
    Unknown,
    /// It was drafted before, with other content.
    #[error("the claim exists with other content and is {status}")]
    Exists {
        /// Where it stands.
        status: Status,
    },
    /// The account or the patient of a claim never changes.
    #[error("the account and the patient of a claim do not change")]
    OtherClaim,
    /// More of something than a claim can hold.
    #[error("{count} given where a claim holds {most}")]
    TooMany {
        /// Given.
        count: usize,
        /// Allowed.
        most: usize,
        /// Of what.
        part: Part,
    },
    /// Two lines under one id.
    #[error("line {line_id} is there twice")]
    LineTwice {
        /// Which.
        line_id: Uuid,
    },
    /// A service that costs less than nothing.
    #[error("a charge of {charge} is below zero")]
    ChargeNegative {
        /// Asked.
        charge: Money,
    },
    /// Another currency than the claim's.
    #[error("{given} given, the claim is in {claim}")]
    CurrencyMismatch {
        /// The claim's.
        claim: Currency,
        /// The currency that was given.
        given: Currency,
    },
    /// Beyond 64-bit minor units.
    #[error("amount out of range")]
    AmountOutOfRange,
    /// Nothing, or less.
    #[error("an amount of {amount} is not above zero")]
    AmountNotPositive {
        /// Asked.
        amount: Money,
    },
    /// Its content is settled.
    #[error("the claim is {status} and does not change")]
    NotOpen {
        /// Where it stands.
        status: Status,
    },
    /// A payer would not take it.
    #[error("the claim has {} findings", findings.len())]
    NotValid {
        /// What is wrong.
        findings: Vec<Finding>,
    },
    /// Not to be sent now, or not so.
    #[error("a claim that is {status} cannot be sent in this way")]
    NotReady {
        /// Asked.
        frequency: Frequency,
        /// Where it stands.
        status: Status,
    },
    /// Nobody gave it control numbers.
    #[error("a claim is sent under control numbers")]
    NumberMissing,
    /// The control numbers belong to another submission.
    #[error("submission {submission} had these control numbers with other content")]
    ControlReused {
        /// Which.
        submission: u16,
    },
    /// A submission that never was.
    #[error("submission {asked} is not known, {last} was the last")]
    UnknownSubmission {
        /// Asked.
        asked: u16,
        /// Known.
        last: u16,
    },
    /// An answer to a question never asked; the caller keeps it until it was.
    #[error("the claim was never submitted")]
    NotSubmitted,
    /// The answer names another account.
    #[error("the answer is for account {given}, the claim has {account}")]
    OtherAccount {
        /// The claim's.
        account: Code,
        /// The answer's.
        given: Code,
    },
    /// The answer does not add up.
    #[error("the answer comes to {} and states {}", imbalance.computed, imbalance.stated)]
    Unbalanced {
        /// The figures.
        imbalance: Imbalance,
        /// Which line of the answer, counted from one; `None` is the claim.
        line: Option<usize>,
    },
    /// No posted answer stands that this one could take back; the caller keeps it until one does.
    #[error("no answer of the payer stands that could be taken back")]
    NothingToReverse {
        /// The payer's number of the claim.
        payer_claim_number: Option<Code>,
    },
    /// No payer has answered, or the last answer was taken back.
    #[error("the claim is {status}; no payer's answer stands")]
    NotAnswered {
        /// Where it stands.
        status: Status,
    },
    /// More than is owed.
    #[error("{asked} asked, {owed} owed")]
    MoreThanOwed {
        /// Asked.
        asked: Money,
        /// There.
        owed: Money,
    },
    /// The decision is known with another amount or kind.
    #[error("the write-off is known with an amount of {amount}")]
    WriteOffExists {
        /// Known.
        amount: Money,
        /// Which.
        write_off_id: Uuid,
    },
    /// No such decision.
    #[error("the write-off is not known")]
    UnknownWriteOff {
        /// Asked.
        write_off_id: Uuid,
    },
    /// A claim that is taken back has nothing given up on it.
    #[error("a write-off stands on the claim")]
    WriteOffStands {
        /// Which.
        write_off_id: Uuid,
    },
    /// The claim is being taken back.
    #[error("the claim is being taken back")]
    VoidPending,
    /// The payment is known with another amount.
    #[error("the payment is known with an amount of {amount}")]
    PaymentExists {
        /// Known.
        amount: Money,
        /// Which.
        payment_id: Uuid,
    },
    /// No such payment on the claim.
    #[error("the payment is not on the claim")]
    UnknownPayment {
        /// Asked.
        payment_id: Uuid,
    },
    /// A dispute is open.
    #[error("appeal {appeal_id} is open")]
    AppealOpen {
        /// Which.
        appeal_id: Uuid,
    },
    /// No such dispute.
    #[error("the appeal is not known")]
    UnknownAppeal {
        /// Asked.
        appeal_id: Uuid,
    },
    /// A payer has it: it is taken back by a submission with frequency 8.
    #[error("the claim is {status}; a payer has it")]
    PayerHasIt {
        /// Where it stands.
        status: Status,
    },
    /// Something is left to collect, or to give back.
    #[error("payers owe {insurance}, the patient owes {patient}")]
    StillOwed {
        /// By payers.
        insurance: Money,
        /// By the patient.
        patient: Money,
    },
}

impl Refusal for ClaimError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "claim.unknown",
            Self::Exists { .. } => "claim.exists",
            Self::OtherClaim => "claim.other_claim",
            Self::TooMany { .. } => "claim.too_many",
            Self::LineTwice { .. } => "claim.line_twice",
            Self::ChargeNegative { .. } => "claim.charge_negative",
            Self::CurrencyMismatch { .. } => "claim.currency_mismatch",
            Self::AmountOutOfRange => "claim.amount_out_of_range",
            Self::AmountNotPositive { .. } => "claim.amount_not_positive",
            Self::NotOpen { .. } => "claim.not_open",
            Self::NotValid { .. } => "claim.not_valid",
            Self::NotReady { .. } => "claim.not_ready",
            Self::NumberMissing => "claim.number_missing",
            Self::ControlReused { .. } => "claim.control_reused",
            Self::UnknownSubmission { .. } => "claim.unknown_submission",
            Self::NotSubmitted => "claim.not_submitted",
            Self::OtherAccount { .. } => "claim.other_account",
            Self::Unbalanced { .. } => "claim.unbalanced",
            Self::NothingToReverse { .. } => "claim.nothing_to_reverse",
            Self::NotAnswered { .. } => "claim.not_answered",
            Self::MoreThanOwed { .. } => "claim.more_than_owed",
            Self::WriteOffExists { .. } => "claim.write_off_exists",
            Self::UnknownWriteOff { .. } => "claim.unknown_write_off",
            Self::WriteOffStands { .. } => "claim.write_off_stands",
            Self::VoidPending => "claim.void_pending",
            Self::PaymentExists { .. } => "claim.payment_exists",
            Self::UnknownPayment { .. } => "claim.unknown_payment",
            Self::AppealOpen { .. } => "claim.appeal_open",
            Self::UnknownAppeal { .. } => "claim.unknown_appeal",
            Self::PayerHasIt { .. } => "claim.payer_has_it",
            Self::StillOwed { .. } => "claim.still_owed",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::TooMany { .. }
            | Self::LineTwice { .. }
            | Self::ChargeNegative { .. }
            | Self::CurrencyMismatch { .. }
            | Self::AmountOutOfRange
            | Self::AmountNotPositive { .. }
            | Self::NotValid { .. }
            | Self::NumberMissing
            | Self::Unbalanced { .. } => RefusalKind::Invalid,
            Self::Exists { .. }
            | Self::OtherClaim
            | Self::OtherAccount { .. }
            | Self::ControlReused { .. }
            | Self::WriteOffExists { .. }
            | Self::PaymentExists { .. } => RefusalKind::Conflict,
            Self::NotOpen { .. }
            | Self::NotReady { .. }
            | Self::UnknownSubmission { .. }
            | Self::NotSubmitted
            | Self::NothingToReverse { .. }
            | Self::NotAnswered { .. }
            | Self::MoreThanOwed { .. }
            | Self::UnknownWriteOff { .. }
            | Self::WriteOffStands { .. }
            | Self::VoidPending
            | Self::UnknownPayment { .. }
            | Self::AppealOpen { .. }
            | Self::UnknownAppeal { .. }
            | Self::PayerHasIt { .. }
            | Self::StillOwed { .. } => RefusalKind::NotNow,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// Two currencies met, or an amount left 64 bits.
impl From<MoneyError> for ClaimError {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::CurrencyMismatch { left, right } => {
                Self::CurrencyMismatch { claim: left, given: right }
            }
            MoneyError::NotANumber
            | MoneyError::TooFine { .. }
            | MoneyError::OutOfRange
            | MoneyError::UnknownCurrency => Self::AmountOutOfRange,
        }
    }
}
