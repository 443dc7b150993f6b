//! Commands to the books.

use ledger::{
    books::{
        BooksCommand, ClosePeriod, EntryKind, EntryLine, PostEntry, ReopenPeriod, ReverseEntry,
        Side, books_id,
    },
    invoice::PaymentMethod,
    journal::Account,
    store::account_id,
    subscription::{ReturnHeldPayment, SubscriptionCommand},
};
use time::{Date, Duration, util::days_in_month};

use super::{World, id, sealed, usd};

impl World {
    pub(super) fn books_step(&mut self, what: u8, amount: u16) {
        let reason_code = "period_end".parse().unwrap();
        let entry_id = id(10, u128::from(amount % 6));
        let minor = i64::from(amount);
        let today = self.today();
        let command = match what % 5 {
            0 | 1 => BooksCommand::PostEntry(PostEntry {
                business_on: today - Duration::days(i64::from(amount % 40)),
                entry_id,
                kind: kind(amount),
                lines: lines(kind(amount), minor),
                note: Some(sealed("note")),
                reason_code,
                reference: None,
            }),
            2 => BooksCommand::ReverseEntry(ReverseEntry {
                business_on: today,
                entry_id: id(11, u128::from(amount % 6)),
                note: None,
                reason_code,
                reverses: entry_id,
            }),
            3 => BooksCommand::ClosePeriod(ClosePeriod {
                note: None,
                through: last_month_end(today),
                today,
            }),
            _ => BooksCommand::ReopenPeriod(ReopenPeriod {
                reason_code,
                through: last_month_end(today),
            }),
        };
        let books = books_id(self.org);
        self.give(|world| &mut world.books, books, command);
    }

    pub(super) fn return_held(&mut self, amount: u16) {
        let account = account_id(self.org);
        let payment_id = id(7, u128::from(amount % 5));
        let state = self.account.get(&account.uuid()).map(|(state, _)| state.clone());
        let held = state.and_then(|state| state.held_payment(payment_id).ok().cloned());
        let Some(held) = held else { return };
        let command = SubscriptionCommand::ReturnHeldPayment(ReturnHeldPayment {
            amount: held.amount,
            method: PaymentMethod::BankTransfer,
            payment_id,
            reason_code: "unknown_payer".parse().unwrap(),
            returned_on: self.today(),
        });
        self.give(|world| &mut world.account, account, command);
    }
}

fn kind(amount: u16) -> EntryKind {
    match amount % 3 {
        0 => EntryKind::Adjusting,
        1 => EntryKind::Allowance,
        _ => EntryKind::Payout,
    }
}

fn lines(kind: EntryKind, minor: i64) -> Vec<EntryLine> {
    let (debit, credit) = match kind {
        EntryKind::Allowance => (Account::CreditLossExpense, Account::CreditLossAllowance),
        EntryKind::Payout => (Account::Cash, Account::StripeClearing),
        EntryKind::Adjusting
        | EntryKind::Opening
        | EntryKind::ProviderFee
        | EntryKind::Reversal => (Account::ProcessingFees, Account::Cash),
    };
    let line = |account, side| EntryLine { account, amount: usd(minor), side };
    vec![line(debit, Side::Debit), line(credit, Side::Credit)]
}

fn last_month_end(today: Date) -> Date {
    let first = today.replace_day(1).unwrap();
    let end = first.previous_day().unwrap();
    assert_eq!(end.day(), days_in_month(end.month(), end.year()));
    end
}
