//! Orders that correct what was billed or what was settled.

use time::Date;
use uuid::Uuid;

use crate::{
    invoice::PaymentMethod,
    values::{Code, InvoiceId, Money, Sealed},
};

/// What a credit note takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditScope {
    /// These lines, each once.
    Lines(Vec<CreditLine>),
    /// So much, tax included, shared in proportion to what is left.
    Amount(Money),
    /// All that is left.
    Rest,
}

/// A line that is to be credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditLine {
    /// How much of it, net of tax; all that is left of it where nothing is said.
    pub amount: Option<Money>,
    /// Which.
    pub line_id: Uuid,
}

/// See [`InvoiceCommand::IssueCreditNote`](super::InvoiceCommand::IssueCreditNote).
#[derive(Debug, Clone, PartialEq)]
pub struct IssueCreditNote {
    /// Identifies the credit note; a second time changes nothing.
    pub credit_note_id: Uuid,
    /// The day, in the org's zone.
    pub issued_on: Date,
    /// Whether all of it is left as credit, whatever is still owed.
    pub leave_as_credit: bool,
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Given by the writer: the next number of the series `CN-YYYYMM`.
    pub number: Option<i64>,
    /// Why; mandatory.
    pub reason_code: Code,
    /// What is taken back.
    pub scope: CreditScope,
}

/// See [`InvoiceCommand::VoidCreditNote`](super::InvoiceCommand::VoidCreditNote).
#[derive(Debug, Clone, PartialEq)]
pub struct VoidCreditNote {
    /// Which.
    pub credit_note_id: Uuid,
    /// Why; mandatory.
    pub reason_code: Code,
    /// The day.
    pub voided_on: Date,
}

/// See [`InvoiceCommand::ReturnCredit`](super::InvoiceCommand::ReturnCredit).
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnCredit {
    /// How much.
    pub amount: Money,
    /// Why; mandatory.
    pub reason_code: Code,
    /// The day.
    pub returned_on: Date,
    /// To which invoice: the one it came from.
    pub to: InvoiceId,
}

/// See [`InvoiceCommand::RegainCredit`](super::InvoiceCommand::RegainCredit).
#[derive(Debug, Clone, PartialEq)]
pub struct RegainCredit {
    /// How much.
    pub amount: Money,
    /// From which invoice: the one it was handed to.
    pub from: InvoiceId,
}

/// See [`InvoiceCommand::OpenDispute`](super::InvoiceCommand::OpenDispute).
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDispute {
    /// How much the bank took back, above zero.
    pub amount: Money,
    /// Identifies the dispute; a second time changes nothing.
    pub dispute_id: Uuid,
    /// What the provider charges for it, not below zero.
    pub fee: Money,
    /// The day the funds were withdrawn.
    pub opened_on: Date,
    /// Which payment.
    pub payment_id: Uuid,
    /// The bank's reason.
    pub reason_code: Code,
}

/// See [`InvoiceCommand::WinDispute`](super::InvoiceCommand::WinDispute).
#[derive(Debug, Clone, PartialEq)]
pub struct WinDispute {
    /// The day the funds came back.
    pub closed_on: Date,
    /// Which.
    pub dispute_id: Uuid,
    /// How much of the fee came back, not below zero.
    pub fee_returned: Money,
}

/// See [`InvoiceCommand::LoseDispute`](super::InvoiceCommand::LoseDispute).
#[derive(Debug, Clone, PartialEq)]
pub struct LoseDispute {
    /// The day.
    pub closed_on: Date,
    /// Which.
    pub dispute_id: Uuid,
}

/// See [`InvoiceCommand::TakeOverPayment`](super::InvoiceCommand::TakeOverPayment).
#[derive(Debug, Clone, PartialEq)]
pub struct TakeOverPayment {
    /// How much, above zero.
    pub amount: Money,
    /// How it had come.
    pub method: PaymentMethod,
    /// Identifies the payment; a second time changes nothing.
    pub payment_id: Uuid,
    /// The day it had been received.
    pub received_on: Date,
    /// The day.
    pub taken_over_on: Date,
}

/// See [`InvoiceCommand::HandBackPayment`](super::InvoiceCommand::HandBackPayment).
#[derive(Debug, Clone, PartialEq)]
pub struct HandBackPayment {
    /// The day.
    pub handed_back_on: Date,
    /// Which.
    pub payment_id: Uuid,
    /// Why; mandatory.
    pub reason_code: Code,
}

/// See [`InvoiceCommand::CancelRefund`](super::InvoiceCommand::CancelRefund).
#[derive(Debug, Clone, PartialEq)]
pub struct CancelRefund {
    /// The day.
    pub canceled_on: Date,
    /// Why; mandatory.
    pub reason_code: Code,
    /// Which.
    pub refund_id: Uuid,
}

/// See [`InvoiceCommand::ReverseWriteOff`](super::InvoiceCommand::ReverseWriteOff).
#[derive(Debug, Clone, PartialEq)]
pub struct ReverseWriteOff {
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Why; mandatory.
    pub reason_code: Code,
    /// The day.
    pub reversed_on: Date,
}
