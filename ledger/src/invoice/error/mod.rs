//! Why an invoice says no.

mod correction;
mod refusal;

use serde::Serialize;
use time::Date;
use uuid::Uuid;

use super::{PaymentStanding, Status};
use crate::values::{Currency, Money, MoneyError};
pub use correction::CorrectionError;

/// Why an invoice says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum InvoiceError {
    /// No such invoice.
    #[error("there is no such invoice")]
    Unknown,
    /// It was begun before, with other content.
    #[error("the invoice exists with other content and is {status}")]
    Exists {
        /// Where it stands.
        status: Status,
    },
    /// Lines change only while it is a draft.
    #[error("the invoice is {status}, no longer a draft")]
    NotDraft {
        /// Where it stands.
        status: Status,
    },
    /// Money moves only on an invoice that is issued and not void.
    #[error("the invoice is {status}, not open")]
    NotOpen {
        /// Where it stands.
        status: Status,
    },
    /// What is owed was given up.
    #[error("the invoice is written off")]
    GivenUp,
    /// A monthly invoice says which month.
    #[error("a monthly invoice needs its period")]
    PeriodNeeded,
    /// The period has no day.
    #[error("the period from {starts_on} to {ends_on} has no day")]
    PeriodEmpty {
        /// First day after.
        ends_on: Date,
        /// First day.
        starts_on: Date,
    },
    /// Too long a time to pay.
    #[error("{days} days to pay asked, at most {most_days}")]
    PaymentTermsTooLong {
        /// Asked.
        days: u16,
        /// Allowed.
        most_days: u16,
    },
    /// The due date lies beyond the calendar.
    #[error("the due date is out of range")]
    DateOutOfRange,
    /// An invoice of another system does not add up, or nothing is owed of it.
    #[error("{balance} owed of {subtotal} and {tax} tax: not an open invoice that adds up")]
    ImportUneven {
        /// Still owed.
        balance: Money,
        /// Net of tax.
        subtotal: Money,
        /// Tax.
        tax: Money,
    },
    /// Not a document number of another system.
    #[error("a document number of another system is expected, not one of ours")]
    NumberOfOurs,
    /// The line is there with other content.
    #[error("line {line_id} exists with other content")]
    LineExists {
        /// Which.
        line_id: Uuid,
    },
    /// The line was there and was taken off.
    #[error("line {line_id} was taken off; a new line needs a new id")]
    LineTakenOff {
        /// Which.
        line_id: Uuid,
    },
    /// No such line.
    #[error("there is no line {line_id}")]
    LineUnknown {
        /// Which.
        line_id: Uuid,
    },
    /// Too few or too many.
    #[error("a quantity of {quantity} asked, 1 to {most} allowed")]
    QuantityOutOfRange {
        /// Allowed.
        most: i64,
        /// Asked.
        quantity: i64,
    },
    /// A price below zero.
    #[error("a price of {unit_price} is below zero")]
    PriceNegative {
        /// Asked.
        unit_price: Money,
    },
    /// More tax rates than an invoice takes.
    #[error("at most {most} tax rates on one invoice")]
    TooManyRates {
        /// Allowed.
        most: usize,
    },
    /// Another currency than the invoice's.
    #[error("{given} given, the invoice is in {invoice}")]
    CurrencyMismatch {
        /// The currency that was given.
        given: Currency,
        /// The invoice's.
        invoice: Currency,
    },
    /// Nothing, or less.
    #[error("an amount of {amount} is not above zero")]
    AmountNotPositive {
        /// Asked.
        amount: Money,
    },
    /// The sum does not fit.
    #[error("the amount is out of range")]
    AmountOutOfRange,
    /// An invoice without lines.
    #[error("an invoice without lines is not issued")]
    NothingToIssue,
    /// Nobody gave it a number.
    #[error("an invoice is issued with a number")]
    NumberMissing,
    /// The payment is known with another amount.
    #[error("payment {payment_id} exists with an amount of {amount}")]
    PaymentExists {
        /// The amount that is known.
        amount: Money,
        /// Which.
        payment_id: Uuid,
    },
    /// No such payment.
    #[error("there is no payment {payment_id}")]
    PaymentUnknown {
        /// Which.
        payment_id: Uuid,
    },
    /// Its money has not arrived.
    #[error("payment {payment_id} has not succeeded")]
    PaymentNotSucceeded {
        /// Which.
        payment_id: Uuid,
        /// How it stands.
        standing: PaymentStanding,
    },
    /// All of it was refunded.
    #[error("all of payment {payment_id} was refunded")]
    PaymentRefunded {
        /// Which.
        payment_id: Uuid,
        /// How much.
        refunded: Money,
    },
    /// The refund is known with other content.
    #[error("refund {refund_id} exists with an amount of {amount}")]
    RefundExists {
        /// The amount that is known.
        amount: Money,
        /// Which.
        refund_id: Uuid,
    },
    /// No such refund.
    #[error("there is no refund {refund_id}")]
    RefundUnknown {
        /// Which.
        refund_id: Uuid,
    },
    /// More than was received and not yet refunded.
    #[error("a refund of {asked} asked, {refundable} left")]
    RefundTooLarge {
        /// Asked.
        asked: Money,
        /// Left of the payment.
        refundable: Money,
    },
    /// More than there is.
    #[error("a credit of {asked} asked, {credit} there")]
    CreditTooSmall {
        /// Asked.
        asked: Money,
        /// There.
        credit: Money,
    },
    /// More than is owed.
    #[error("{asked} offered, {balance} owed")]
    AboveBalance {
        /// Offered.
        asked: Money,
        /// Owed.
        balance: Money,
    },
    /// There is nothing to give up.
    #[error("{balance} owed, nothing to write off")]
    NothingOwed {
        /// Owed.
        balance: Money,
    },
    /// It holds money: refund it first.
    #[error("the invoice holds {paid} paid and {credit} credit")]
    HasPayments {
        /// Unapplied credit.
        credit: Money,
        /// Settled.
        paid: Money,
        /// Payments that succeeded and stand.
        succeeded_payments: i64,
    },
    /// Nothing can be corrected so.
    #[error(transparent)]
    Correction(#[from] CorrectionError),
}

/// Checked arithmetic said no. Currencies are compared before anything is added.
impl From<MoneyError> for InvoiceError {
    fn from(_: MoneyError) -> Self {
        Self::AmountOutOfRange
    }
}
