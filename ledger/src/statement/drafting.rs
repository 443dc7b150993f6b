//! The statement is drawn up, and goes on or waits.

use time::Date;

use super::{
    Action, Against, Alternative, Authority, By, Charge, ContactsRecorded, Decision, DecisionType,
    Figures, Finalize, Finalized, Generate, Generated, HoldReason, Lifecycle, Overridden, Override,
    Rationale, RecordContacts, Risk, Statement, StatementError, Void, Voided,
    authority::{Boundary, beyond, covers, founder_only},
    deciding::{Course, Reasons},
    holding::amounts,
};
use crate::{
    delegation::HardBoundary,
    values::{Code, Money},
};

/// An event stays far below the store's 1 MiB.
const MOST_CHARGES: usize = 200;

/// The series a statement of that day takes its number from: `STMT-YYYYMM`.
pub(super) fn series(generated_on: Date) -> String {
    format!("STMT-{:04}{:02}", generated_on.year(), u8::from(generated_on.month()))
}

impl Statement {
    pub(super) fn generate(&self, command: Generate) -> Decision {
        let figures = check(&command)?;
        if let Some(known) = &self.document {
            // The data of a person is sealed anew each time, so it cannot be compared.
            let same = known.patient == command.patient
                && known.claim_id == command.claim_id
                && known.generated_on == command.generated_on
                && known.figures.total_charges == figures.total_charges;
            return if same { Ok(vec![]) } else { Err(StatementError::Exists) };
        }
        // What waits for the account is drawn up all the same: it must not be lost.
        let withheld = self.withheld(&command.by).filter(|_| command.by.is_agent());
        if let Some(boundary) = withheld.filter(|boundary| *boundary != Boundary::NotEntitled) {
            return beyond(boundary);
        }
        let number = command.number.ok_or(StatementError::NumberMissing)?;
        let (by, generated_on) = (command.by, command.generated_on);
        let mut course = Course::of(self);
        course.add(Box::new(Generated {
            by: by.by,
            call_id: command.call_id,
            charges: command.charges,
            claim_id: command.claim_id,
            contacts: command.contacts,
            due_on: command.due_on,
            figures,
            generated_on,
            lifecycle_state: Lifecycle::Drafted,
            number: format!("{}-{number:05}", series(generated_on)),
            patient: command.patient,
            patient_id: command.patient_id,
            supersedes: command.supersedes,
        }));
        if withheld.is_some() {
            course.hold(&by, figures, (HoldReason::NotEntitled, generated_on));
        } else if by.is_agent() {
            course.approve(&by, figures, generated_on);
        }
        Ok(course.events)
    }

    pub(super) fn record_contacts(&self, command: RecordContacts) -> Decision {
        let document = self.current()?;
        let RecordContacts { contacts, recorded_on } = command;
        if document.contacts == contacts {
            return Ok(vec![]);
        }
        let patient = document.patient.clone();
        Ok(vec![Box::new(ContactsRecorded { contacts, patient, recorded_on }).into()])
    }

    pub(super) fn finalize(&self, command: &Finalize) -> Decision {
        let document = self.current()?;
        if self.reached >= Lifecycle::Finalized {
            return Ok(vec![]);
        }
        let Finalize { by, finalized_on } = command;
        self.admit(by)?;
        let balance_due = document.figures.balance_due;
        if !balance_due.is_positive() {
            return Err(StatementError::NothingDue { balance_due });
        }
        let mut course = Course::of(self);
        if !by.is_agent() {
            course.finalize(by, *finalized_on);
        } else if self.within_threshold(by, balance_due) {
            course.approve(by, document.figures, *finalized_on);
        } else {
            return beyond(Boundary::AboveThreshold);
        }
        Ok(course.events)
    }

