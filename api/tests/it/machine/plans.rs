//! Paying a statement in instalments, in cents.

use proptest::sample::Index;

use super::{
    state::{Expected, done, refused},
    statements::{CLOSED, NOT_FINALIZED, Stands, Statement},
};

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Offered,
    Active,
    Declined,
    Completed,
    Canceled,
}

/// A plan to pay what was due when it was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) id: String,
    pub(crate) state: State,
    pub(crate) balance: i64,
    pub(crate) instalments: Vec<i64>,
    /// How many of them, the first ones, are covered.
    pub(crate) paid: usize,
}

const NO_SUCH_PLAN: Expected = refused(422, "statement.no_such_plan");

impl Plan {
    pub(crate) fn word(&self) -> &'static str {
        match self.state {
            State::Offered => "offered",
            State::Active => "active",
            State::Declined => "declined",
            State::Completed => "completed",
            State::Canceled => "canceled",
        }
    }

    fn is_open(&self) -> bool {
        matches!(self.state, State::Offered | State::Active)
    }

    /// How many of the instalments are covered where so much is still due.
    fn covered(&self, due: i64) -> usize {
        let mut left = self.balance - due;
        let covers = |instalment: &&i64| {
            left -= **instalment;
            left >= 0
        };
        self.instalments.iter().take_while(covers).count()
    }
}

impl Statement {
    fn open_plan(&mut self) -> Option<&mut Plan> {
        self.plans.iter_mut().find(|plan| plan.is_open())
    }

    pub(super) fn offer(&mut self, months: u16, id: &str) -> Expected {
        match self.stands {
            Stands::Voided => return CLOSED,
            Stands::Drafted => return NOT_FINALIZED,
            Stands::Finalized | Stands::Paid => {}
        }
        if self.open_plan().is_some() {
            return refused(422, "statement.plan_open");
        }
        let (balance, months) = (self.due(), i64::from(months));
        if balance <= 0 {
            return refused(422, "statement.nothing_due");
        }
        if months > balance {
            return refused(422, "statement.months");
        }
        // Those that are a cent larger come first.
        let part = |number| balance / months + i64::from(number < balance % months);
        let instalments = (0..months).map(part).collect();
        let (id, state) = (id.to_owned(), State::Offered);
        self.plans.push(Plan { id, state, balance, instalments, paid: 0 });
        done(201)
    }

    fn plan(&mut self, which: Index) -> Option<&mut Plan> {
        let place = (!self.plans.is_empty()).then(|| which.index(self.plans.len()))?;
        self.plans.get_mut(place)
    }

    pub(super) fn accept(&mut self, which: Index) -> Expected {
        if self.stands == Stands::Voided {
            return CLOSED;
        }
        let Some(plan) = self.plan(which) else { return NO_SUCH_PLAN };
        match plan.state {
            State::Offered => plan.state = State::Active,
            State::Active | State::Completed => {}
            State::Declined | State::Canceled => return NO_SUCH_PLAN,
        }
        done(200)
    }

    pub(super) fn decline(&mut self, which: Index) -> Expected {
        let Some(plan) = self.plan(which) else { return NO_SUCH_PLAN };
        match plan.state {
            State::Offered => plan.state = State::Declined,
            State::Declined | State::Canceled => {}
            State::Active | State::Completed => return NO_SUCH_PLAN,
        }
        done(200)
    }

    pub(super) fn cancel_plan(&mut self, which: Index) -> Expected {
        let Some(plan) = self.plan(which) else { return NO_SUCH_PLAN };
        match plan.state {
            State::Offered | State::Active => plan.state = State::Canceled,
            State::Declined | State::Canceled => {}
            State::Completed => return NO_SUCH_PLAN,
        }
        done(200)
    }

    /// A payment covers the first instalments of a plan that is kept to.
    pub(super) fn cover(&mut self) {
        let due = self.due();
        if let Some(plan) = self.open_plan().filter(|plan| plan.state == State::Active) {
            plan.paid = plan.paid.max(plan.covered(due));
        }
    }

    /// A plan one of whose instalments is covered no longer is broken.
    pub(super) fn uncover(&mut self) {
        let due = self.due();
        if let Some(plan) = self.open_plan().filter(|plan| plan.covered(due) < plan.paid) {
            plan.state = State::Canceled;
        }
    }

    /// Nothing is due any more.
    pub(super) fn end_plan(&mut self) {
        if let Some(plan) = self.open_plan() {
            let kept = plan.state == State::Active;
            plan.state = if kept { State::Completed } else { State::Canceled };
        }
    }

    pub(super) fn drop_plan(&mut self) {
        if let Some(plan) = self.open_plan() {
            plan.state = State::Canceled;
        }
    }
}
