//! What happened to what was billed: credit notes, disputes, and things taken back.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{ItemType, PaymentMethod, Standing, TaxComponent, TaxOfRate};
use crate::values::{Code, InvoiceId, Money, Sealed};

/// Revenue of one item type that is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemCut {
    /// How much, net of tax.
    pub amount: Money,
    /// How much of it was not earned yet: it leaves deferred revenue, the rest revenue.
    pub deferred: Money,
    /// The item type.
    pub item_type: ItemType,
}

/// A line that a credit note credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditedLine {
    /// How much of it, net of tax.
    pub amount: Money,
    /// Which.
    pub line_id: Uuid,
}

/// See [`InvoiceEvent::CreditNoteIssued`](super::InvoiceEvent::CreditNoteIssued).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditNoteIssued {
    /// How much settles what this invoice still owes.
    pub applied: Money,
    /// The tax taken back, named as the snapshot names it.
    pub components: Vec<TaxComponent>,
    /// Identifies the credit note.
    pub credit_note_id: Uuid,
    /// How much is left as the customer's credit.
    pub credited: Money,
    /// The day, in the org's zone.
    pub issued_on: Date,
    /// Revenue taken back per item type.
    pub items: Vec<ItemCut>,
    /// Which lines, where lines were named; empty where an amount or all was asked.
    pub lines: Vec<CreditedLine>,
    /// A remark, if one was made.
    pub note: Option<Sealed<String>>,
    /// Gapless number of its own, `CN-YYYYMM-NNNNN`.
    pub number: String,
    /// Why.
    pub reason_code: Code,
    /// What stands now.
    pub standing: Standing,
    /// Tax taken back.
    pub tax: Money,
    /// Base and tax taken back per rate of the snapshot.
    pub taxes: Vec<TaxOfRate>,
    /// Net and tax.
    pub total: Money,
}

/// See [`InvoiceEvent::CreditNoteVoided`](super::InvoiceEvent::CreditNoteVoided): the exact mirror.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditNoteVoided {
    /// What it had settled and is owed again.
    pub applied: Money,
    /// The tax that is owed again, as the snapshot names it.
    pub components: Vec<TaxComponent>,
    /// Which.
    pub credit_note_id: Uuid,
    /// What it had left as credit and is gone.
    pub credited: Money,
    /// Revenue that is back per item type.
    pub items: Vec<ItemCut>,
    /// Its number; it stays used.
    pub number: String,
    /// Why.
    pub reason_code: Code,
    /// What stands now.
    pub standing: Standing,
    /// Tax that is owed again.
    pub tax: Money,
    /// The same per rate.
    pub taxes: Vec<TaxOfRate>,
    /// Net and tax.
    pub total: Money,
    /// The day.
    pub voided_on: Date,
}

/// See [`InvoiceEvent::CreditReturned`](super::InvoiceEvent::CreditReturned).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditReturned {
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub returned_on: Date,
    /// What stands now.
    pub standing: Standing,
    /// To which invoice.
    pub to: InvoiceId,
}

/// See [`InvoiceEvent::CreditRegained`](super::InvoiceEvent::CreditRegained). Posts nothing; the other invoice's event does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditRegained {
    /// How much.
    pub amount: Money,
    /// From which invoice.
    pub from: InvoiceId,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::DisputeOpened`](super::InvoiceEvent::DisputeOpened).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeOpened {
    /// How much the bank took back.
    pub amount: Money,
    /// Identifies the dispute.
    pub dispute_id: Uuid,
    /// What the provider charges for it; zero for none.
    pub fee: Money,
    /// How much of it had settled this invoice and is owed again.
    pub from_applied: Money,
    /// How much of it was unapplied credit.
    pub from_credit: Money,
    /// How the payment had come.
    pub method: PaymentMethod,
    /// The day the funds were withdrawn.
    pub opened_on: Date,
    /// Which payment is disputed.
    pub payment_id: Uuid,
    /// The bank's reason.
    pub reason_code: Code,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::DisputeWon`](super::InvoiceEvent::DisputeWon).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeWon {
    /// How much came back.
    pub amount: Money,
    /// How much of it settles this invoice again.
    pub applied: Money,
    /// The day the funds came back.
    pub closed_on: Date,
    /// How much of it is credit.
    pub credited: Money,
    /// Which dispute.
    pub dispute_id: Uuid,
    /// How much of the fee came back; zero for none.
    pub fee: Money,
    /// How the payment had come.
    pub method: PaymentMethod,
    /// Which payment stands again.
    pub payment_id: Uuid,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::DisputeLost`](super::InvoiceEvent::DisputeLost).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeLost {
    /// How much had been withdrawn.
    pub amount: Money,
    /// The day.
    pub closed_on: Date,
    /// Which dispute.
    pub dispute_id: Uuid,
    /// How much of what is owed is given up as a chargeback loss.
    pub loss: Money,
    /// Which payment is gone.
    pub payment_id: Uuid,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::PaymentTakenOver`](super::InvoiceEvent::PaymentTakenOver).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentTakenOver {
    /// How much.
    pub amount: Money,
    /// How much of it settled this invoice.
    pub applied: Money,
    /// How much is left over as unapplied credit.
    pub credited: Money,
    /// How it had come.
    pub method: PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// The day it had been received.
    pub received_on: Date,
    /// What stands now.
    pub standing: Standing,
    /// The day it was taken over.
    pub taken_over_on: Date,
}

/// See [`InvoiceEvent::PaymentHandedBack`](super::InvoiceEvent::PaymentHandedBack).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentHandedBack {
    /// How much.
    pub amount: Money,
    /// How much of it had settled this invoice.
    pub from_applied: Money,
    /// How much of it was unapplied credit.
    pub from_credit: Money,
    /// The day.
    pub handed_back_on: Date,
    /// Which.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::RefundCanceled`](super::InvoiceEvent::RefundCanceled): the exact mirror.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundCanceled {
    /// How much.
    pub amount: Money,
    /// The day.
    pub canceled_on: Date,
    /// The tax that is owed again, as the snapshot names it.
    pub components: Vec<TaxComponent>,
    /// How much is credit again.
    pub from_credit: Money,
    /// Revenue that is back per item type.
    pub items: Vec<ItemCut>,
    /// Which payment it would have refunded.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Which refund.
    pub refund_id: Uuid,
    /// What stands now.
    pub standing: Standing,
    /// Tax that is owed again.
    pub tax: Money,
    /// The same per rate.
    pub taxes: Vec<TaxOfRate>,
}

/// See [`InvoiceEvent::WriteOffReversed`](super::InvoiceEvent::WriteOffReversed).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOffReversed {
    /// How much is owed again: all that was given up.
    pub amount: Money,
    /// A remark, if one was made.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub reversed_on: Date,
    /// What stands now.
    pub standing: Standing,
}