    pub(super) fn void(&self, command: Void) -> Decision {
        let document = self.known()?;
        let Void { by, reason_code, voided_on } = command;
        founder_only(&by, HardBoundary::AlterBalancesOrCharges)?;
        if self.voided {
            return Ok(vec![]);
        }
        self.current()?;
        let figures = document.figures;
        if document.claim_id.is_none() && self.holds_payments() {
            return Err(StatementError::HasPayments { patient_paid: figures.patient_paid });
        }
        let entered = document.claim_id.is_none() && self.reached >= Lifecycle::Finalized;
        let none = Money::zero(figures.balance_due.currency());
        let balance_released = if entered { figures.balance_due } else { none };
        let mut course = Course::of(self);
        course.cancel_plan(voided_on, "voided");
        course.then(|lifecycle_state| {
            Voided {
                balance_released,
                by: Some(by.by),
                lifecycle_state,
                reason_code: reason_code.clone(),
                voided_on,
            }
            .into()
        });
        Ok(course.events)
    }

    pub(super) fn take_over(&self, command: Override) -> Decision {
        self.known()?;
        let Override { by, overridden_on, reason } = command;
        if by.is_agent() {
            return beyond(Boundary::FounderOverride);
        }
        if by.by != By::Founder {
            return Err(StatementError::FounderOnly);
        }
        if self.founder_override {
            return Ok(vec![]);
        }
        let lifecycle_state = self.lifecycle();
        Ok(vec![Overridden { lifecycle_state, overridden_on, reason }.into()])
    }
}

impl Course {
    /// The agent lets it go out, or leaves it to the founder; either way it says why.
    pub(super) fn approve(&mut self, by: &Authority, figures: Figures, on: Date) {
        if covers(by, figures.balance_due) || self.statement.approved {
            let alternative =
                Alternative { action: Action::HoldForFounder, against: Against::NotNeeded };
            let reasons = Reasons {
                alternatives: vec![alternative],
                auto_executed: true,
                channel: None,
                confidence_bp: 10_000,
                decision_type: DecisionType::Approval,
                delivery: None,
                factors: amounts(by, figures),
                rationale: Rationale::WithinThreshold,
                risk: Risk::Low,
            };
            self.because(by, on, reasons);
            self.finalize(by, on);
        } else {
            self.hold(by, figures, (HoldReason::AboveThreshold, on));
        }
    }

    pub(super) fn finalize(&mut self, by: &Authority, finalized_on: Date) {
        let Some(document) = self.statement.document.clone() else { return };
        self.then(|lifecycle_state| {
            Finalized {
                by: by.by,
                claim_id: document.claim_id,
                figures: document.figures,
                finalized_on,
                lifecycle_state,
                patient: document.patient.clone(),
            }
            .into()
        });
    }

    /// Nothing is left to ask for.
    pub(super) fn void_unasked(&mut self, none: Money, voided_on: Date) {
        self.cancel_plan(voided_on, "nothing_due");
        self.then(|lifecycle_state| {
            Voided {
                balance_released: none,
                by: None,
                lifecycle_state,
                reason_code: Code::word("nothing_due"),
                voided_on,
            }
            .into()
        });
    }
}

fn check(command: &Generate) -> Result<Figures, StatementError> {
    let parts = command.parts;
    let count = command.charges.len();
    if !(1..=MOST_CHARGES).contains(&count) {
        return Err(StatementError::Charges { count, most: MOST_CHARGES });
    }
    let taken = [parts.adjustments, parts.insurance_paid, parts.insurance_pending];
    for amount in taken.into_iter().chain(command.charges.iter().map(|charge| charge.amount)) {
        // A claim's figures are the claim's business.
        if amount.is_negative() && command.claim_id.is_none() {
            return Err(StatementError::AmountNegative { amount });
        }
    }
    check_sum(&command.charges, parts.total_charges)?;
    if command.due_on < command.generated_on {
        return Err(StatementError::DueDay { due_on: Some(command.due_on) });
    }
    let figures = Figures::of(parts)?;
    let balance_due = figures.balance_due;
    if !balance_due.is_positive() {
        return Err(StatementError::NothingDue { balance_due });
    }
    Ok(figures)
}

pub(super) fn check_sum(charges: &[Charge], total: Money) -> Result<(), StatementError> {
    let none = Money::zero(total.currency());
    let sum = charges.iter().try_fold(none, |sum, charge| sum.plus(charge.amount))?;
    if sum == total { Ok(()) } else { Err(StatementError::NotTheSum { charges: sum, total }) }
}
