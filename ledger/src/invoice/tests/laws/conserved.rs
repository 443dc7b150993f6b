//! Money is conserved, and the journal says the same as the invoice.

use std::collections::BTreeMap;

use super::*;
use crate::journal::{Account, postings};

/// What the books say, added up from the events alone, in minor units.
#[derive(Default)]
struct Books {
    accounts: BTreeMap<Account, i64>,
    ahead: i64,
    credit_in: i64,
    credit_out: i64,
    cut: i64,
    cut_deferred: i64,
    cut_tax: i64,
    given_up: i64,
    promised: i64,
    received: i64,
    recognized: i64,
    refunded: i64,
    reversed: i64,
    taken_over: i64,
}

impl Books {
    fn hear(&mut self, event: &InvoiceEvent) {
        let entry = postings(&LedgerEvent::from(event.clone()));
        let sides = |posting: &crate::journal::Posting| posting.debit_minor - posting.credit_minor;
        assert_eq!(entry.iter().map(sides).sum::<i64>(), 0, "{event:?}");
        for posting in &entry {
            assert!(posting.debit_minor >= 0 && posting.credit_minor >= 0, "{event:?}");
            *self.accounts.entry(posting.account).or_default() += sides(posting);
        }
        self.hear_money(event);
        self.hear_documents(event);
    }

    fn hear_money(&mut self, event: &InvoiceEvent) {
        let parts = |whole: Money, one: Money, other: Money| {
            assert!(!one.is_negative() && !other.is_negative());
            assert_eq!(one.minor() + other.minor(), whole.minor());
            whole.minor()
        };
        match event {
            InvoiceEvent::PaymentSucceeded(event) => {
                self.received += parts(event.amount, event.applied, event.credited);
            }
            InvoiceEvent::PaymentTakenOver(event) => {
                self.received += parts(event.amount, event.applied, event.credited);
                self.taken_over += event.amount.minor();
            }
            InvoiceEvent::DisputeWon(event) => {
                self.received += parts(event.amount, event.applied, event.credited);
            }
            InvoiceEvent::PaymentReversed(event) => {
                self.reversed += parts(event.amount, event.from_applied, event.from_credit);
            }
            InvoiceEvent::PaymentHandedBack(event) => {
                self.reversed += parts(event.amount, event.from_applied, event.from_credit);
                self.taken_over -= event.amount.minor();
            }
            InvoiceEvent::DisputeOpened(event) => {
                self.reversed += parts(event.amount, event.from_applied, event.from_credit);
            }
            InvoiceEvent::DisputeLost(event) => self.given_up += event.loss.minor(),
            InvoiceEvent::WrittenOff(event) => self.given_up += event.amount.minor(),
            InvoiceEvent::WriteOffReversed(event) => self.given_up -= event.amount.minor(),
            InvoiceEvent::CreditReleased(event) => self.credit_out += event.amount.minor(),
            InvoiceEvent::CreditRegained(event) => self.credit_out -= event.amount.minor(),
            InvoiceEvent::CreditApplied(event) => self.credit_in += event.amount.minor(),
            InvoiceEvent::CreditReturned(event) => self.credit_in -= event.amount.minor(),
            InvoiceEvent::RefundSettled(event) => self.promised -= event.amount.minor(),
            InvoiceEvent::RefundFailed(event) if event.was_settled => {
                self.promised += event.amount.minor();
            }
            _ => {}
        }
    }

