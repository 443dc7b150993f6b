//! The books: what an event means in double entry. The operator bills orgs (book A); a provider
//! bills payers and patients (book B).
//!
//! One pure function, [`postings`], so that the journal can be worked out anew from the log at
//! any time. The entries are those of `vectors/journal-entries.json`, book A: nothing is entered
//! at an activation (A1), revenue at issue (A2, A4), money when it settles (A6, A9).
//!
//! - `account.rs`: the chart of accounts.
//! - `patient.rs`: statements and the patients' money.
//! - `payer.rs`: claims and the payments of payers.

mod account;
mod patient;
mod payer;

use time::Date;

pub use account::{Account, AccountClass, UnknownAccount};

use crate::{
    books::{BooksEvent, Side},
    invoice::{InvoiceEvent, ItemCut, ItemTotal},
    recorded::LedgerEvent,
    subscription::SubscriptionEvent,
    values::{Currency, Money},
};

/// One line of an entry; either debit or credit is zero, the other above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Which account.
    pub account: Account,
    /// Minor units on the left.
    pub debit_minor: i64,
    /// Minor units on the right.
    pub credit_minor: i64,
    /// Of both.
    pub currency: Currency,
    /// The day it belongs to.
    pub business_date: Date,
}

/// The balanced entry that an event makes; empty where it moves no money.
pub fn postings(event: &LedgerEvent) -> Vec<Posting> {
    match event {
        LedgerEvent::Books(event) => of_books(event),
        LedgerEvent::Claim(event) => payer::of_claim(event),
        LedgerEvent::Invoice(event) => of_invoice(event),
        LedgerEvent::Remittance(event) => payer::of_remittance(event),
        LedgerEvent::Statement(event) => patient::of_statement(event),
        LedgerEvent::Subscription(event) => of_account(event),
        LedgerEvent::Delegation(_)
        | LedgerEvent::Exception(_)
        | LedgerEvent::Facesheet(_)
        | LedgerEvent::Import(_)
        | LedgerEvent::Switch(_)
        | LedgerEvent::Operation(_)
        | LedgerEvent::PatientActivation(_)
        | LedgerEvent::PriorAuth(_)
        | LedgerEvent::Subject(_) => Vec::new(),
    }
}

fn of_books(event: &BooksEvent) -> Vec<Posting> {
    match event {
        BooksEvent::EntryPosted(posted) => {
            let entry = Entry::on(posted.business_on);
            let write = |entry: Entry, line: &crate::books::EntryLine| match line.side {
                Side::Debit => entry.debit(line.account, line.amount),
                Side::Credit => entry.credit(line.account, line.amount),
            };
            posted.lines.iter().fold(entry, write).lines
        }
        BooksEvent::PeriodClosed(_) | BooksEvent::PeriodReopened(_) => Vec::new(),
    }
}

