//! Why nothing is corrected: credit notes, disputes, and things taken back.

use serde::Serialize;
use uuid::Uuid;

use crate::{decide::RefusalKind, invoice::DisputeStanding, values::Money};

/// Why nothing is corrected. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum CorrectionError {
    /// The credit note is known with other content.
    #[error("credit note {credit_note_id} exists with a total of {total}")]
    CreditNoteExists {
        /// Which.
        credit_note_id: Uuid,
        /// The total that is known.
        total: Money,
    },
    /// No such credit note.
    #[error("there is no credit note {credit_note_id}")]
    CreditNoteUnknown {
        /// Which.
        credit_note_id: Uuid,
    },
    /// More than is left of what was billed.
    #[error("a credit note of {asked} asked, {creditable} left")]
    CreditNoteTooLarge {
        /// Asked, tax included.
        asked: Money,
        /// Left, tax included.
        creditable: Money,
    },
    /// More than is left of a line.
    #[error("{asked} of line {line_id} asked, {left} left")]
    LineCreditTooLarge {
        /// Asked, net.
        asked: Money,
        /// Left, net.
        left: Money,
        /// Which.
        line_id: Uuid,
    },
    /// A line named twice on one credit note.
    #[error("line {line_id} is named twice")]
    LineTwice {
        /// Which.
        line_id: Uuid,
    },
    /// All of it was taken back.
    #[error("there is nothing left to credit")]
    NothingToCredit,
    /// The credit was refunded or handed on.
    #[error("a credit of {needed} is needed, {credit} there: what was done with it comes first")]
    CreditUsed {
        /// There.
        credit: Money,
        /// Needed.
        needed: Money,
    },
    /// More than was applied from there and is still here.
    #[error("{asked} asked back, {applied} applied from there")]
    CreditNotApplied {
        /// Applied and still here.
        applied: Money,
        /// Asked.
        asked: Money,
    },
    /// More than was handed there.
    #[error("{asked} asked back, {released} handed there")]
    CreditNotReleased {
        /// Asked.
        asked: Money,
        /// Handed there and not yet back.
        released: Money,
    },
    /// The dispute is known with other content.
    #[error("dispute {dispute_id} exists with an amount of {amount}")]
    DisputeExists {
        /// The amount that is known.
        amount: Money,
        /// Which.
        dispute_id: Uuid,
    },
    /// No such dispute.
    #[error("there is no dispute {dispute_id}")]
    DisputeUnknown {
        /// Which.
        dispute_id: Uuid,
    },
    /// It was decided the other way.
    #[error("dispute {dispute_id} is closed")]
    DisputeClosed {
        /// Which.
        dispute_id: Uuid,
        /// How it ended.
        standing: DisputeStanding,
    },
    /// More than the payment brought and still holds.
    #[error("a dispute over {asked} asked, {disputable} left of the payment")]
    DisputeTooLarge {
        /// Asked.
        asked: Money,
        /// Left of the payment.
        disputable: Money,
    },
    /// A fee below zero, or more of it back than was charged.
    #[error("a fee of {fee} asked, 0 to {most} allowed")]
    FeeOutOfRange {
        /// Asked.
        fee: Money,
        /// Allowed.
        most: Money,
    },
    /// The bank looks into it.
    #[error("payment {payment_id} is disputed")]
    PaymentDisputed {
        /// Which.
        payment_id: Uuid,
    },
    /// It came here as a payment of its own.
    #[error("payment {payment_id} was not taken over from the account")]
    PaymentNotTakenOver {
        /// Which.
        payment_id: Uuid,
    },
    /// Part of it was refunded or withdrawn.
    #[error("of payment {payment_id} {refunded} was refunded and {withdrawn} withdrawn")]
    PaymentUsed {
        /// Which.
        payment_id: Uuid,
        /// Promised back.
        refunded: Money,
        /// Taken back by a bank.
        withdrawn: Money,
    },
    /// The refund left our account.
    #[error("refund {refund_id} has left; only one that has not is canceled")]
    RefundGone {
        /// Which.
        refund_id: Uuid,
    },
    /// The refund was taken back.
    #[error("refund {refund_id} is canceled")]
    RefundCanceled {
        /// Which.
        refund_id: Uuid,
    },
    /// There is nothing to claim again.
    #[error("nothing is written off")]
    NothingWrittenOff,
}

impl CorrectionError {
    /// Its stable code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::CreditNoteExists { .. } => "invoice.credit_note_exists",
            Self::CreditNoteUnknown { .. } => "invoice.credit_note_unknown",
            Self::CreditNoteTooLarge { .. } => "invoice.credit_note_too_large",
            Self::LineCreditTooLarge { .. } => "invoice.line_credit_too_large",
            Self::LineTwice { .. } => "invoice.line_twice",
            Self::NothingToCredit => "invoice.nothing_to_credit",
            Self::CreditUsed { .. } => "invoice.credit_used",
            Self::CreditNotApplied { .. } => "invoice.credit_not_applied",
            Self::CreditNotReleased { .. } => "invoice.credit_not_released",
            Self::DisputeExists { .. } => "invoice.dispute_exists",
            Self::DisputeUnknown { .. } => "invoice.dispute_unknown",
            Self::DisputeClosed { .. } => "invoice.dispute_closed",
            Self::DisputeTooLarge { .. } => "invoice.dispute_too_large",
            Self::FeeOutOfRange { .. } => "invoice.fee_out_of_range",
            Self::PaymentDisputed { .. } => "invoice.payment_disputed",
            Self::PaymentNotTakenOver { .. } => "invoice.payment_not_taken_over",
            Self::PaymentUsed { .. } => "invoice.payment_used",
            Self::RefundGone { .. } => "invoice.refund_gone",
            Self::RefundCanceled { .. } => "invoice.refund_canceled",
            Self::NothingWrittenOff => "invoice.nothing_written_off",
        }
    }

    /// What kind of "no" it is.
    pub(super) fn kind(&self) -> RefusalKind {
        match self {
            Self::CreditNoteUnknown { .. } | Self::DisputeUnknown { .. } => RefusalKind::Unknown,
            Self::CreditNoteTooLarge { .. }
            | Self::LineCreditTooLarge { .. }
            | Self::LineTwice { .. }
            | Self::CreditNotApplied { .. }
            | Self::CreditNotReleased { .. }
            | Self::DisputeTooLarge { .. }
            | Self::FeeOutOfRange { .. } => RefusalKind::Invalid,
            Self::NothingToCredit
            | Self::CreditUsed { .. }
            | Self::DisputeClosed { .. }
            | Self::PaymentDisputed { .. }
            | Self::PaymentNotTakenOver { .. }
            | Self::PaymentUsed { .. }
            | Self::RefundGone { .. }
            | Self::RefundCanceled { .. }
            | Self::NothingWrittenOff => RefusalKind::NotNow,
            Self::CreditNoteExists { .. } | Self::DisputeExists { .. } => RefusalKind::Conflict,
        }
    }
}
