//! Orders about an invoice.

mod correcting;
mod document;
mod earning;
mod money;

pub use correcting::*;
pub use document::*;
pub use earning::*;
pub use money::*;

use super::Import;

/// Orders about an invoice.
#[derive(Debug, Clone, PartialEq)]
pub enum InvoiceCommand {
    /// Begin a draft; again with the same content changes nothing.
    Open(Open),
    /// Add a line; begins the draft first when there is none and `open` is given.
    AddLine(AddLine),
    /// Take a line off the draft.
    RemoveLine(RemoveLine),
    /// Work out the draft's tax from its lines and the configured rate.
    RecalculateTotals(RecalculateTotals),
    /// Give it number, due date and tax snapshot.
    Issue(Issue),
    /// Take over an open invoice of another system.
    Import(Import),
    /// Say that it went out.
    MarkSent(MarkSent),
    /// Record a payment in any of its states.
    RecordPayment(RecordPayment),
    /// Say that money which had arrived went back.
    ReversePayment(ReversePayment),
    /// Note that the provider calls the invoice paid.
    ReportPaid(ReportPaid),
    /// Work out the status from settled funds.
    Reconcile(Reconcile),
    /// Note that the due date has passed.
    MarkOverdue(MarkOverdue),
    /// Grant a refund.
    CreateRefund(CreateRefund),
    /// Say that a refund left our account.
    SettleRefund(SettleRefund),
    /// Say that a refund came back.
    FailRefund(FailRefund),
    /// Hand unapplied credit to another invoice (with `ApplyCredit` there, atomically).
    ReleaseCredit(ReleaseCredit),
    /// Take another invoice's credit as payment.
    ApplyCredit(ApplyCredit),
    /// Give up what is still owed.
    WriteOff(WriteOff),
    /// Void it: a draft always, an issued one while nothing was paid.
    Cancel(Cancel),
    /// Link to the provider's invoice.
    LinkProvider(LinkProvider),
    /// Take back part or all of what was billed, by a document with its own gapless number.
    IssueCreditNote(IssueCreditNote),
    /// Void a credit note whose credit is still there.
    VoidCreditNote(VoidCreditNote),
    /// Give credit back to the invoice it came from (with `RegainCredit` there, atomically).
    ReturnCredit(ReturnCredit),
    /// Take credit back that had been handed to another invoice.
    RegainCredit(RegainCredit),
    /// Say that the customer's bank took a payment back while it looks into it.
    OpenDispute(OpenDispute),
    /// Say that the disputed money came back.
    WinDispute(WinDispute),
    /// Say that the disputed money is gone.
    LoseDispute(LoseDispute),
    /// Take a payment that was held on the account.
    TakeOverPayment(TakeOverPayment),
    /// Give a payment that was taken over back to the account.
    HandBackPayment(HandBackPayment),
    /// Take back a refund that has not left.
    CancelRefund(CancelRefund),
    /// Earn what was billed ahead, up to a day.
    RecognizeRevenue(RecognizeRevenue),
    /// Claim again what was written off.
    ReverseWriteOff(ReverseWriteOff),
}
