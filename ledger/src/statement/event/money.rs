//! The patient's money, and what is given up.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{By, Figures, Lifecycle};
use crate::{
    invoice::PaymentMethod,
    values::{AnonymousRef, ClaimId, Code, Money, Sealed},
};

/// See [`super::StatementEvent::PaymentRecorded`]. The entry is made here; a claim is told in
/// the same append.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentRecorded {
    /// How much.
    pub amount: Money,
    /// The claim that holds the money, if there is one.
    pub claim_id: Option<ClaimId>,
    /// Its money now.
    pub figures: Figures,
    /// How it came.
    pub method: PaymentMethod,
    /// The patient.
    pub patient: AnonymousRef,
    /// Names the payment.
    pub payment_id: Uuid,
    /// When.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
}

/// See [`super::StatementEvent::PaymentReversed`]. The entry is made here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentReversed {
    /// How much: what had not been refunded.
    pub amount: Money,
    /// The claim that holds the money, if there is one.
    pub claim_id: Option<ClaimId>,
    /// Its money now.
    pub figures: Figures,
    /// Where it stands: a paid one stays paid.
    pub lifecycle_state: Lifecycle,
    /// How it had come.
    pub method: PaymentMethod,
    /// Which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// When.
    pub reversed_on: Date,
}

/// See [`super::StatementEvent::RefundCreated`]. The entry is made here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundCreated {
    /// How much.
    pub amount: Money,
    /// The claim that holds the money, if there is one.
    pub claim_id: Option<ClaimId>,
    /// When.
    pub created_on: Date,
    /// Its money now.
    pub figures: Figures,
    /// How it goes: as it came.
    pub method: PaymentMethod,
    /// Of which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Names the refund.
    pub refund_id: Uuid,
}

/// See [`super::StatementEvent::RefundSettled`]. The entry is made here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundSettled {
    /// How much.
    pub amount: Money,
    /// How it went.
    pub method: PaymentMethod,
    /// Which refund.
    pub refund_id: Uuid,
    /// When.
    pub settled_on: Date,
}

/// What a person changes a statement for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// It never was revenue (account 4100).
    CharityCare,
    /// A charge was wrong (4100).
    Correction,
    /// Too small, settled for less, or not to be had (4195).
    PriceConcession,
}

/// See [`super::StatementEvent::Adjusted`]. The entry is made here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjusted {
    /// Names it.
    pub adjustment_id: Uuid,
    /// When.
    pub adjusted_on: Date,
    /// What comes off what the patient owes.
    pub amount: Money,
    /// Who.
    pub by: By,
    /// Its money now.
    pub figures: Figures,
    /// What it is.
    pub kind: AdjustmentKind,
    /// Why, in words.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
}

/// See [`super::StatementEvent::Paid`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paid {
    /// Its money now.
    pub figures: Figures,
    /// Levels of the schedule that are settled with it.
    pub levels_resolved: Vec<u8>,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// When.
    pub paid_on: Date,
    /// The patient.
    pub patient: AnonymousRef,
}
