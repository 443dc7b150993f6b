//! Orders about money: payments, refunds, credit, giving up.

use time::Date;
use uuid::Uuid;

use crate::{
    invoice::PaymentMethod,
    values::{Code, InvoiceId, Money, Sealed},
};

/// How a payment stands.
///
/// - **Source:** contract S1.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// Announced.
    Pending,
    /// Arrived.
    Succeeded,
    /// Did not arrive.
    Failed,
}

/// See [`InvoiceCommand::RecordPayment`](super::InvoiceCommand::RecordPayment).
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPayment {
    /// How much, above zero.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Identifies the payment; the same state twice changes nothing, and a payment that
    /// succeeded is not undone by a late failure.
    pub payment_id: Uuid,
    /// Why it failed.
    pub reason_code: Option<Code>,
    /// The day.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
    /// How it stands.
    pub state: PaymentState,
}

/// See [`InvoiceCommand::ReversePayment`](super::InvoiceCommand::ReversePayment).
#[derive(Debug, Clone, PartialEq)]
pub struct ReversePayment {
    /// Which.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub reversed_on: Date,
}

/// See [`InvoiceCommand::CreateRefund`](super::InvoiceCommand::CreateRefund).
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRefund {
    /// How much, above zero and not above what was received and not yet refunded.
    pub amount: Money,
    /// The day.
    pub created_on: Date,
    /// Which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Identifies the refund; a second time changes nothing.
    pub refund_id: Uuid,
}

/// See [`InvoiceCommand::SettleRefund`](super::InvoiceCommand::SettleRefund).
#[derive(Debug, Clone, PartialEq)]
pub struct SettleRefund {
    /// Which.
    pub refund_id: Uuid,
    /// The day.
    pub settled_on: Date,
}

/// See [`InvoiceCommand::FailRefund`](super::InvoiceCommand::FailRefund).
#[derive(Debug, Clone, PartialEq)]
pub struct FailRefund {
    /// The day.
    pub failed_on: Date,
    /// Which.
    pub refund_id: Uuid,
}

/// See [`InvoiceCommand::ReleaseCredit`](super::InvoiceCommand::ReleaseCredit).
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseCredit {
    /// How much.
    pub amount: Money,
    /// To which invoice.
    pub to: InvoiceId,
}

/// See [`InvoiceCommand::ApplyCredit`](super::InvoiceCommand::ApplyCredit).
#[derive(Debug, Clone, PartialEq)]
pub struct ApplyCredit {
    /// How much.
    pub amount: Money,
    /// The day.
    pub applied_on: Date,
    /// From which invoice.
    pub from: InvoiceId,
}

/// See [`InvoiceCommand::WriteOff`](super::InvoiceCommand::WriteOff).
#[derive(Debug, Clone, PartialEq)]
pub struct WriteOff {
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Why; mandatory.
    pub reason_code: Code,
    /// The day.
    pub written_off_on: Date,
}
