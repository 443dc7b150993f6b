//! An org in memory, and what must hold of it after every event.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::Aggregate;
use ledger::{
    Decider,
    books::{Books, BooksCommand, BooksEvent, EntryKind},
    invoice::{Invoice, InvoiceCommand},
    journal::{Account, Posting, postings},
    recorded::LedgerEvent,
    subscription::{Subscription, SubscriptionCommand, Whereabouts},
    values::Currency,
};
use time::Date;
use uuid::Uuid;

/// A command to one stream.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Account(SubscriptionCommand),
    Books(BooksCommand),
    Invoice(usize, InvoiceCommand),
}

/// Commands of one append: all of them or none.
pub(crate) type Action = Vec<Step>;

#[derive(Debug, Clone, Default)]
struct State {
    account: Subscription,
    books: Books,
    invoices: [Invoice; 3],
    number: i64,
}

/// The org, and what its log adds up to.
#[derive(Debug, Default)]
pub(crate) struct World {
    state: State,
    /// Of everything, by currency.
    trial: BTreeMap<Currency, i128>,
    /// Of what documents post, by account.
    documents: BTreeMap<Account, i64>,
    entries: BTreeMap<Uuid, EntryKind>,
    sealed: Option<Date>,
    pub(crate) positions: usize,
    /// Names of what happened.
    pub(crate) seen: BTreeSet<&'static str>,
}

impl State {
    /// Decides as the writer does; nothing where anything is refused.
    fn decide(&mut self, action: &Action) -> Option<Vec<LedgerEvent>> {
        let mut all = Vec::new();
        for step in action {
            let events = match step {
                Step::Account(command) => events(&self.account, command, &mut self.number)?,
                Step::Books(command) => events(&self.books, command, &mut self.number)?,
                Step::Invoice(which, command) => {
                    events(&self.invoices[*which], command, &mut self.number)?
                }
            };
            for event in events {
                self.books.admit(&event).ok()?;
                all.push(event.clone());
                match (step, event) {
                    (_, LedgerEvent::Subscription(event)) => self.account.apply(event),
                    (_, LedgerEvent::Books(event)) => self.books.apply(event),
                    (Step::Invoice(which, _), LedgerEvent::Invoice(event)) => {
                        self.invoices[*which].apply(event);
                    }
                    (_, other) => panic!("{other:?}"),
                }
            }
        }
        Some(all)
    }
}

fn events<A: Decider>(
    state: &A,
    command: &A::Command,
    number: &mut i64,
) -> Option<Vec<LedgerEvent>> {
    let mut command = command.clone();
    if A::series(&command).is_some() {
        *number += 1;
        A::assign_number(&mut command, *number);
    }
    Some(state.decide(command).ok()?.into_iter().map(Into::into).collect())
}

fn net(posting: &Posting) -> i64 {
    posting.debit_minor - posting.credit_minor
}

impl World {
    pub(crate) fn carry_out(&mut self, action: &Action) {
        let mut next = self.state.clone();
        let Some(events) = next.decide(action) else { return };
        self.state = next;
        for event in &events {
            self.hear(event);
        }
        self.check_documents();
    }

    fn hear(&mut self, event: &LedgerEvent) {
        self.positions += 1;
        self.seen.insert(event.name());
        let lines = postings(event);
        for line in &lines {
            *self.trial.entry(line.currency).or_default() += i128::from(net(line));
            if !matches!(event, LedgerEvent::Books(_)) {
                *self.documents.entry(line.account).or_default() += net(line);
            }
        }
        assert!(self.trial.values().all(|sum| *sum == 0), "{event:?}: {:?}", self.trial);
        let first = lines.iter().map(|line| line.business_date).min();
        let back_dated = first.is_some_and(|day| self.sealed.is_some_and(|sealed| day <= sealed));
        assert!(!back_dated || self.is_adjusting(event), "{event:?} in {:?}", self.sealed);
        match event {
            LedgerEvent::Books(BooksEvent::PeriodClosed(event)) => {
                self.sealed = Some(event.closed_through);
            }
            LedgerEvent::Books(BooksEvent::PeriodReopened(event)) => {
                self.sealed = event.closed_through;
            }
            LedgerEvent::Books(BooksEvent::EntryPosted(event)) => {
                self.entries.insert(event.entry_id, event.kind);
            }
            _ => {}
        }
    }

    fn is_adjusting(&self, event: &LedgerEvent) -> bool {
        let LedgerEvent::Books(BooksEvent::EntryPosted(posted)) = event else { return false };
        let of = posted.reverses.and_then(|entry| self.entries.get(&entry).copied());
        of.unwrap_or(posted.kind) == EntryKind::Adjusting
    }

    /// The books say of documents what the documents say.
    fn check_documents(&self) {
        let standings = self.state.invoices.iter().filter(|invoice| !invoice.is_draft());
        let (mut owed, mut theirs) = (0, 0);
        for standing in standings.filter_map(Invoice::standing) {
            owed += standing.balance.minor();
            theirs += standing.credit.minor();
            assert!(!standing.balance.is_negative() && !standing.credit.is_negative());
        }
        for number in 1..6 {
            if let Ok(held) = self.state.account.held_payment(Uuid::from_u128(number))
                && matches!(held.whereabouts, Whereabouts::Held { .. })
            {
                theirs += held.amount.minor();
            }
        }
        let balance = |account| self.documents.get(&account).copied().unwrap_or(0);
        assert_eq!(balance(Account::Receivables), owed, "receivables");
        assert_eq!(-balance(Account::CustomerCredits), theirs, "credits");
        assert!(balance(Account::DeferredRevenue) <= 0, "deferred revenue below zero");
    }
}
