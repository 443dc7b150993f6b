//! What an invoice remembers of payments, refunds, disputes and credit notes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CreditNoteIssued, ItemCut, PaymentMethod, Standing, Status, Taken};
use crate::values::Money;

/// A payment as the invoice knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// How much of it refunds have promised back.
    pub refunded: Money,
    /// How it stands.
    pub standing: PaymentStanding,
    /// Where it was held on the account before: how much of it was left over here.
    pub taken_over: Option<Money>,
    /// How much of it a bank has taken back.
    pub withdrawn: Money,
}

impl Payment {
    /// What it brought and still holds: neither refunded nor withdrawn.
    pub fn left(&self) -> Money {
        let gone = self.refunded.plus(self.withdrawn);
        // No more is ever refunded or withdrawn than came.
        gone.and_then(|gone| self.amount.minus(gone)).unwrap_or(Money::zero(self.amount.currency()))
    }
}

/// How a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStanding {
    /// Announced.
    Pending,
    /// Arrived.
    Succeeded,
    /// Did not arrive.
    Failed,
    /// Arrived and went back.
    Reversed,
    /// Arrived, and what was left of it was lost in a dispute.
    ChargedBack,
    /// Went back to be held on the account.
    HandedBack,
}

/// A refund as the invoice knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// How much.
    pub amount: Money,
    /// Which way it goes.
    pub method: PaymentMethod,
    /// Of which payment.
    pub payment_id: Uuid,
    /// How it stands.
    pub standing: RefundStanding,
}

/// How a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStanding {
    /// Granted; we owe it.
    Created,
    /// It left our account.
    Settled,
    /// It did not arrive; we still owe it.
    Failed,
    /// Taken back.
    Canceled,
}

/// A credit note as the invoice knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreditNote {
    /// As it was issued.
    pub issued: CreditNoteIssued,
    /// Whether it was voided.
    pub voided: bool,
}

/// A dispute as the invoice knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// How much the bank took back.
    pub amount: Money,
    /// What the provider charged for it.
    pub fee: Money,
    /// How much of it was owed again.
    pub from_applied: Money,
    /// Over which payment.
    pub payment_id: Uuid,
    /// How it stands.
    pub standing: DisputeStanding,
}

/// How a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStanding {
    /// The bank looks into it.
    Open,
    /// The money came back.
    Won,
    /// The money is gone.
    Lost,
}

/// What it takes to undo a refund or a credit note exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Undo {
    /// What stood before it.
    pub(super) before: Standing,
    pub(super) from_credit: Money,
    pub(super) items: Vec<ItemCut>,
    /// The status it led to.
    pub(super) status: Status,
    pub(super) taken: Taken,
    pub(super) tax: Money,
}

/// What was given up, and can be claimed again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct GivenUp {
    pub(super) minor: i64,
    /// Whether something was claimed again and nothing given up since.
    pub(super) reversed: bool,
    /// The status before the first of it.
    pub(super) status: Status,
}
