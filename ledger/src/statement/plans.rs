//! Paying in instalments.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{
    AcceptPlan, Action, Against, Alternative, Authority, Boundary, CancelPlan, Decision,
    DecisionType, DeclinePlan, Factor, FactorName, Instalment, InstalmentMissed, InstalmentPaid,
    MissInstalments, OfferPlan, PlanAccepted, PlanCanceled, PlanCompleted, PlanDeclined,
    PlanOffered, Rationale, Risk, Statement, StatementError,
    aggregate::Document,
    authority::beyond,
    calendar::month_later,
    deciding::{Course, Reasons},
};
use crate::{
    delegation::HardBoundary,
    values::{Code, Money},
};

/// Ten years.
const MOST_MONTHS: u16 = 120;

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// The patient has not answered.
    Offered,
    /// The patient pays by it.
    Active,
    /// The patient said no.
    Declined,
    /// All of it is paid.
    Completed,
    /// It no longer holds.
    Canceled,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What was due when it was offered: what is paid of that counts for it.
    pub balance: Money,
    /// Month by month.
    pub instalments: Vec<Instalment>,
    /// Numbers of those whose day passed uncovered.
    pub missed: BTreeSet<u16>,
    /// Numbers of those that are covered.
    pub paid: BTreeSet<u16>,
    /// Where it stands.
    pub state: PlanState,
}

impl Plan {
    pub(super) fn of(event: PlanOffered) -> Self {
        Self {
            balance: event.balance_due,
            instalments: event.instalments,
            missed: BTreeSet::new(),
            paid: BTreeSet::new(),
            state: PlanState::Offered,
        }
    }

    /// Whether an instalment's day has passed without anybody noting it.
    pub fn has_overdue(&self, today: Date) -> bool {
        self.state == PlanState::Active && self.overdue(today).next().is_some()
    }

    fn overdue(&self, today: Date) -> impl Iterator<Item = &Instalment> {
        self.instalments.iter().filter(move |instalment| {
            instalment.due_on < today
                && !self.paid.contains(&instalment.number)
                && !self.missed.contains(&instalment.number)
        })
    }

    /// Those that are covered where so much is still due: the first ones.
    fn covered(&self, balance_due: Money) -> impl Iterator<Item = &Instalment> {
        let mut left = self.balance.minor().saturating_sub(balance_due.minor());
        self.instalments.iter().take_while(move |instalment| {
            left = left.saturating_sub(instalment.amount.minor());
            left >= 0
        })
    }
}

impl Statement {
    pub(super) fn offer_plan(&self, command: &OfferPlan) -> Decision {
        let document = self.finalized()?;
        let OfferPlan { by, first_due_on, months, offered_on, plan_id } = command;
        self.admit(by)?;
        if by.is_agent() {
            self.may_offer(by, document, *months)?;
        }
        if self.plans.contains_key(plan_id) {
            return Ok(vec![]);
        }
        if let Some((plan_id, _)) = self.open_plan() {
            return Err(StatementError::PlanOpen { plan_id });
        }
        let mut course = Course::of(self);
        course.offer(by, *offered_on, (*first_due_on, *months), *plan_id, None)?;
        Ok(course.events)
    }

    /// The agent's part of the delegation.
    pub(super) fn may_offer(
        &self,
        by: &Authority,
        document: &Document,
        months: u16,
    ) -> Result<(), StatementError> {
        let terms = &by.terms;
        if !terms.auto_offer_payment_plans {
            return beyond(Boundary::PlansOff);
        }
        let above = document.figures.balance_due.minus(terms.payment_plan_min_balance);
        if above.is_err() || above.is_ok_and(Money::is_negative) {
            return beyond(Boundary::PlanBalance);
        }
        if months > terms.payment_plan_max_months {
            return beyond(Boundary::PlanMonths);
        }
        Ok(())
    }

    pub(super) fn accept_plan(&self, command: AcceptPlan) -> Decision {
        self.current()?;
        let AcceptPlan { accepted_on, plan_id } = command;
        match self.plans.get(&plan_id).map(|plan| plan.state) {
            Some(PlanState::Offered) => {}
            Some(PlanState::Active | PlanState::Completed) => return Ok(vec![]),
            Some(PlanState::Declined | PlanState::Canceled) | None => {
                return Err(StatementError::NoSuchPlan { plan_id });
            }
        }
        let mut course = Course::of(self);
        course.add(PlanAccepted { accepted_on, plan_id });
        Ok(course.events)
    }

    pub(super) fn decline_plan(&self, command: DeclinePlan) -> Decision {
        self.known()?;
        let DeclinePlan { declined_on, plan_id } = command;
        match self.plans.get(&plan_id).map(|plan| plan.state) {
            Some(PlanState::Offered) => Ok(vec![PlanDeclined { declined_on, plan_id }.into()]),
            Some(PlanState::Declined | PlanState::Canceled) => Ok(vec![]),
            Some(PlanState::Active | PlanState::Completed) | None => {
                Err(StatementError::NoSuchPlan { plan_id })
            }
        }
    }

