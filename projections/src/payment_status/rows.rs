//! The columns of `payment_status`.

use ledger::{invoice::PaymentMethod, values::Currency};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Money that comes.
    Payment,
    /// Money that goes back.
    Refund,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// A payment is announced.
    Pending,
    /// A payment arrived.
    Succeeded,
    /// A payment did not arrive, or a refund came back.
    Failed,
    /// A payment arrived and went back.
    Reversed,
    /// A refund is granted.
    Created,
    /// A refund left our account.
    Settled,
    /// A refund was taken back before it left.
    Canceled,
    /// The customer's bank has taken a payment back while it looks into it.
    Disputed,
    /// A disputed payment is gone.
    ChargedBack,
    /// A payment went back to be held on the account.
    HandedBack,
}

worded! {
    Kind { Payment = "payment", Refund = "refund" }
    Stands {
        Pending = "pending",
        Succeeded = "succeeded",
        Failed = "failed",
        Reversed = "reversed",
        Created = "created",
        Settled = "settled",
        Canceled = "canceled",
        Disputed = "disputed",
        ChargedBack = "charged_back",
        HandedBack = "handed_back",
    }
}

columns! {
    /// One payment or refund.
    pub struct Row {
        key {
            /// Of which invoice.
            invoice_id: Uuid,
            /// The payment or the refund.
            movement_id: Uuid,
        }
        /// Which of the two.
        kind: Word<Kind>,
        /// The payment itself, or the one refunded.
        payment_id: Uuid,
        /// How it stands.
        status: Word<Stands>,
        /// Which way it goes.
        method: Word<PaymentMethod>,
        /// Of all amounts.
        currency: Word<Currency>,
        /// How much.
        amount_minor: i64,
        /// How much of it settled the invoice.
        applied_minor: i64,
        /// How much was left over as credit, or came out of credit.
        credited_minor: i64,
        /// How much went back.
        reversed_minor: i64,
        /// The day it was first heard of.
        began_on: Date,
        /// The day of the latest change.
        changed_on: Date,
        /// Why it failed, was reversed, disputed, handed back, granted or taken back.
        reason_code: Option<String>,
        /// When it was first heard of.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// Where it was first heard of.
        began_position: i64,
        /// Cheque number, provider id, …, sealed.
        reference: Option<Vec<u8>>,
        /// How much of it is in dispute or was lost in one.
        disputed_minor: i64,
    }
}
