//! Overdue statements: level by level, each once.

use time::{Date, Duration};

use super::{
    Action, Against, Alternative, Authority, Boundary, Decision, DecisionType, Escalate, Escalated,
    Factor, FactorName, Rationale, Risk, Statement, StatementError,
    aggregate::Document,
    authority::beyond,
    deciding::{Course, Reasons},
};
use crate::delegation::{HardBoundary, Terms};

impl Statement {
    pub(super) fn escalate(&self, command: &Escalate) -> Decision {
        let document = self.finalized()?;
        let Escalate { by, escalated_on, level, plan_id } = command;
        self.admit(by)?;
        let schedule = &by.terms.escalation_schedule_days;
        if by.is_agent() {
            self.may_escalate(by, usize::from(*level) == schedule.len())?;
        }
        if self.levels.contains_key(level) {
            return Ok(vec![]);
        }
        if let Some(reached) = self.levels.keys().next_back().filter(|reached| *reached > level) {
            return Err(StatementError::LevelPassed { reached: *reached });
        }
        let days_overdue = self.days_overdue(document, schedule, *level, *escalated_on)?;
        let mut course = Course::of(self);
        let plan_months = self.plan_to_offer(by, document);
        let escalated = Escalated {
            balance_due: document.figures.balance_due,
            by: by.by,
            days_overdue,
            delegation_revision: by.terms.revision,
            escalated_on: *escalated_on,
            escalation_level: *level,
            lifecycle_state: super::Lifecycle::Unknown,
            next_escalation_on: next(document.due_on, schedule, *level),
            patient: document.patient.clone(),
            payment_plan_offered: plan_months.is_some(),
        };
        let offered = plan_months.is_some();
        course.because(by, *escalated_on, reasons(by, document, days_overdue, *level, offered));
        course.then(|lifecycle_state| Escalated { lifecycle_state, ..escalated.clone() }.into());
        if let Some(months) = plan_months {
            course.offer_with_level(by, *escalated_on, months, *plan_id, *level)?;
        }
        Ok(course.events)
    }

    fn may_escalate(&self, by: &Authority, is_last: bool) -> Result<(), StatementError> {
        let terms = &by.terms;
        if !terms.auto_escalate_overdue {
            return beyond(Boundary::EscalationOff);
        }
        if is_last && terms.hard_boundaries.contains(&HardBoundary::TriggerLastLevel) {
            return beyond(Boundary::Hard(HardBoundary::TriggerLastLevel));
        }
        Ok(())
    }

    /// Days past due, where the level is reached and nothing speaks against it.
    fn days_overdue(
        &self,
        document: &Document,
        schedule: &[u16],
        level: u8,
        today: Date,
    ) -> Result<u16, StatementError> {
        let balance_due = document.figures.balance_due;
        if !balance_due.is_positive() {
            return Err(StatementError::NothingDue { balance_due });
        }
        if self.keeps_to_plan()
            && let Some((plan_id, _)) = self.open_plan()
        {
            return Err(StatementError::PlanOpen { plan_id });
        }
        let needed = usize::from(level).checked_sub(1).and_then(|place| schedule.get(place));
        let needed = *needed.ok_or(StatementError::UnknownLevel { levels: schedule.len() })?;
        let days = (today - document.due_on).whole_days();
        if days < i64::from(needed.max(1)) {
            return Err(StatementError::NotOverdue { days_overdue: days, needed });
        }
        Ok(u16::try_from(days).unwrap_or(u16::MAX))
    }

    /// In how many instalments the agent offers it, if it does.
    fn plan_to_offer(&self, by: &Authority, document: &Document) -> Option<u16> {
        let terms = &by.terms;
        if !by.is_agent() || self.open_plan().is_some() {
            return None;
        }
        self.may_offer(by, document, terms.payment_plan_max_months).ok()?;
        let most = u16::try_from(document.figures.balance_due.minor()).unwrap_or(u16::MAX);
        Some(terms.payment_plan_max_months.min(most))
    }
}

/// When the level after this one is reached.
fn next(due_on: Date, schedule: &[u16], level: u8) -> Option<Date> {
    let days = schedule.get(usize::from(level))?;
    due_on.checked_add(Duration::days(i64::from(*days)))
}

fn reasons(
    by: &Authority,
    document: &Document,
    days_overdue: u16,
    level: u8,
    plan_offered: bool,
) -> Reasons {
    let factor = |name, value| Factor { channel: None, name, value };
    let is_last = usize::from(level) == last(&by.terms);
    let plan = if plan_offered { Against::NotNeeded } else { Against::Boundary };
    Reasons {
        alternatives: vec![
            Alternative { action: Action::Wait, against: Against::NotNeeded },
            Alternative { action: Action::OfferPlan, against: plan },
        ],
        auto_executed: by.is_agent(),
        channel: None,
        confidence_bp: 10_000,
        decision_type: DecisionType::Escalation,
        delivery: None,
        factors: vec![
            factor(FactorName::BalanceMinor, document.figures.balance_due.minor()),
            factor(FactorName::DaysOverdue, i64::from(days_overdue)),
            factor(FactorName::Level, i64::from(level)),
        ],
        rationale: Rationale::Overdue,
        risk: if is_last { Risk::High } else { Risk::Medium },
    }
}

fn last(terms: &Terms) -> usize {
    terms.escalation_schedule_days.len()
}
