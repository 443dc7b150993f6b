//! Invoices without tax, in cents.

use std::collections::BTreeMap;

use proptest::{prelude::*, sample::Index};

use super::{
    disputing::Dispute,
    minor,
    state::{Expected, done, refused},
};

/// An order about an invoice.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    Draft(i64),
    Line(i64),
    Issue,
    Pay(i64),
    Refund(Index, i64),
    /// A payment's bank takes so much of it back.
    Dispute(Index, i64),
    Win(Index),
    Lose(Index),
    /// Another invoice's credit, in hundredths of what may move; and back.
    Credit(Index, i64),
    GiveBack(Index, i64),
    Note(Option<i64>),
    WriteOff,
    Unwrite,
    Cancel,
}

pub(crate) fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        4 => (1..12_000_i64).prop_map(Verb::Draft),
        2 => (1..5_000_i64).prop_map(Verb::Line),
        5 => Just(Verb::Issue),
        6 => minor().prop_map(Verb::Pay),
        5 => (any::<Index>(), minor()).prop_map(|(which, minor)| Verb::Refund(which, minor)),
        3 => (any::<Index>(), minor()).prop_map(|(which, minor)| Verb::Dispute(which, minor)),
        2 => any::<Index>().prop_map(Verb::Win),
        2 => any::<Index>().prop_map(Verb::Lose),
        4 => (any::<Index>(), part()).prop_map(|(which, part)| Verb::Credit(which, part)),
        2 => (any::<Index>(), part()).prop_map(|(which, part)| Verb::GiveBack(which, part)),
        3 => proptest::option::weighted(0.8, minor()).prop_map(Verb::Note),
        2 => Just(Verb::WriteOff),
        2 => Just(Verb::Unwrite),
        2 => Just(Verb::Cancel),
    ]
}

/// Hundredths, seldom none or more than all.
fn part() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1..=100_i64, 2 => Just(100_i64), 1 => Just(0_i64), 1 => Just(130_i64)]
}

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Draft,
    Sent,
    Partial,
    Paid,
    Failed,
    Canceled,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Partial => "partial",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }
}

/// A payment that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) left: i64,
    /// All that was left of it was lost to the bank.
    pub(crate) gone: bool,
}

/// An invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invoice {
    pub(crate) id: String,
    pub(crate) status: Status,
    pub(crate) total: i64,
    pub(crate) balance: i64,
    pub(crate) paid: i64,
    pub(crate) credit: i64,
    pub(crate) refunded: i64,
    pub(crate) written_off: i64,
    pub(crate) payments: Vec<Payment>,
    pub(crate) disputes: Vec<Dispute>,
    /// Credit that came from other invoices, by their ids.
    pub(crate) taken: BTreeMap<String, i64>,
    /// What was given up of disputed money.
    pub(crate) lost: i64,
    /// What a credit note may still take back.
    creditable: i64,
    pub(crate) given_up: bool,
    pub(super) reversed: bool,
    pub(super) before: Status,
}

pub(crate) const NOT_OPEN: Expected = refused(422, "invoice.not_open");
const NOT_DRAFT: Expected = refused(422, "invoice.not_draft");
pub(crate) const NOT_POSITIVE: Expected = refused(422, "invoice.amount_not_positive");

/// What an order about no invoice comes to; money is kept all the same.
pub(crate) fn of_nothing(verb: Verb) -> Expected {
    match verb {
        Verb::Draft(_) => done(201),
        // It would be kept on the account.
        Verb::Pay(0) => refused(422, "subscription.amount_not_positive"),
        Verb::Pay(_) => done(202),
        Verb::Line(_)
        | Verb::Issue
        | Verb::Refund(..)
        | Verb::Dispute(..)
        | Verb::Win(_)
        | Verb::Lose(_)
        | Verb::Credit(..)
        | Verb::GiveBack(..)
        | Verb::Note(_)
        | Verb::WriteOff
        | Verb::Unwrite
        | Verb::Cancel => refused(404, "invoice.unknown"),
    }
}

impl Invoice {
    pub(crate) fn draft(id: String, total: i64) -> Self {
        Self {
            id,
            status: Status::Draft,
            total,
            balance: 0,
            paid: 0,
            credit: 0,
            refunded: 0,
            written_off: 0,
            payments: Vec::new(),
            disputes: Vec::new(),
            taken: BTreeMap::new(),
            lost: 0,
            creditable: 0,
            given_up: false,
            reversed: false,
            before: Status::Draft,
        }
    }

