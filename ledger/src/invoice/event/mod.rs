//! What happened to an invoice. Events carry results (totals, balances), so that no reader
//! repeats the arithmetic.

mod correcting;
mod document;
mod earning;
mod importing;
mod money;
mod words;

pub use correcting::*;
pub use document::*;
pub use earning::*;
pub use importing::*;
pub use money::*;
pub use words::*;

use super::upcast;

events! {
    /// What happened to an invoice.
    pub enum InvoiceEvent {
        /// A draft was begun.
        Opened(Opened) = "billing.invoice.opened" @ 1;
        /// A line was added to the draft.
        LineAdded(LineAdded) = "billing.invoice.line_added" @ 2, from 1 => upcast::line_added_v1;
        /// A line was taken off the draft.
        LineRemoved(LineRemoved) = "billing.invoice.line_removed" @ 1;
        /// The draft's tax was worked out anew from its lines.
        TotalsRecalculated(TotalsRecalculated) = "billing.invoice.totals_recalculated" @ 1;
        /// It has its number and its tax snapshot; from now on it does not change.
        Issued(Issued) = "billing.invoice.issued" @ 2, from 1 => upcast::issued_v1;
        /// Another system issued it; it is taken over as it stands there.
        Imported(Imported) = "billing.invoice.imported" @ 1;
        /// It was sent to the customer.
        Sent(Sent) = "billing.invoice.sent" @ 1;
        /// Money is on its way.
        PaymentPending(PaymentPending) = "billing.invoice.payment_pending" @ 1;
        /// Money arrived.
        PaymentSucceeded(PaymentSucceeded) = "billing.invoice.payment_succeeded" @ 1;
        /// An attempt to collect failed; no money moved.
        PaymentFailed(PaymentFailed) = "billing.invoice.payment_failed" @ 1;
        /// Money that had arrived went back (returned cheque, reversed debit).
        PaymentReversed(PaymentReversed) = "billing.invoice.payment_reversed" @ 1;
        /// The provider reports the invoice as paid, whatever we know of the money.
        PaidReported(PaidReported) = "billing.invoice.paid_reported" @ 1;
        /// The status was worked out anew from settled funds.
        Reconciled(Reconciled) = "billing.invoice.reconciled" @ 1;
        /// The due date passed with money still owed.
        OverdueMarked(OverdueMarked) = "billing.invoice.overdue_marked" @ 1;
        /// A refund was granted.
        RefundCreated(RefundCreated) = "billing.invoice.refund_created" @ 2,
            from 1 => upcast::refund_created_v1;
        /// The refund left our account.
        RefundSettled(RefundSettled) = "billing.invoice.refund_settled" @ 1;
        /// The refund came back; we still owe it.
        RefundFailed(RefundFailed) = "billing.invoice.refund_failed" @ 1;
        /// Unapplied credit was handed to another invoice.
        CreditReleased(CreditReleased) = "billing.invoice.credit_released" @ 1;
        /// Credit of another invoice was taken as payment.
        CreditApplied(CreditApplied) = "billing.invoice.credit_applied" @ 1;
        /// What is still owed was given up.
        WrittenOff(WrittenOff) = "billing.invoice.written_off" @ 1;
        /// It is void; an issued number stays used.
        Canceled(Canceled) = "billing.invoice.canceled" @ 2, from 1 => upcast::canceled_v1;
        /// It was linked to the payment provider's invoice.
        ProviderLinked(ProviderLinked) = "billing.invoice.provider_linked" @ 1;
        /// A credit note took back part or all of what was billed.
        CreditNoteIssued(CreditNoteIssued) = "billing.invoice.credit_note_issued" @ 1;
        /// A credit note was voided; its number stays used.
        CreditNoteVoided(CreditNoteVoided) = "billing.invoice.credit_note_voided" @ 1;
        /// Credit that had been applied here went back to where it came from.
        CreditReturned(CreditReturned) = "billing.invoice.credit_returned" @ 1;
        /// Credit that had been handed to another invoice came back.
        CreditRegained(CreditRegained) = "billing.invoice.credit_regained" @ 1;
        /// The customer's bank took a payment back while it looks into it.
        DisputeOpened(DisputeOpened) = "billing.invoice.dispute_opened" @ 1;
        /// The disputed money came back.
        DisputeWon(DisputeWon) = "billing.invoice.dispute_won" @ 1;
        /// The disputed money is gone.
        DisputeLost(DisputeLost) = "billing.invoice.dispute_lost" @ 1;
        /// A payment that was held on the account was taken as this invoice's.
        PaymentTakenOver(PaymentTakenOver) = "billing.invoice.payment_taken_over" @ 1;
        /// A payment that was taken over went back to be held on the account.
        PaymentHandedBack(PaymentHandedBack) = "billing.invoice.payment_handed_back" @ 1;
        /// A refund that had not left was taken back.
        RefundCanceled(RefundCanceled) = "billing.invoice.refund_canceled" @ 1;
        /// What was billed ahead was earned in part.
        RevenueRecognized(RevenueRecognized) = "billing.invoice.revenue_recognized" @ 1;
        /// What was given up is owed again.
        WriteOffReversed(WriteOffReversed) = "billing.invoice.write_off_reversed" @ 1;
    }
}
