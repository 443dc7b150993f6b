//! The statement waits, and goes on.

use time::Date;

use super::{
    Action, Against, Alternative, Authority, Boundary, Decision, DecisionType, Factor, FactorName,
    Figures, Held, Hold, HoldReason, Lifecycle, Rationale, Release, Released, Risk, Statement,
    StatementError,
    authority::{beyond, founder_only},
    deciding::{Course, Reasons},
};
use crate::delegation::HardBoundary;

impl Statement {
    pub(super) fn hold(&self, command: &Hold) -> Decision {
        let document = self.current()?;
        if self.held.is_some() {
            return Ok(vec![]);
        }
        let mut course = Course::of(self);
        course.hold(&command.by, document.figures, (command.reason, command.held_on));
        Ok(course.events)
    }

    /// The founder's approval; a draft goes on at once. What waited for the account goes on as if
    /// it had just been drawn up.
    pub(super) fn release(&self, command: &Release) -> Decision {
        let document = self.current()?;
        self.may_release(&command.by)?;
        if self.held.is_none() {
            return Ok(vec![]);
        }
        let (by, on) = (&command.by, command.released_on);
        let mut course = Course::of(self);
        course.release(by, on);
        if self.reached < Lifecycle::Finalized && document.figures.balance_due.is_positive() {
            if by.is_agent() {
                course.approve(by, document.figures, on);
            } else {
                course.finalize(by, on);
            }
        }
        Ok(course.events)
    }

    /// Only the founder lets a held statement go on; one that waited for the account alone the
    /// agent may take up again.
    fn may_release(&self, authority: &Authority) -> Result<(), StatementError> {
        if authority.is_agent() && self.held == Some(HoldReason::NotEntitled) {
            return self.withheld(authority).map_or(Ok(()), beyond);
        }
        founder_only(authority, HardBoundary::AlterBalancesOrCharges)
    }

    /// Noting that something is to be done does nothing yet: whoever does it asks about the
    /// account again.
    pub(super) fn may_note(&self, authority: &Authority) -> Result<(), StatementError> {
        let waits_for_account = matches!(self.held, None | Some(HoldReason::NotEntitled));
        match self.withheld(authority) {
            None | Some(Boundary::NotEntitled) if authority.is_agent() && waits_for_account => {
                Ok(())
            }
            _ => self.admit(authority),
        }
    }
}

impl Course {
    /// It waits; the agent says why.
    pub(super) fn hold(
        &mut self,
        by: &Authority,
        figures: Figures,
        (reason, held_on): (HoldReason, Date),
    ) {
        if by.is_agent() {
            self.because(by, held_on, holding(by, figures, reason));
        }
        self.add(Held { balance_due: figures.balance_due, by: by.by, held_on, reason });
    }

    pub(super) fn release(&mut self, by: &Authority, released_on: Date) {
        let Some(patient) = self.statement.patient().cloned() else { return };
        self.add(Released { by: by.by, patient, released_on });
    }
}

/// Why it waits.
fn holding(by: &Authority, figures: Figures, reason: HoldReason) -> Reasons {
    let (rationale, against) = match reason {
        HoldReason::AboveThreshold => (Rationale::AboveThreshold, Against::Boundary),
        HoldReason::ByHand => (Rationale::ChosenByPerson, Against::Boundary),
        HoldReason::NoContact => (Rationale::NoContact, Against::NoContact),
        HoldReason::NotEntitled => (Rationale::NotEntitled, Against::Boundary),
    };
    let actions = [Action::Email, Action::PhysicalMail];
    Reasons {
        alternatives: actions.map(|action| Alternative { action, against }).to_vec(),
        auto_executed: false,
        channel: None,
        confidence_bp: 10_000,
        decision_type: DecisionType::Approval,
        delivery: None,
        factors: amounts(by, figures),
        rationale,
        risk: Risk::High,
    }
}

pub(super) fn amounts(by: &Authority, figures: Figures) -> Vec<Factor> {
    let threshold = by.terms.ai_autonomous_approval_threshold;
    let factor = |name, value| Factor { channel: None, name, value };
    vec![
        factor(FactorName::BalanceMinor, figures.balance_due.minor()),
        factor(FactorName::ThresholdMinor, threshold.minor()),
    ]
}
