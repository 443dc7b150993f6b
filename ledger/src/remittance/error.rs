//! Why a payment of a payer says no.

use serde::Serialize;
use serde_json::Value;

use super::Imbalance;
use crate::{
    decide::{Refusal, RefusalKind},
    values::{Code, Currency, Money, MoneyError},
};

/// Why a payment of a payer says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum RemittanceError {
    /// No such payment was received.
    #[error("no such payment was received")]
    Unknown,
    /// It was received before, with other content.
    #[error("the payment was received with other content and an amount of {paid}")]
    Exists {
        /// Known.
        paid: Money,
    },
    /// A payer pays nothing below zero; it forwards the balance.
    #[error("a payment of {paid} is below zero")]
    NegativePayment {
        /// Stated.
        paid: Money,
    },
    /// The claims and provider adjustments do not come to the payment.
    #[error("the claims come to {}, the payment is {}", imbalance.computed, imbalance.stated)]
    Unbalanced {
        /// The figures.
        imbalance: Imbalance,
    },
    /// A claim of it, or a line, does not add up.
    #[error("claim {sequence} comes to {} and states {}", imbalance.computed, imbalance.stated)]
    ClaimUnbalanced {
        /// CLP01.
        account: Code,
        /// The figures.
        imbalance: Imbalance,
        /// Which line, counted from one; `None` is the claim.
        line: Option<usize>,
        /// Place in the payment, counted from one.
        sequence: u32,
    },
    /// Amounts of two currencies.
    #[error("{left} and {right} in one payment")]
    CurrencyMismatch {
        /// The one.
        left: Currency,
        /// The other.
        right: Currency,
    },
    /// Beyond 64-bit minor units.
    #[error("amount out of range")]
    AmountOutOfRange,
    /// There is no such claim in the payment.
    #[error("the payment has {claims} claims, not {sequence}")]
    UnknownClaim {
        /// How many there are.
        claims: u32,
        /// Asked.
        sequence: u32,
    },
    /// It is posted.
    #[error("claim {sequence} of the payment is posted")]
    Posted {
        /// Asked.
        sequence: u32,
    },
    /// Not as much as was paid.
    #[error("a deposit of {deposited}, {paid} was paid")]
    OtherDeposit {
        /// Asked.
        deposited: Money,
        /// Known.
        paid: Money,
    },
}

impl Refusal for RemittanceError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "remittance.unknown",
            Self::Exists { .. } => "remittance.exists",
            Self::NegativePayment { .. } => "remittance.negative_payment",
            Self::Unbalanced { .. } => "remittance.unbalanced",
            Self::ClaimUnbalanced { .. } => "remittance.claim_unbalanced",
            Self::CurrencyMismatch { .. } => "remittance.currency_mismatch",
            Self::AmountOutOfRange => "remittance.amount_out_of_range",
            Self::UnknownClaim { .. } => "remittance.unknown_claim",
            Self::Posted { .. } => "remittance.posted",
            Self::OtherDeposit { .. } => "remittance.other_deposit",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::Exists { .. } | Self::OtherDeposit { .. } => RefusalKind::Conflict,
            Self::NegativePayment { .. }
            | Self::Unbalanced { .. }
            | Self::ClaimUnbalanced { .. }
            | Self::CurrencyMismatch { .. }
            | Self::AmountOutOfRange
            | Self::UnknownClaim { .. } => RefusalKind::Invalid,
            Self::Posted { .. } => RefusalKind::NotNow,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// Two currencies met, or an amount left 64 bits.
impl From<MoneyError> for RemittanceError {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::CurrencyMismatch { left, right } => Self::CurrencyMismatch { left, right },
            MoneyError::NotANumber
            | MoneyError::TooFine { .. }
            | MoneyError::OutOfRange
            | MoneyError::UnknownCurrency => Self::AmountOutOfRange,
        }
    }
}
