//! Credit that moves from one invoice to another, and back, in cents.

use proptest::sample::Index;

use super::{
    invoices::{self, Invoice, NOT_OPEN, NOT_POSITIVE, Verb},
    state::{Expected, State, done, refused},
};

impl State {
    /// The invoice whose credit moves to one, or back from it, and how much of it; none where
    /// there is no other.
    pub(crate) fn credit(
        &self,
        verb: Verb,
        place: Option<usize>,
        which: Index,
    ) -> (Option<usize>, i64) {
        let Some(place) = place else { return (None, 100) };
        let invoice = &self.invoices[place];
        let (part, back) = match verb {
            Verb::Credit(_, part) => (part, false),
            Verb::GiveBack(_, part) => (part, true),
            _ => return (None, 100),
        };
        // Rather one that something of moved, or can.
        let may_move = |other: &Invoice| match back {
            true => invoice.may_return(&other.id),
            false => other.credit.min(invoice.balance),
        };
        let others: Vec<usize> = (0..self.invoices.len()).filter(|other| *other != place).collect();
        let moving = |other: &&usize| may_move(&self.invoices[**other]) > 0;
        let liked: Vec<usize> = others.iter().filter(moving).copied().collect();
        let among = if liked.is_empty() { &others } else { &liked };
        let source = (!among.is_empty()).then(|| *which.get(among));
        let most = source.map_or(0, |source| may_move(&self.invoices[source])).max(50);
        // Rounded up, so that only no part at all is nothing.
        (source, (most * part + 99) / 100)
    }

    pub(super) fn tell_credit(&mut self, verb: Verb, place: usize, which: Index) -> Expected {
        let (source, minor) = self.credit(verb, Some(place), which);
        let id = source.map(|source| self.invoices[source].id.clone()).unwrap_or_default();
        let back = matches!(verb, Verb::GiveBack(..));
        let invoice = &mut self.invoices[place];
        let before = invoice.clone();
        let refusal = if back { invoice.give_back(minor, &id) } else { invoice.take(minor, &id) };
        if let Some(refusal) = refusal {
            return refusal;
        }
        let refusal = match source.map(|source| &mut self.invoices[source]) {
            None => invoices::of_nothing(verb),
            Some(other) if back => {
                other.credit += minor;
                return done(200);
            }
            Some(other) if other.credit < minor => refused(422, "invoice.credit_too_small"),
            Some(other) => {
                other.credit -= minor;
                return done(200);
            }
        };
        // Both or neither.
        self.invoices[place] = before;
        refusal
    }
}

impl Invoice {
    /// Takes credit of another invoice as payment.
    pub(super) fn take(&mut self, minor: i64, of: &str) -> Option<Expected> {
        if minor == 0 {
            return Some(NOT_POSITIVE);
        }
        if !self.is_open() {
            return Some(NOT_OPEN);
        }
        if minor > self.balance {
            return Some(refused(422, "invoice.above_balance"));
        }
        self.balance -= minor;
        self.paid += minor;
        *self.taken.entry(of.to_owned()).or_default() += minor;
        if !self.given_up && (self.balance == 0 || self.paid > 0) {
            self.status = self.by_funds();
        }
        None
    }

    /// How much of another invoice's credit can go back to it.
    pub(super) fn may_return(&self, to: &str) -> i64 {
        self.taken.get(to).copied().unwrap_or(0).min(self.paid).max(0)
    }

    pub(super) fn give_back(&mut self, minor: i64, to: &str) -> Option<Expected> {
        if minor == 0 {
            return Some(NOT_POSITIVE);
        }
        if !self.is_open() {
            return Some(NOT_OPEN);
        }
        if minor > self.may_return(to) {
            return Some(refused(422, "invoice.credit_not_applied"));
        }
        self.balance += minor;
        self.paid -= minor;
        *self.taken.entry(to.to_owned()).or_default() -= minor;
        self.follow();
        None
    }
}
