//! Invoices without tax, in cents.

use proptest::{prelude::*, sample::Index};

use super::{
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
        3 => proptest::option::weighted(0.8, minor()).prop_map(Verb::Note),
        2 => Just(Verb::WriteOff),
        2 => Just(Verb::Unwrite),
        2 => Just(Verb::Cancel),
    ]
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
    /// What a credit note may still take back.
    creditable: i64,
    given_up: bool,
    reversed: bool,
    before: Status,
}

const NOT_OPEN: Expected = refused(422, "invoice.not_open");
const NOT_DRAFT: Expected = refused(422, "invoice.not_draft");
const NOT_POSITIVE: Expected = refused(422, "invoice.amount_not_positive");

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

    fn is_open(&self) -> bool {
        !matches!(self.status, Status::Draft | Status::Canceled)
    }

    fn by_funds(&self) -> Status {
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
        self.payments.push(Payment { id: id.to_owned(), left: minor });
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
        if self.creditable <= 0 {
            return refused(422, "invoice.nothing_to_credit");
        }
        let minor = minor.unwrap_or(self.creditable);
        if minor == 0 {
            return NOT_POSITIVE;
        }
        if minor > self.creditable {
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

    fn write_off(&mut self) -> Expected {
        if !self.is_open() {
            return NOT_OPEN;
        }
        if self.balance <= 0 {
            return if self.given_up { done(200) } else { refused(422, "invoice.nothing_owed") };
        }
        self.before = self.status;
        self.written_off = self.balance;
        self.balance = 0;
        self.status = Status::Failed;
        self.given_up = true;
        done(200)
    }

    fn unwrite(&mut self) -> Expected {
        if !self.is_open() {
            return NOT_OPEN;
        }
        if self.written_off == 0 {
            let again = refused(422, "invoice.nothing_written_off");
            return if self.reversed { done(200) } else { again };
        }
        self.balance += self.written_off;
        self.written_off = 0;
        self.given_up = false;
        self.reversed = true;
        let stays = self.before == Status::Failed && self.paid <= 0;
        self.status = if stays { Status::Failed } else { self.by_funds() };
        done(200)
    }

    fn cancel(&mut self) -> Expected {
        if self.status == Status::Canceled {
            return done(200);
        }
        if self.given_up {
            return refused(422, "invoice.written_off");
        }
        if self.paid != 0 || self.credit != 0 {
            return refused(422, "invoice.has_payments");
        }
        self.status = Status::Canceled;
        self.balance = 0;
        done(200)
    }
}
