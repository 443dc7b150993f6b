//! What happened to the invoice's money. Each event says what stands after it.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{ItemCut, PaymentMethod, Standing, Status, TaxComponent, TaxOfRate};
use crate::values::{Code, InvoiceId, Money, Sealed};

/// See [`InvoiceEvent::PaymentPending`](super::InvoiceEvent::PaymentPending).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentPending {
    /// How much is on its way.
    pub amount: Money,
    /// How it comes.
    pub method: PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// The day it was announced.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
}

/// See [`InvoiceEvent::PaymentSucceeded`](super::InvoiceEvent::PaymentSucceeded).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentSucceeded {
    /// How much arrived.
    pub amount: Money,
    /// How much of it settled this invoice.
    pub applied: Money,
    /// How much is left over as unapplied credit.
    pub credited: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// The day it was received.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::PaymentFailed`](super::InvoiceEvent::PaymentFailed).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentFailed {
    /// How much was asked.
    pub amount: Money,
    /// The day.
    pub failed_on: Date,
    /// How it was asked.
    pub method: PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// Why, as a code.
    pub reason_code: Option<Code>,
    /// Where the invoice stands now.
    pub status: Status,
}

/// See [`InvoiceEvent::PaymentReversed`](super::InvoiceEvent::PaymentReversed). The status stays until somebody reconciles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentReversed {
    /// How much went back.
    pub amount: Money,
    /// How much of it had settled this invoice.
    pub from_applied: Money,
    /// How much of it was unapplied credit.
    pub from_credit: Money,
    /// How it had come.
    pub method: PaymentMethod,
    /// Which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub reversed_on: Date,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::RefundCreated`](super::InvoiceEvent::RefundCreated).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundCreated {
    /// How much.
    pub amount: Money,
    /// The tax taken back, named as the snapshot names it; empty where an older event names none.
    pub components: Vec<TaxComponent>,
    /// The day.
    pub created_on: Date,
    /// How much comes out of unapplied credit.
    pub from_credit: Money,
    /// How much cuts revenue, per item type (net of tax).
    pub items: Vec<ItemCut>,
    /// Which way it goes back.
    pub method: PaymentMethod,
    /// Which payment is refunded.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Identifies the refund.
    pub refund_id: Uuid,
    /// What stands now.
    pub standing: Standing,
    /// How much cuts the tax owed.
    pub tax: Money,
    /// Base and tax taken back per rate; empty where an older event does not tell.
    pub taxes: Vec<TaxOfRate>,
}

/// See [`InvoiceEvent::RefundSettled`](super::InvoiceEvent::RefundSettled).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundSettled {
    /// How much.
    pub amount: Money,
    /// Which way it went.
    pub method: PaymentMethod,
    /// Which refund.
    pub refund_id: Uuid,
    /// The day.
    pub settled_on: Date,
}

/// See [`InvoiceEvent::RefundFailed`](super::InvoiceEvent::RefundFailed).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundFailed {
    /// How much.
    pub amount: Money,
    /// The day.
    pub failed_on: Date,
    /// Which way it was meant to go.
    pub method: PaymentMethod,
    /// Which refund.
    pub refund_id: Uuid,
    /// Whether it had been settled before, so that the money is back in our account.
    pub was_settled: bool,
}

/// See [`InvoiceEvent::CreditReleased`](super::InvoiceEvent::CreditReleased). Posts nothing; the other invoice's event does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditReleased {
    /// How much.
    pub amount: Money,
    /// What stands now.
    pub standing: Standing,
    /// To which invoice.
    pub to: InvoiceId,
}

/// See [`InvoiceEvent::CreditApplied`](super::InvoiceEvent::CreditApplied).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditApplied {
    /// How much.
    pub amount: Money,
    /// The day.
    pub applied_on: Date,
    /// From which invoice.
    pub from: InvoiceId,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::WrittenOff`](super::InvoiceEvent::WrittenOff).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenOff {
    /// How much: all that was still owed.
    pub amount: Money,
    /// A remark, if one was made.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// What stands now.
    pub standing: Standing,
    /// The day.
    pub written_off_on: Date,
}
