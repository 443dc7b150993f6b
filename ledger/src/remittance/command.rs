//! Orders about a payment of a payer.

use time::Date;

use super::{ParkReason, PaymentKey, ProviderAdjustment, RemittedClaim};
use crate::{
    claim::LineRule,
    values::{ClaimId, Code, Money},
};

/// Orders about a payment of a payer.
#[derive(Debug, Clone, PartialEq)]
pub enum RemittanceCommand {
    /// Take it in, if it adds up.
    Receive(Receive),
    /// Note that a claim of it is posted; in one append with the claim's own command.
    MarkPosted(MarkPosted),
    /// Keep a claim of it until it can be posted.
    Park(Park),
    /// Note that the money is at the bank.
    MatchDeposit(MatchDeposit),
}

/// See [`RemittanceCommand::Receive`].
#[derive(Debug, Clone, PartialEq)]
pub struct Receive {
    /// CLP, in their order.
    pub claims: Vec<RemittedClaim>,
    /// What an imbalance of lines means where the claim adds up.
    pub lines: LineRule,
    /// BPR04.
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

/// See [`RemittanceCommand::MarkPosted`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkPosted {
    /// To which claim.
    pub claim_id: ClaimId,
    /// The day of the entry.
    pub posted_on: Date,
    /// Place in the payment.
    pub sequence: u32,
}

/// See [`RemittanceCommand::Park`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Park {
    /// The day of the entry.
    pub parked_on: Date,
    /// Why.
    pub reason: ParkReason,
    /// Place in the payment.
    pub sequence: u32,
}

/// See [`RemittanceCommand::MatchDeposit`].
#[derive(Debug, Clone, PartialEq)]
pub struct MatchDeposit {
    /// How much.
    pub amount: Money,
    /// When it reached the bank.
    pub deposited_on: Date,
    /// The bank's number of it.
    pub reference: Option<Code>,
}
