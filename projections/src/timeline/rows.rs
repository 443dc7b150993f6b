//! The columns of `timeline`.

use ledger::values::Currency;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// What has a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An invoice.
    Invoice,
    /// A patient's billing state.
    Patient,
    /// The org's account.
    Subscription,
    /// A payment.
    Payment,
    /// The org's books.
    Books,
    /// A claim.
    Claim,
    /// A payer's permission to bill.
    PriorAuth,
    /// A statement of a patient.
    Statement,
}

/// What else an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Related {
    /// A line of the invoice.
    Line,
    /// A payment.
    Payment,
    /// A refund.
    Refund,
    /// An invoice.
    Invoice,
    /// A credit note of the invoice.
    CreditNote,
    /// A dispute about a payment.
    Dispute,
    /// An entry in the books.
    Entry,
    /// A payment of a payer.
    Remittance,
    /// A decision not to collect.
    WriteOff,
    /// A dispute of a payer's answer.
    Appeal,
    /// A line of a claim.
    ClaimLine,
    /// A statement of a patient.
    Statement,
}

worded! {
    Subject {
        Invoice = "invoice",
        Patient = "patient",
        Subscription = "subscription",
        Payment = "payment",
        Books = "books",
        Claim = "claim",
        PriorAuth = "prior_auth",
        Statement = "statement",
    }
    Related {
        Line = "line",
        Payment = "payment",
        Refund = "refund",
        Invoice = "invoice",
        CreditNote = "credit_note",
        Dispute = "dispute",
        Entry = "entry",
        Remittance = "remittance",
        WriteOff = "write_off",
        Appeal = "appeal",
        ClaimLine = "claim_line",
        Statement = "statement",
    }
}

columns! {
    /// One entry.
    pub struct Row {
        key {
            /// What it happened to.
            subject_kind: Word<Subject>,
            /// Which one.
            subject_id: Uuid,
            /// The event's place in the log.
            position: i64,
            /// The entry's place within the event.
            ordinal: i32,
        }
        /// What happened: the event's stored name.
        event_type: String,
        /// The event.
        event_id: Uuid,
        /// When it was true.
        occurred_at: OffsetDateTime,
        /// When it was learned.
        recorded_at: OffsetDateTime,
        /// Who gave the command.
        actor: String,
        /// How much, if money is involved.
        amount_minor: Option<i64>,
        /// Of the amount.
        currency: Option<Word<Currency>>,
        /// Where the subject stands after it, if that changed.
        status: Option<String>,
        /// What else it is about.
        related_kind: Option<Word<Related>>,
        /// Which one.
        related_id: Option<Uuid>,
    }
}