fn of_invoice(event: &InvoiceEvent) -> Vec<Posting> {
    use Account::{
        ChargebackLosses, CreditLossAllowance, CustomerCredits, OpeningBalances, ProcessingFees,
        Receivables, RefundsPayable, TaxPayable,
    };
    match event {
        InvoiceEvent::Issued(issued) => Entry::on(issued.issued_on)
            .debit(Receivables, issued.totals.total)
            .credit_items(&issued.items)
            .credit(TaxPayable, issued.totals.tax),
        InvoiceEvent::Imported(imported) => Entry::on(imported.imported_on)
            .debit(Receivables, imported.standing.balance)
            .credit(OpeningBalances, imported.standing.balance),
        InvoiceEvent::Canceled(canceled) => Entry::on(canceled.canceled_on)
            .debit_cuts(&canceled.items)
            .debit(TaxPayable, canceled.tax)
            .credit(Receivables, canceled.total),
        InvoiceEvent::PaymentSucceeded(payment) => Entry::on(payment.received_on)
            .debit(Account::of_method(payment.method), payment.amount)
            .credit(Receivables, payment.applied)
            .credit(CustomerCredits, payment.credited),
        InvoiceEvent::PaymentReversed(reversed) => Entry::on(reversed.reversed_on)
            .debit(Receivables, reversed.from_applied)
            .debit(CustomerCredits, reversed.from_credit)
            .credit(Account::of_method(reversed.method), reversed.amount),
        InvoiceEvent::RefundCreated(refund) => Entry::on(refund.created_on)
            .debit_cuts(&refund.items)
            .debit(TaxPayable, refund.tax)
            .debit(CustomerCredits, refund.from_credit)
            .credit(RefundsPayable, refund.amount),
        InvoiceEvent::RefundSettled(refund) => Entry::on(refund.settled_on)
            .debit(RefundsPayable, refund.amount)
            .credit(Account::of_method(refund.method), refund.amount),
        InvoiceEvent::RefundFailed(refund) if refund.was_settled => Entry::on(refund.failed_on)
            .debit(Account::of_method(refund.method), refund.amount)
            .credit(RefundsPayable, refund.amount),
        InvoiceEvent::CreditApplied(credit) => Entry::on(credit.applied_on)
            .debit(CustomerCredits, credit.amount)
            .credit(Receivables, credit.amount),
        InvoiceEvent::WrittenOff(written_off) => Entry::on(written_off.written_off_on)
            .debit(CreditLossAllowance, written_off.amount)
            .credit(Receivables, written_off.amount),
        InvoiceEvent::WriteOffReversed(reversed) => Entry::on(reversed.reversed_on)
            .debit(Receivables, reversed.amount)
            .credit(CreditLossAllowance, reversed.amount),
        InvoiceEvent::CreditNoteIssued(note) => Entry::on(note.issued_on)
            .debit_cuts(&note.items)
            .debit(TaxPayable, note.tax)
            .credit(Receivables, note.applied)
            .credit(CustomerCredits, note.credited),
        InvoiceEvent::CreditNoteVoided(note) => Entry::on(note.voided_on)
            .debit(Receivables, note.applied)
            .debit(CustomerCredits, note.credited)
            .credit_cuts(&note.items)
            .credit(TaxPayable, note.tax),
        InvoiceEvent::CreditReturned(credit) => Entry::on(credit.returned_on)
            .debit(Receivables, credit.amount)
            .credit(CustomerCredits, credit.amount),
        InvoiceEvent::RefundCanceled(refund) => Entry::on(refund.canceled_on)
            .debit(RefundsPayable, refund.amount)
            .credit_cuts(&refund.items)
            .credit(TaxPayable, refund.tax)
            .credit(CustomerCredits, refund.from_credit),
        InvoiceEvent::DisputeOpened(dispute) => Entry::on(dispute.opened_on)
            .debit(Receivables, dispute.from_applied)
            .debit(CustomerCredits, dispute.from_credit)
            .debit(ProcessingFees, dispute.fee)
            .credit(Account::of_method(dispute.method), dispute.amount)
            .credit(Account::of_method(dispute.method), dispute.fee),
        InvoiceEvent::DisputeWon(dispute) => Entry::on(dispute.closed_on)
            .debit(Account::of_method(dispute.method), dispute.amount)
            .debit(Account::of_method(dispute.method), dispute.fee)
            .credit(Receivables, dispute.applied)
            .credit(CustomerCredits, dispute.credited)
            .credit(ProcessingFees, dispute.fee),
        InvoiceEvent::DisputeLost(dispute) => Entry::on(dispute.closed_on)
            .debit(ChargebackLosses, dispute.loss)
            .credit(Receivables, dispute.loss),
        InvoiceEvent::PaymentTakenOver(payment) => Entry::on(payment.taken_over_on)
            .debit(CustomerCredits, payment.amount)
            .credit(Receivables, payment.applied)
            .credit(CustomerCredits, payment.credited),
        InvoiceEvent::PaymentHandedBack(payment) => Entry::on(payment.handed_back_on)
            .debit(Receivables, payment.from_applied)
            .debit(CustomerCredits, payment.from_credit)
            .credit(CustomerCredits, payment.amount),
        InvoiceEvent::RevenueRecognized(recognized) => {
            let on = Entry::on(recognized.through);
            recognized.earned.iter().fold(on, |entry, earned| {
                entry
                    .debit(Account::DeferredRevenue, earned.amount)
                    .credit(Account::of_earned(earned.item_type), earned.amount)
            })
        }
        InvoiceEvent::Opened(_)
        | InvoiceEvent::LineAdded(_)
        | InvoiceEvent::LineRemoved(_)
        | InvoiceEvent::TotalsRecalculated(_)
        | InvoiceEvent::Sent(_)
        | InvoiceEvent::PaymentPending(_)
        | InvoiceEvent::PaymentFailed(_)
        | InvoiceEvent::PaidReported(_)
        | InvoiceEvent::Reconciled(_)
        | InvoiceEvent::OverdueMarked(_)
        | InvoiceEvent::RefundFailed(_)
        | InvoiceEvent::CreditReleased(_)
        | InvoiceEvent::CreditRegained(_)
        | InvoiceEvent::ProviderLinked(_) => return Vec::new(),
    }
    .lines
}