    pub(super) fn miss_instalments(&self, command: MissInstalments) -> Decision {
        self.current()?;
        let Some((plan_id, plan)) = self.open_plan() else { return Ok(vec![]) };
        if plan.state != PlanState::Active {
            return Ok(vec![]);
        }
        let event = |instalment: &Instalment| {
            InstalmentMissed { instalment: *instalment, missed_on: command.today, plan_id }.into()
        };
        Ok(plan.overdue(command.today).map(event).collect())
    }

    pub(super) fn cancel_plan(&self, command: CancelPlan) -> Decision {
        self.known()?;
        let CancelPlan { by, canceled_on, plan_id, reason_code } = command;
        Self::only_person(&by, HardBoundary::AlterBalancesOrCharges)?;
        match self.plans.get(&plan_id).map(|plan| plan.state) {
            Some(PlanState::Offered | PlanState::Active) => {
                Ok(vec![PlanCanceled { canceled_on, plan_id, reason_code }.into()])
            }
            Some(PlanState::Canceled | PlanState::Declined) => Ok(vec![]),
            Some(PlanState::Completed) | None => Err(StatementError::NoSuchPlan { plan_id }),
        }
    }
}

impl Course {
    pub(super) fn offer_with_level(
        &mut self,
        by: &Authority,
        offered_on: Date,
        months: u16,
        plan_id: Uuid,
        level: u8,
    ) -> Result<(), StatementError> {
        let first = month_later(offered_on, 1).ok_or(StatementError::DueDay { due_on: None })?;
        self.offer(by, offered_on, (first, months), plan_id, Some(level))
    }

    /// Offers a plan, and says why where the agent does.
    fn offer(
        &mut self,
        by: &Authority,
        offered_on: Date,
        (first_due_on, months): (Date, u16),
        plan_id: Uuid,
        escalation_level: Option<u8>,
    ) -> Result<(), StatementError> {
        let Some(balance_due) = self.statement.balance_due() else {
            return Err(StatementError::Unknown);
        };
        if !balance_due.is_positive() {
            return Err(StatementError::NothingDue { balance_due });
        }
        let instalments = split(balance_due, first_due_on, months)?;
        if by.is_agent() {
            self.because(by, offered_on, reasons(balance_due, months));
        }
        self.add(PlanOffered {
            balance_due,
            by: by.by,
            delegation_revision: by.revision(),
            escalation_level,
            instalments,
            offered_on,
            plan_id,
        });
        Ok(())
    }

    /// Notes what a payment covers, and that the plan is over once nothing is due.
    pub(super) fn cover(&mut self, paid_on: Date, payment_id: Uuid) {
        let Some((plan_id, plan)) = self.statement.open_plan() else { return };
        let Some(balance_due) = self.statement.balance_due() else { return };
        if plan.state == PlanState::Active {
            let covered = plan.covered(balance_due).copied();
            let new = covered.filter(|instalment| !plan.paid.contains(&instalment.number));
            for instalment in new.collect::<Vec<_>>() {
                self.add(InstalmentPaid { instalment, paid_on, payment_id, plan_id });
            }
        }
    }

    /// Nothing is due any more: the plan that was kept to is completed, another one is over.
    pub(super) fn end_plan(&mut self, on: Date) {
        match self.statement.open_plan() {
            Some((plan_id, plan)) if plan.state == PlanState::Active => {
                self.add(PlanCompleted { completed_on: on, plan_id });
            }
            Some(_) => self.cancel_plan(on, "nothing_due"),
            None => {}
        }
    }

    /// A payment went back: a plan whose instalment it covered is broken.
    pub(super) fn uncover(&mut self, on: Date) {
        let Some((_, plan)) = self.statement.open_plan() else { return };
        let Some(balance_due) = self.statement.balance_due() else { return };
        if plan.covered(balance_due).count() < plan.paid.len() {
            self.cancel_plan(on, "payment_reversed");
        }
    }

    pub(super) fn cancel_plan(&mut self, canceled_on: Date, reason: &'static str) {
        if let Some((plan_id, _)) = self.statement.open_plan() {
            self.add(PlanCanceled { canceled_on, plan_id, reason_code: Code::word(reason) });
        }
    }
}

fn split(balance: Money, first: Date, months: u16) -> Result<Vec<Instalment>, StatementError> {
    let most = u16::try_from(balance.minor()).unwrap_or(MOST_MONTHS).min(MOST_MONTHS);
    if !(1..=most).contains(&months) {
        return Err(StatementError::Months { months, most });
    }
    let parts = balance.split(u32::from(months))?;
    let instalment = |(number, amount): (u16, Money)| {
        let due_on = month_later(first, number - 1);
        let due_on = due_on.ok_or(StatementError::DueDay { due_on: Some(first) })?;
        Ok(Instalment { amount, due_on, number })
    };
    (1_u16..).zip(parts).map(instalment).collect()
}

fn reasons(balance: Money, months: u16) -> Reasons {
    let factor = |name, value| Factor { channel: None, name, value };
    Reasons {
        alternatives: vec![Alternative { action: Action::Wait, against: Against::NotNeeded }],
        auto_executed: true,
        channel: None,
        confidence_bp: 8_000,
        decision_type: DecisionType::PaymentPlan,
        delivery: None,
        factors: vec![
            factor(FactorName::BalanceMinor, balance.minor()),
            factor(FactorName::Months, i64::from(months)),
        ],
        rationale: Rationale::PlanEligible,
        risk: Risk::Low,
    }
}
