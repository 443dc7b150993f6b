//! Orders about overdue statements, plans and the patient's money.

use time::Date;
use uuid::Uuid;

use crate::{
    invoice::PaymentMethod,
    statement::{AdjustmentKind, Authority},
    values::{Code, Money, Sealed},
};

/// See [`super::StatementCommand::Escalate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Escalate {
    /// Who.
    pub by: Authority,
    /// Today, in the org's zone.
    pub escalated_on: Date,
    /// The level that is reached, from 1.
    pub level: u8,
    /// Names the plan, if one is offered with it.
    pub plan_id: Uuid,
}

/// See [`super::StatementCommand::OfferPlan`].
#[derive(Debug, Clone, PartialEq)]
pub struct OfferPlan {
    /// Who.
    pub by: Authority,
    /// The last day to pay the first instalment; the others follow month by month.
    pub first_due_on: Date,
    /// How many instalments.
    pub months: u16,
    /// When.
    pub offered_on: Date,
    /// Names the plan.
    pub plan_id: Uuid,
}

/// See [`super::StatementCommand::AcceptPlan`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AcceptPlan {
    /// When.
    pub accepted_on: Date,
    /// Which.
    pub plan_id: Uuid,
}

/// See [`super::StatementCommand::DeclinePlan`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeclinePlan {
    /// When.
    pub declined_on: Date,
    /// Which.
    pub plan_id: Uuid,
}

/// See [`super::StatementCommand::MissInstalments`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MissInstalments {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`super::StatementCommand::CancelPlan`].
#[derive(Debug, Clone, PartialEq)]
pub struct CancelPlan {
    /// Who.
    pub by: Authority,
    /// When.
    pub canceled_on: Date,
    /// Which.
    pub plan_id: Uuid,
    /// Why.
    pub reason_code: Code,
}

/// See [`super::StatementCommand::RecordPayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPayment {
    /// How much: above zero, and not more than is due.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Names the payment; a second time changes nothing.
    pub payment_id: Uuid,
    /// When.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
}

/// See [`super::StatementCommand::ReversePayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReversePayment {
    /// Which.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// When.
    pub reversed_on: Date,
}

/// See [`super::StatementCommand::Refund`].
#[derive(Debug, Clone, PartialEq)]
pub struct Refund {
    /// How much: not more than was paid too much, nor than is left of the payment.
    pub amount: Money,
    /// When.
    pub created_on: Date,
    /// Of which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Names the refund; a second time changes nothing.
    pub refund_id: Uuid,
}

/// See [`super::StatementCommand::SettleRefund`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SettleRefund {
    /// Which.
    pub refund_id: Uuid,
    /// When.
    pub settled_on: Date,
}

/// See [`super::StatementCommand::Adjust`].
#[derive(Debug, Clone, PartialEq)]
pub struct Adjust {
    /// When.
    pub adjusted_on: Date,
    /// Names it; a second time changes nothing.
    pub adjustment_id: Uuid,
    /// What comes off: above zero, and not more than is due.
    pub amount: Money,
    /// Who.
    pub by: Authority,
    /// What it is.
    pub kind: AdjustmentKind,
    /// Why, in words.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
}
