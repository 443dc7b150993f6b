//! The columns of `reconcile`.

use ledger::{
    invoice::{PaymentMethod, Status},
    values::Currency,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An invoice.
    Invoice,
    /// A payment that fits no invoice.
    HeldPayment,
}

/// How status and money disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// It says paid and something is owed.
    PaidWithoutFunds,
    /// Nothing is owed and it does not say paid.
    SettledNotPaid,
    /// Something is settled and it does not say so.
    PartlySettled,
    /// It says partial and nothing is settled.
    PartialWithoutFunds,
    /// A held payment: the invoice is in another currency.
    CurrencyMismatch,
    /// A held payment: the invoice was canceled or never issued.
    InvoiceNotOpen,
    /// A held payment: no such invoice.
    UnknownInvoice,
}

worded! {
    Kind { Invoice = "invoice", HeldPayment = "held_payment" }
    Mismatch {
        PaidWithoutFunds = "paid_without_funds",
        SettledNotPaid = "settled_not_paid",
        PartlySettled = "partly_settled",
        PartialWithoutFunds = "partial_without_funds",
        CurrencyMismatch = "currency_mismatch",
        InvoiceNotOpen = "invoice_not_open",
        UnknownInvoice = "unknown_invoice",
    }
}

columns! {
    /// One invoice or held payment.
    pub struct Row {
        key {
            /// Which of the two.
            kind: Word<Kind>,
            /// The invoice or the payment.
            subject_id: Uuid,
        }
        /// The invoice itself, or the one a held payment was meant for.
        invoice_id: Option<Uuid>,
        /// The invoice's number.
        number: Option<String>,
        /// Where the invoice stands.
        status: Option<Word<Status>>,
        /// Of all amounts.
        currency: Word<Currency>,
        /// What was billed, or what came in.
        total_minor: i64,
        /// Settled funds, credits of other invoices included.
        settled_minor: i64,
        /// Still owed.
        outstanding_minor: i64,
        /// Overpaid and not used.
        credit_minor: i64,
        /// Payments that succeeded and stand.
        succeeded_payments: i64,
        /// Attempts to collect that failed.
        failed_attempts: i64,
        /// The day the last money was received.
        last_payment_on: Option<Date>,
        /// When the last money was received.
        last_payment_at: Option<OffsetDateTime>,
        /// When payment is due.
        due_on: Option<Date>,
        /// Whether what was owed is written off.
        given_up: bool,
        /// Whether status and money disagree.
        mismatch: bool,
        /// How they disagree, or why a payment is held.
        mismatch_kind: Option<Word<Mismatch>>,
        /// How a held payment came.
        method: Option<Word<PaymentMethod>>,
        /// Where it began: the key that lists go by.
        opened_position: i64,
        /// Whether a held payment went to an invoice or back; it is not listed then.
        resolved: bool,
    }
}