fn of_account(event: &SubscriptionEvent) -> Vec<Posting> {
    match event {
        SubscriptionEvent::PaymentHeld(held) => {
            Entry::on(held.received_on)
                .debit(Account::of_method(held.method), held.amount)
                .credit(Account::CustomerCredits, held.amount)
                .lines
        }
        SubscriptionEvent::HeldPaymentReturned(returned) => {
            Entry::on(returned.returned_on)
                .debit(Account::CustomerCredits, returned.amount)
                .credit(Account::of_method(returned.method), returned.amount)
                .lines
        }
        SubscriptionEvent::Opened(_)
        | SubscriptionEvent::HeldPaymentReleased(_)
        | SubscriptionEvent::HeldPaymentRegained(_)
        | SubscriptionEvent::PlanChanged(_)
        | SubscriptionEvent::TaxConfigured(_)
        | SubscriptionEvent::TrialStarted(_)
        | SubscriptionEvent::Activated(_)
        | SubscriptionEvent::PastDueMarked(_)
        | SubscriptionEvent::Canceled(_)
        | SubscriptionEvent::Paused(_)
        | SubscriptionEvent::Resumed(_)
        | SubscriptionEvent::ProviderLinked(_)
        | SubscriptionEvent::CycleStarted(_) => Vec::new(),
    }
}

/// An entry being written; amounts of zero leave no line.
struct Entry {
    on: Date,
    lines: Vec<Posting>,
}

impl Entry {
    fn on(on: Date) -> Self {
        Self { on, lines: Vec::new() }
    }

    fn debit(self, account: Account, amount: Money) -> Self {
        self.line(account, amount.minor(), 0, amount.currency())
    }

    fn credit(self, account: Account, amount: Money) -> Self {
        self.line(account, 0, amount.minor(), amount.currency())
    }

    /// What was taken back: out of deferred revenue what was not earned, the rest out of revenue.
    fn debit_cuts(self, items: &[ItemCut]) -> Self {
        items.iter().fold(self, |entry, item| {
            let (deferred, earned) = parts(item);
            entry.line(Account::DeferredRevenue, deferred, 0, item.amount.currency()).line(
                Account::of_earned(item.item_type),
                earned,
                0,
                item.amount.currency(),
            )
        })
    }

    fn credit_cuts(self, items: &[ItemCut]) -> Self {
        items.iter().fold(self, |entry, item| {
            let (deferred, earned) = parts(item);
            entry.line(Account::DeferredRevenue, 0, deferred, item.amount.currency()).line(
                Account::of_earned(item.item_type),
                0,
                earned,
                item.amount.currency(),
            )
        })
    }

    fn credit_items(self, items: &[ItemTotal]) -> Self {
        items
            .iter()
            .fold(self, |entry, item| entry.credit(Account::of_item(item.item_type), item.amount))
    }

    fn line(
        mut self,
        account: Account,
        debit_minor: i64,
        credit_minor: i64,
        currency: Currency,
    ) -> Self {
        if debit_minor != 0 || credit_minor != 0 {
            let business_date = self.on;
            let line = Posting { account, debit_minor, credit_minor, currency, business_date };
            self.lines.push(line);
        }
        self
    }
}

/// Minor units of a cut: not earned, earned.
fn parts(item: &ItemCut) -> (i64, i64) {
    let deferred = item.deferred.minor();
    (deferred, item.amount.minor().saturating_sub(deferred))
}

#[cfg(test)]
mod tests;