    fn hear_documents(&mut self, event: &InvoiceEvent) {
        match event {
            InvoiceEvent::Issued(event) => {
                let ahead = event.schedules.iter().map(|schedule| schedule.amount.minor());
                self.ahead = ahead.sum();
                let names = event.tax.components.iter().map(|part| part.tax.minor());
                assert_eq!(names.sum::<i64>(), event.totals.tax.minor());
            }
            InvoiceEvent::RevenueRecognized(event) => {
                for earned in &event.earned {
                    assert!(earned.amount.is_positive() && !earned.deferred.is_negative());
                    self.recognized += earned.amount.minor();
                }
            }
            InvoiceEvent::CreditNoteIssued(event) => {
                let total = self.cut_by(&event.items, event.tax, 1);
                assert_eq!(total, event.total.minor());
                assert_eq!(total, event.applied.minor() + event.credited.minor());
                let per_rate = event.taxes.iter().map(|tax| tax.tax.minor()).sum::<i64>();
                let by_name = event.components.iter().map(|part| part.tax.minor()).sum::<i64>();
                assert_eq!((per_rate, by_name), (event.tax.minor(), event.tax.minor()));
                assert!(event.components.iter().all(|part| !part.tax.is_negative()));
            }
            InvoiceEvent::CreditNoteVoided(event) => {
                assert_eq!(self.cut_by(&event.items, event.tax, -1), event.total.minor());
            }
            InvoiceEvent::RefundCreated(event) => {
                let cut = self.cut_by(&event.items, event.tax, 1);
                assert_eq!(cut + event.from_credit.minor(), event.amount.minor());
                self.refunded += event.amount.minor();
                self.promised += event.amount.minor();
            }
            InvoiceEvent::RefundCanceled(event) => {
                let cut = self.cut_by(&event.items, event.tax, -1);
                assert_eq!(cut + event.from_credit.minor(), event.amount.minor());
                self.refunded -= event.amount.minor();
                self.promised -= event.amount.minor();
            }
            InvoiceEvent::Canceled(event) => {
                let cut = self.cut_by(&event.items, event.tax, 1);
                assert_eq!(cut, event.total.minor());
            }
            _ => {}
        }
    }

    /// Net and tax of a cut, taken or put back.
    fn cut_by(&mut self, items: &[ItemCut], tax: Money, sign: i64) -> i64 {
        let mut net = 0;
        for item in items {
            assert!(item.amount.is_positive() && !item.deferred.is_negative());
            assert!(item.deferred.minor() <= item.amount.minor());
            net += item.amount.minor();
            self.cut_deferred += sign * item.deferred.minor();
        }
        assert!(!tax.is_negative());
        self.cut_tax += sign * tax.minor();
        self.cut += sign * (net + tax.minor());
        net + tax.minor()
    }

    /// Invoice and journal agree with what was added up.
    fn check(&self, invoice: &Invoice) {
        let Some(standing) = invoice.standing() else { return };
        let came = self.received - self.reversed - self.refunded;
        let moved = self.credit_in - self.credit_out;
        assert_eq!(came + moved, standing.paid.minor() + standing.credit.minor());
        assert!(!standing.credit.is_negative() && !standing.balance.is_negative());
        let of = |account| self.accounts.get(&account).copied().unwrap_or(0);
        if let Some(issued) = &invoice.issued {
            let owed =
                issued.totals.total.minor() - self.cut - standing.paid.minor() - self.given_up;
            assert_eq!(owed, standing.balance.minor());
            assert_eq!(owed, of(Account::Receivables));
            assert_eq!(issued.totals.tax.minor() - self.cut_tax, -of(Account::TaxPayable));
            assert_eq!(issued.totals.total.minor() - self.cut, invoice.left.total());
        }
        for (item_type, left) in invoice.left.items() {
            assert!(left >= invoice.deferred_of_type(item_type), "{item_type:?}");
        }
        let deferred = invoice.deferred().map_or(0, Money::minor);
        assert!(deferred >= 0);
        assert_eq!(self.ahead, self.recognized + deferred + self.cut_deferred);
        assert_eq!(deferred, -of(Account::DeferredRevenue));
        assert_eq!(self.promised, -of(Account::RefundsPayable));
        // Credit handed on is posted where it is applied, and a held payment came from there.
        let credits = standing.credit.minor() - moved - self.taken_over;
        assert_eq!(credits, -of(Account::CustomerCredits));
    }
}

impl Invoice {
    fn deferred_of_type(&self, item_type: ItemType) -> i64 {
        let schedules = self.issued.iter().flat_map(|issued| &issued.schedules);
        let of_type = schedules.zip(&self.earnings).filter(|(of, _)| of.item_type == item_type);
        of_type.map(|(schedule, earning)| earning.deferred(schedule)).sum()
    }
}

proptest! {
    #[test]
    fn money_is_conserved_and_the_journal_agrees(commands in any_history()) {
        let (mut invoice, mut books) = (Invoice::default(), Books::default());
        for command in commands {
            for event in invoice.decide(command).unwrap_or_default() {
                books.hear(&event);
                invoice.apply(event);
            }
            books.check(&invoice);
        }
    }
}
