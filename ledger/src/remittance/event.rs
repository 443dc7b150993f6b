//! What happened to a payment of a payer.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{PaymentKey, RemittedClaim};
use crate::values::{ClaimId, Code, Money};

events! {
    /// What happened to a payment of a payer.
    pub enum RemittanceEvent {
        /// It came, and it adds up.
        Received(Received) = "billing.remittance.received" @ 1;
        /// One claim of it, not posted yet.
        ClaimAdvised(ClaimAdvised) = "billing.remittance.claim_advised" @ 1;
        /// A claim of it was posted to the claim it is for.
        ClaimPosted(ClaimPosted) = "billing.remittance.claim_posted" @ 1;
        /// A claim of it cannot be posted yet.
        ClaimParked(ClaimParked) = "billing.remittance.claim_parked" @ 1;
        /// The money is at the bank.
        DepositMatched(DepositMatched) = "billing.remittance.deposit_matched" @ 1;
    }
}

/// What a payer settles outside of any claim.
///
/// - **Source:** X12 835, PLB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderAdjustment {
    /// By how much the payment is cut; below zero it is raised.
    pub amount: Money,
    /// PLB03-1: `FB`, `L6`, `WO`, ….
    pub code: Code,
    /// PLB03-2.
    pub reference: Option<Code>,
}

/// See [`RemittanceEvent::Received`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// How many claims.
    pub claims: u32,
    /// SHA-256 of the content, in hexadecimal.
    pub digest: Code,
    /// BPR04: `ACH`, `CHK`, `NON`, ….
    pub method: Code,
    /// BPR02.
    pub paid: Money,
    /// BPR16.
    pub paid_on: Date,
    /// TRN.
    pub payment: PaymentKey,
    /// The day of the entry.
    pub posted_on: Date,
    /// PLB.
    pub provider_adjustments: Vec<ProviderAdjustment>,
}

/// See [`RemittanceEvent::ClaimAdvised`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimAdvised {
    /// What the payer says.
    pub advice: RemittedClaim,
    /// Which of several in the payment that are alike in account, payer claim number and kind.
    pub occurrence: u16,
    /// When the payer paid.
    pub paid_on: Date,
    /// Which payment.
    pub payment: PaymentKey,
    /// Place in the payment, counted from one.
    pub sequence: u32,
}

/// See [`RemittanceEvent::ClaimPosted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimPosted {
    /// To which claim.
    pub claim_id: ClaimId,
    /// What leaves unapplied money: its payment if it was parked, otherwise nothing.
    pub from_parked: Money,
    /// The day of the entry.
    pub posted_on: Date,
    /// Place in the payment.
    pub sequence: u32,
}

/// Why a claim of a payment cannot be posted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParkReason {
    /// The claim was never submitted.
    NotSubmitted,
    /// No answer stands that the reversal could take back.
    NothingToReverse,
    /// The claim refuses it otherwise; somebody must look.
    Refused,
    /// No claim has this account.
    UnknownClaim,
}

impl ParkReason {
    /// What a claim's refusal means, by its stable code.
    pub fn of_refusal(code: &str) -> Self {
        match code {
            "claim.unknown" => Self::UnknownClaim,
            "claim.not_submitted" => Self::NotSubmitted,
            "claim.nothing_to_reverse" => Self::NothingToReverse,
            _ => Self::Refused,
        }
    }
}

/// See [`RemittanceEvent::ClaimParked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimParked {
    /// CLP01: who waits for it can tell.
    pub account: Code,
    /// Its payment, unapplied for now.
    pub paid: Money,
    /// The day of the entry.
    pub parked_on: Date,
    /// Why.
    pub reason: ParkReason,
    /// Place in the payment.
    pub sequence: u32,
}

/// See [`RemittanceEvent::DepositMatched`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepositMatched {
    /// How much.
    pub amount: Money,
    /// When it reached the bank.
    pub deposited_on: Date,
    /// The bank's number of it.
    pub reference: Option<Code>,
}
