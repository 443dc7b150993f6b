//! The claim behind a statement changes.

use time::Date;

use super::{
    Decision, Figures, FollowClaim, Lifecycle, Restated, Statement, StatementError, Supersede,
    Superseded, deciding::Course, drafting::check_sum,
};
use crate::values::Money;

impl Statement {
    /// What was not sent says what the claim says; what was sent stays as it was sent, except
    /// that nothing may be left to pay.
    pub(super) fn follow_claim(&self, command: FollowClaim) -> Decision {
        let document = self.current()?;
        let claim_id = document.claim_id.ok_or(StatementError::NoClaim)?;
        let FollowClaim { charges, followed_on, parts } = command;
        check_sum(&charges, parts.total_charges)?;
        let figures = Figures::of(parts)?;
        if figures == document.figures {
            return Ok(vec![]);
        }
        let balance = figures.balance_due;
        let mut course = Course::of(self);
        if self.reached < Lifecycle::Sent {
            if balance.is_zero() && figures.patient_paid.is_zero() {
                course.void_unasked(Money::zero(balance.currency()), followed_on);
                return Ok(course.events);
            }
        } else if balance.is_positive() {
            return Err(StatementError::AlreadySent);
        }
        let patient = document.patient.clone();
        course.then(|lifecycle_state| {
            Restated {
                charges: charges.clone(),
                claim_id,
                figures,
                lifecycle_state,
                patient: patient.clone(),
                restated_on: followed_on,
            }
            .into()
        });
        course.cancel_plan_unless_due(followed_on);
        course.settle(followed_on);
        Ok(course.events)
    }

    pub(super) fn supersede(&self, command: Supersede) -> Decision {
        let document = self.known()?;
        let Supersede { superseded_by, superseded_on } = command;
        if self.superseded_by.is_some() || self.voided {
            return Ok(vec![]);
        }
        if document.claim_id.is_none() {
            return Err(StatementError::NoClaim);
        }
        let balance_moved = document.figures.balance_due;
        let mut course = Course::of(self);
        course.cancel_plan(superseded_on, "superseded");
        course.then(|lifecycle_state| {
            Superseded { balance_moved, lifecycle_state, superseded_by, superseded_on }.into()
        });
        Ok(course.events)
    }
}

impl Course {
    /// A plan for another sum does not hold.
    fn cancel_plan_unless_due(&mut self, on: Date) {
        if self.statement.balance_due().is_some_and(Money::is_positive) {
            self.cancel_plan(on, "restated");
        }
    }
}
