//! What happened to an invoice. Events carry results (totals, balances), so that no reader
//! repeats the arithmetic.

mod document;
mod money;
mod words;

pub use document::*;
pub use money::*;
pub use words::*;

events! {
    /// What happened to an invoice.
    pub enum InvoiceEvent {
        /// A draft was begun.
        Opened(Opened) = "billing.invoice.opened" @ 1;
        /// A line was added to the draft.
        LineAdded(LineAdded) = "billing.invoice.line_added" @ 1;
        /// A line was taken off the draft.
        LineRemoved(LineRemoved) = "billing.invoice.line_removed" @ 1;
        /// The draft's tax was worked out anew from its lines.
        TotalsRecalculated(TotalsRecalculated) = "billing.invoice.totals_recalculated" @ 1;
        /// It has its number and its tax snapshot; from now on it does not change.
        Issued(Issued) = "billing.invoice.issued" @ 1;
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
        RefundCreated(RefundCreated) = "billing.invoice.refund_created" @ 1;
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
        Canceled(Canceled) = "billing.invoice.canceled" @ 1;
        /// It was linked to the payment provider's invoice.
        ProviderLinked(ProviderLinked) = "billing.invoice.provider_linked" @ 1;
    }
}
