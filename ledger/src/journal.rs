//! The operator's book: what an event means in double entry.
//!
//! One pure function, [`postings`], so that the journal can be worked out anew from the log at
//! any time. The entries are those of `vectors/journal-entries.json`, book A: nothing is entered
//! at an activation (A1), revenue at issue (A2, A4), money when it settles (A6, A9).

use time::Date;

use crate::{
    invoice::{InvoiceEvent, ItemTotal, ItemType, PaymentMethod},
    recorded::{LedgerEvent, Recorded},
    subscription::SubscriptionEvent,
    values::{Currency, Money},
};

/// An account of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// 1000: money in the bank.
    Cash,
    /// 1010: money at Stripe, not paid out yet.
    StripeClearing,
    /// 1100: what orgs owe.
    Receivables,
    /// 1190: what will not come in.
    CreditLossAllowance,
    /// 2000: billed ahead, not earned yet.
    DeferredRevenue,
    /// 2100: tax owed to the state.
    TaxPayable,
    /// 2200: money that belongs to customers.
    CustomerCredits,
    /// 2210: refunds granted, not yet gone.
    RefundsPayable,
    /// 4000: services delivered when charged.
    ServiceRevenue,
    /// 4010: patients billed for a cycle.
    ActivationRevenue,
}

impl Account {
    /// Every account that is in use.
    pub const ALL: [Self; 10] = [
        Self::Cash,
        Self::StripeClearing,
        Self::Receivables,
        Self::CreditLossAllowance,
        Self::DeferredRevenue,
        Self::TaxPayable,
        Self::CustomerCredits,
        Self::RefundsPayable,
        Self::ServiceRevenue,
        Self::ActivationRevenue,
    ];

    /// Its number in the chart.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Cash => "1000",
            Self::StripeClearing => "1010",
            Self::Receivables => "1100",
            Self::CreditLossAllowance => "1190",
            Self::DeferredRevenue => "2000",
            Self::TaxPayable => "2100",
            Self::CustomerCredits => "2200",
            Self::RefundsPayable => "2210",
            Self::ServiceRevenue => "4000",
            Self::ActivationRevenue => "4010",
        }
    }

    /// Its name in the chart.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cash => "Cash",
            Self::StripeClearing => "Stripe clearing",
            Self::Receivables => "A/R offices (SaaS)",
            Self::CreditLossAllowance => "Allowance for credit losses (contra asset)",
            Self::DeferredRevenue => "Deferred revenue (contract liability)",
            Self::TaxPayable => "GST/HST payable",
            Self::CustomerCredits => "Unapplied cash and customer credits",
            Self::RefundsPayable => "Refunds payable",
            Self::ServiceRevenue => "Subscription revenue",
            Self::ActivationRevenue => "Patient activation revenue",
        }
    }

    /// The account of a number.
    pub fn of_number(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.number() == number)
    }

    /// Where money of a kind arrives and leaves.
    pub const fn of_method(method: PaymentMethod) -> Self {
        match method {
            PaymentMethod::Stripe => Self::StripeClearing,
            PaymentMethod::Card
            | PaymentMethod::BankTransfer
            | PaymentMethod::Check
            | PaymentMethod::Cash
            | PaymentMethod::Other => Self::Cash,
        }
    }

    /// Where an item's revenue goes when it is billed.
    pub const fn of_item(item_type: ItemType) -> Self {
        match item_type {
            ItemType::PatientActivation => Self::ActivationRevenue,
            ItemType::SetupFee | ItemType::Subscription => Self::DeferredRevenue,
            ItemType::OneOff => Self::ServiceRevenue,
        }
    }
}

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
pub fn postings(event: &Recorded) -> Vec<Posting> {
    match &event.event {
        LedgerEvent::Invoice(event) => of_invoice(event),
        LedgerEvent::Subscription(event) => of_account(event),
        LedgerEvent::PatientActivation(_) | LedgerEvent::Subject(_) => Vec::new(),
    }
}

fn of_invoice(event: &InvoiceEvent) -> Vec<Posting> {
    use Account::{CreditLossAllowance, CustomerCredits, Receivables, RefundsPayable, TaxPayable};
    match event {
        InvoiceEvent::Issued(issued) => Entry::on(issued.issued_on)
            .debit(Receivables, issued.totals.total)
            .credit_items(&issued.items)
            .credit(TaxPayable, issued.totals.tax),
        InvoiceEvent::Canceled(canceled) => Entry::on(canceled.canceled_on)
            .debit_items(&canceled.items)
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
            .debit_items(&refund.items)
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
        SubscriptionEvent::Opened(_)
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

    fn debit_items(self, items: &[ItemTotal]) -> Self {
        items
            .iter()
            .fold(self, |entry, item| entry.debit(Account::of_item(item.item_type), item.amount))
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

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
