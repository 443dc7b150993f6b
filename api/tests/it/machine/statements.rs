//! Statements that no claim is behind, in cents.

use proptest::{prelude::*, sample::Index};

use super::{
    minor,
    plans::Plan,
    state::{Expected, done, refused},
};

/// An order about a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    /// What it costs, and what payers paid of it.
    Generate(i64, i64),
    Pay(i64),
    Reverse(Index),
    Refund(Index, i64),
    Adjust(i64),
    /// So many months.
    Offer(u16),
    Accept(Index),
    Decline(Index),
    CancelPlan(Index),
    Void,
}

/// Up to here the agent lets a statement out.
pub(crate) const THRESHOLD: i64 = 10_000;
pub(crate) const UNKNOWN: Expected = refused(404, "statement.unknown");
pub(crate) const CLOSED: Expected = refused(422, "statement.closed");
const NO_MONEY: Expected = refused(422, "statement.unknown_money");
pub(crate) const NOT_FINALIZED: Expected = refused(422, "statement.not_finalized");

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    Drafted,
    Finalized,
    Paid,
    Voided,
}

/// A payment of the patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payment {
    pub(crate) id: String,
    left: i64,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) id: String,
    pub(crate) stands: Stands,
    pub(crate) charges: i64,
    pub(crate) insurance: i64,
    pub(crate) adjustments: i64,
    pub(crate) paid: i64,
    /// Whether its balance entered the books.
    entered: bool,
    pub(crate) payments: Vec<Payment>,
    pub(crate) plans: Vec<Plan>,
}

pub(crate) fn verb() -> impl Strategy<Value = Verb> {
    let paid = || prop_oneof![3 => Just(0_i64), 2 => 0..9_000_i64];
    prop_oneof![
        4 => (1..13_000_i64, paid()).prop_map(|(charge, paid)| Verb::Generate(charge, paid)),
        6 => minor().prop_map(Verb::Pay),
        3 => any::<Index>().prop_map(Verb::Reverse),
        1 => (any::<Index>(), minor()).prop_map(|(which, minor)| Verb::Refund(which, minor)),
        2 => minor().prop_map(Verb::Adjust),
        3 => (1..5_u16).prop_map(Verb::Offer),
        3 => any::<Index>().prop_map(Verb::Accept),
        1 => any::<Index>().prop_map(Verb::Decline),
        1 => any::<Index>().prop_map(Verb::CancelPlan),
        1 => Just(Verb::Void),
    ]
}

/// Above zero and not above what there is.
pub(crate) const fn within(minor: i64, there: i64) -> Option<Expected> {
    if minor <= 0 {
        return Some(refused(422, "statement.amount_not_positive"));
    }
    if minor > there { Some(refused(422, "statement.more_than_there_is")) } else { None }
}

impl Statement {
    /// Drawn up by the agent, or, while the account is paused, as the founder's draft.
    pub(crate) fn generate(
        id: &str,
        (charges, insurance): (i64, i64),
        paused: bool,
    ) -> Result<Self, Expected> {
        let due = charges - insurance;
        if due <= 0 {
            return Err(refused(422, "statement.nothing_due"));
        }
        let entered = !paused && due <= THRESHOLD;
        let stands = if entered { Stands::Finalized } else { Stands::Drafted };
        Ok(Self {
            id: id.to_owned(),
            stands,
            charges,
            insurance,
            adjustments: 0,
            paid: 0,
            entered,
            payments: Vec::new(),
            plans: Vec::new(),
        })
    }

    /// Nothing on one that was taken back.
    pub(crate) fn due(&self) -> i64 {
        let due = self.charges - self.insurance - self.adjustments - self.paid;
        if self.stands == Stands::Voided { 0 } else { due }
    }

    /// What the books have of it as owed by the patient.
    pub(crate) fn receivable(&self) -> i64 {
        if self.entered { self.due() } else { 0 }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self.stands {
            Stands::Drafted => "drafted",
            Stands::Finalized => "finalized",
            Stands::Paid => "paid",
            Stands::Voided => "voided",
        }
    }

    /// Which payment an order names; none where there is none.
    pub(crate) fn payment(&self, which: Index) -> Option<&Payment> {
        (!self.payments.is_empty()).then(|| which.get(&self.payments))
    }

    /// Does it; what is new has this id.
    pub(crate) fn tell(&mut self, verb: Verb, new: &str) -> Expected {
        match verb {
            Verb::Generate(..) => done(201),
            Verb::Pay(minor) => self.pay(minor, new),
            Verb::Reverse(which) => {
                if self.payments.is_empty() {
                    return NO_MONEY;
                }
                let place = which.index(self.payments.len());
                self.paid -= std::mem::take(&mut self.payments[place].left);
                self.uncover();
                done(200)
            }
            Verb::Refund(_, _) if self.payments.is_empty() => NO_MONEY,
            // Nothing is ever paid too much here.
            Verb::Refund(_, minor) => {
                within(minor, -self.due()).unwrap_or_else(|| unreachable!("due below zero"))
            }
            Verb::Adjust(minor) => self.adjust(minor),
            Verb::Offer(months) => self.offer(months, new),
            Verb::Accept(which) => self.accept(which),
            Verb::Decline(which) => self.decline(which),
            Verb::CancelPlan(which) => self.cancel_plan(which),
            Verb::Void => self.void(),
        }
    }

    fn may_take(&self, minor: i64) -> Option<Expected> {
        match self.stands {
            Stands::Voided => Some(CLOSED),
            Stands::Drafted => Some(NOT_FINALIZED),
            Stands::Finalized | Stands::Paid => within(minor, self.due()),
        }
    }

    fn pay(&mut self, minor: i64, id: &str) -> Expected {
        if let Some(refusal) = self.may_take(minor) {
            return refusal;
        }
        self.paid += minor;
        self.payments.push(Payment { id: id.to_owned(), left: minor });
        self.cover();
        self.settle()
    }

    fn adjust(&mut self, minor: i64) -> Expected {
        if let Some(refusal) = self.may_take(minor) {
            return refusal;
        }
        self.adjustments += minor;
        self.settle()
    }

    fn settle(&mut self) -> Expected {
        if self.due() == 0 {
            self.stands = Stands::Paid;
            self.end_plan();
        }
        done(201)
    }

    fn void(&mut self) -> Expected {
        if self.stands != Stands::Voided && self.payments.iter().any(|payment| payment.left > 0) {
            return refused(422, "statement.has_payments");
        }
        self.stands = Stands::Voided;
        self.drop_plan();
        done(200)
    }
}
