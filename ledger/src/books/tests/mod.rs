//! Given, when, then; and the laws of entries and periods.

mod closing;
mod laws;
mod posting;

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use time::{Date, macros::date};
use uuid::Uuid;

use super::*;
use crate::{
    Decider, Refusal,
    journal::Account,
    recorded::LedgerEvent,
    values::{Currency, Money},
};

const TODAY: Date = date!(2026 - 06 - 15);

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn cad(minor: i64) -> Money {
    Money::from_minor(minor, "CAD".parse().unwrap())
}

fn debit(account: Account, amount: Money) -> EntryLine {
    EntryLine { account, amount, side: Side::Debit }
}

fn credit(account: Account, amount: Money) -> EntryLine {
    EntryLine { account, amount, side: Side::Credit }
}

fn entry(number: u128, kind: EntryKind, business_on: Date, lines: &[EntryLine]) -> BooksCommand {
    BooksCommand::PostEntry(PostEntry {
        business_on,
        entry_id: Uuid::from_u128(number),
        kind,
        lines: lines.to_vec(),
        note: None,
        reason_code: "month_end".parse().unwrap(),
        reference: None,
    })
}

/// 100.00 from revenue to deferred revenue.
fn adjusting(number: u128, business_on: Date) -> BooksCommand {
    let lines = [
        debit(Account::ServiceRevenue, usd(10_000)),
        credit(Account::DeferredRevenue, usd(10_000)),
    ];
    entry(number, EntryKind::Adjusting, business_on, &lines)
}

fn fee(number: u128, business_on: Date) -> BooksCommand {
    let lines = [debit(Account::ProcessingFees, usd(30)), credit(Account::StripeClearing, usd(30))];
    entry(number, EntryKind::ProviderFee, business_on, &lines)
}

fn reverse(reverses: u128, number: u128, business_on: Date) -> BooksCommand {
    BooksCommand::ReverseEntry(ReverseEntry {
        business_on,
        entry_id: Uuid::from_u128(number),
        note: None,
        reason_code: "mistake".parse().unwrap(),
        reverses: Uuid::from_u128(reverses),
    })
}

fn close(through: Date) -> BooksCommand {
    BooksCommand::ClosePeriod(ClosePeriod { note: None, through, today: TODAY })
}

fn reopen(through: Date) -> BooksCommand {
    let reason_code = "late_invoice".parse().unwrap();
    BooksCommand::ReopenPeriod(ReopenPeriod { reason_code, through })
}

/// The state after these commands, and what they decided.
fn after(commands: Vec<BooksCommand>) -> (Books, Vec<BooksEvent>) {
    let (mut books, mut events) = (Books::default(), Vec::new());
    for command in commands {
        for event in books.decide(command).unwrap() {
            books.apply(event.clone());
            events.push(event);
        }
    }
    (books, events)
}

fn given(commands: Vec<BooksCommand>) -> AggregateTestExecutor<Books> {
    TestFramework::with(()).given(after(commands).1)
}

/// Whether the books take what the command decides.
fn admitted(books: &Books, command: BooksCommand) -> Result<(), BooksError> {
    let events = books.decide(command).unwrap();
    events.into_iter().try_for_each(|event| books.admit(&LedgerEvent::from(event)))
}
