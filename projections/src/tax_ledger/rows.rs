//! The columns of `tax_ledger`.

use ledger::values::Currency;
use time::Date;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// What moved the tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An invoice was issued.
    Issued,
    /// An invoice was voided.
    Canceled,
    /// A credit note took it back.
    Credited,
    /// A credit note was voided.
    CreditVoided,
    /// A refund cut it.
    Refunded,
    /// A refund was taken back.
    RefundCanceled,
}

worded! {
    Kind {
        Issued = "issued",
        Canceled = "canceled",
        Credited = "credited",
        CreditVoided = "credit_voided",
        Refunded = "refunded",
        RefundCanceled = "refund_canceled",
    }
}

columns! {
    /// One movement of one tax.
    pub struct Row {
        key {
            /// The event's place in the log.
            position: i64,
            /// Place within the event.
            line: i32,
        }
        /// What moved it.
        kind: Word<Kind>,
        /// On which invoice.
        invoice_id: Uuid,
        /// The credit note or refund.
        subject_id: Option<Uuid>,
        /// The day it belongs to.
        business_on: Date,
        /// Which tax law; said at issue.
        jurisdiction: Option<String>,
        /// The tax's name; none where the event does not tell taxes apart.
        component: Option<String>,
        /// Its rate; none where the event does not tell taxes apart.
        rate: Option<String>,
        /// Of both amounts.
        currency: Word<Currency>,
        /// What it is taken on; below zero where it is taken back.
        base_minor: i64,
        /// The tax; below zero where it is taken back.
        tax_minor: i64,
    }
}