    /// Does it; what is new has this id.
    pub(crate) fn tell(&mut self, verb: Verb, id: &str) -> Expected {
        match verb {
            Verb::Draft(_) => done(201),
            Verb::Line(minor) => self.line(minor),
            Verb::Issue => self.issue(),
            Verb::Pay(minor) => self.pay(minor, id),
            Verb::Refund(which, minor) => self.refund(which, minor),
            Verb::Dispute(which, minor) => self.dispute(which, minor, id),
            Verb::Win(which) => self.win(which),
            Verb::Lose(which) => self.lose(which),
            Verb::Credit(..) | Verb::GiveBack(..) => unreachable!("two invoices"),
            Verb::Note(minor) => self.note(minor),
            Verb::WriteOff => self.write_off(),
            Verb::Unwrite => self.unwrite(),
            Verb::Cancel => self.cancel(),
        }
    }

    pub(crate) fn line(&mut self, minor: i64) -> Expected {
        if self.status != Status::Draft {
            return NOT_DRAFT;
        }
        self.total += minor;
        done(201)
    }

    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.status, Status::Draft | Status::Canceled)
    }

    pub(crate) fn by_funds(&self) -> Status {
        match (self.balance > 0, self.paid > 0) {
            (false, _) => Status::Paid,
            (true, true) => Status::Partial,
            (true, false) => Status::Sent,
        }
    }

    fn issue(&mut self) -> Expected {
        match self.status {
            Status::Canceled => return NOT_DRAFT,
            Status::Draft => {
                self.status = Status::Sent;
                self.balance = self.total;
                self.creditable = self.total;
            }
            Status::Sent | Status::Partial | Status::Paid | Status::Failed => {}
        }
        done(200)
    }

    fn pay(&mut self, minor: i64, id: &str) -> Expected {
        if minor == 0 {
            return NOT_POSITIVE;
        }
        match self.status {
            Status::Draft => return NOT_OPEN,
            Status::Canceled => return done(202),
            Status::Sent | Status::Partial | Status::Paid | Status::Failed => {}
        }
        let applied = minor.min(self.balance);
        self.balance -= applied;
        self.paid += applied;
        self.credit += minor - applied;
        if !self.given_up {
            let as_it_is = self.balance > 0 && self.paid <= 0;
            self.status = if as_it_is { self.status } else { self.by_funds() };
        }
        self.payments.push(Payment { id: id.to_owned(), left: minor, gone: false });
        done(201)
    }

    fn refund(&mut self, which: Index, minor: i64) -> Expected {
        if minor == 0 {
            return NOT_POSITIVE;
        }
        if self.payments.is_empty() {
            return refused(404, "invoice.payment_unknown");
        }
        let payment = which.index(self.payments.len());
        if self.is_disputed(payment) {
            return refused(422, "invoice.payment_disputed");
        }
        let here = self.credit + self.paid.max(0);
        if minor > self.payments[payment].left.min(here) {
            return refused(422, "invoice.refund_too_large");
        }
        let from_credit = minor.min(self.credit);
        self.credit -= from_credit;
        self.paid -= minor - from_credit;
        self.creditable -= minor - from_credit;
        self.refunded += minor;
        self.payments[payment].left -= minor;
        if self.status == Status::Partial && self.paid <= 0 {
            self.status = self.by_funds();
        }
        done(201)
    }

    fn note(&mut self, minor: Option<i64>) -> Expected {
        if !self.is_open() {
            return NOT_OPEN;
        }
        if self.given_up {
            return refused(422, "invoice.written_off");
        }
        let creditable = self.creditable - self.lost;
        if creditable <= 0 {
            return refused(422, "invoice.nothing_to_credit");
        }
        let minor = minor.unwrap_or(creditable);
        if minor == 0 {
            return NOT_POSITIVE;
        }
        if minor > creditable {
            return refused(422, "invoice.credit_note_too_large");
        }
        let applied = minor.min(self.balance);
        let credited = minor - applied;
        self.creditable -= minor;
        self.balance -= applied;
        self.paid -= credited;
        self.credit += credited;
        if self.balance == 0 {
            self.status = Status::Paid;
        } else if self.status == Status::Partial && self.paid <= 0 {
            self.status = self.by_funds();
        }
        done(201)
    }
}
