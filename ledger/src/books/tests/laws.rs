//! Laws: whatever is ordered, in whatever order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::journal::postings;

fn any_line() -> impl Strategy<Value = EntryLine> {
    let side = prop_oneof![Just(Side::Debit), Just(Side::Credit)];
    let currency = prop_oneof![Just(Currency::USD), Just(cad(0).currency())];
    (0..Account::ALL.len(), -1..20_000_i64, side, currency).prop_map(
        |(account, minor, side, currency)| EntryLine {
            account: Account::ALL[account],
            amount: Money::from_minor(minor, currency),
            side,
        },
    )
}

/// Every line has its opposite on one of a few accounts, so that most entries balance.
fn any_lines() -> impl Strategy<Value = Vec<EntryLine>> {
    let against = [
        Account::OpeningBalances,
        Account::StripeClearing,
        Account::CreditLossAllowance,
        Account::Cash,
    ];
    let pair = (any_line(), 0..against.len(), prop::bool::weighted(0.97));
    prop::collection::vec(pair, 1..5).prop_map(move |pairs| {
        let mut lines = Vec::new();
        for (line, account, balanced) in pairs {
            let side = if line.side == Side::Debit { Side::Credit } else { Side::Debit };
            lines.push(line);
            if balanced {
                lines.push(EntryLine { account: against[account], side, ..line });
            }
        }
        lines
    })
}

fn any_kind() -> impl Strategy<Value = EntryKind> {
    prop_oneof![
        4 => Just(EntryKind::Adjusting),
        1 => Just(EntryKind::Allowance),
        2 => Just(EntryKind::Opening),
        2 => Just(EntryKind::Payout),
        1 => Just(EntryKind::ProviderFee),
        1 => Just(EntryKind::Reversal),
    ]
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..180_i64).prop_map(|days| date!(2026 - 01 - 01) + time::Duration::days(days))
}

fn any_command() -> impl Strategy<Value = BooksCommand> {
    let month = (0..7_u8).prop_map(|month| {
        let first = Date::from_calendar_date(2026, (month + 1).try_into().unwrap(), 1).unwrap();
        first.previous_day().unwrap()
    });
    prop_oneof![
        6 => (0..12_u128, any_kind(), any_day(), any_lines())
            .prop_map(|(number, kind, day, lines)| entry(number, kind, day, &lines)),
        3 => (0..12_u128, 0..24_u128, any_day())
            .prop_map(|(reverses, number, day)| reverse(reverses, number, day)),
        2 => month.clone().prop_map(close),
        1 => month.prop_map(reopen),
    ]
}

/// Carries out what is taken; returns the events with what was sealed when each was decided.
fn carry_out(commands: Vec<BooksCommand>) -> (Books, Vec<(BooksEvent, Option<Date>)>) {
    let (mut books, mut log) = (Books::default(), Vec::new());
    for command in commands {
        let Ok(events) = books.decide(command) else { continue };
        for event in events {
            if books.admit(&event.clone().into()).is_ok() {
                log.push((event.clone(), books.closed_through()));
                books.apply(event);
            }
        }
    }
    (books, log)
}

proptest! {
    /// Every entry balances in every currency, and every mirror takes back to nothing.
    #[test]
    fn the_trial_balance_is_zero_after_every_event(
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let (_, log) = carry_out(commands);
        for (event, _) in &log {
            let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
            for posting in postings(&event.clone().into()) {
                let amount = i128::from(posting.debit_minor) - i128::from(posting.credit_minor);
                *sums.entry(posting.currency).or_default() += amount;
            }
            prop_assert!(sums.values().all(|sum| *sum == 0), "{event:?}");
        }
    }

    /// In a sealed period only adjusting entries stand that came after it was sealed, and
    /// mirrors of them.
    #[test]
    fn a_sealed_period_holds_what_it_held(
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let (books, log) = carry_out(commands);
        for (event, sealed) in log {
            let BooksEvent::EntryPosted(posted) = event else { continue };
            if sealed.is_none_or(|sealed| posted.business_on > sealed) {
                continue;
            }
            let reversed = posted.reverses.and_then(|reversed| books.entries().get(&reversed));
            let kind = reversed.map_or(posted.kind, |entry| entry.kind);
            prop_assert_eq!(kind, EntryKind::Adjusting);
        }
    }

    /// What is sealed is always the months up to one day, and hearing twice changes nothing.
    #[test]
    fn an_event_heard_twice_changes_nothing(
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let (books, log) = carry_out(commands);
        let mut heard = Books::default();
        for (event, sealed) in log {
            prop_assert_eq!(heard.closed_through(), sealed);
            heard.apply(event.clone());
            heard.apply(event);
        }
        prop_assert_eq!(heard, books);
    }
}
