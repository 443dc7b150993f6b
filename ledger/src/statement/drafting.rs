//! The statement is drawn up, and goes on or waits.

use time::Date;

use super::{
    Action, Against, Alternative, Authority, By, Charge, ContactsRecorded, Decision, DecisionType,
    Factor, FactorName, Figures, Finalize, Finalized, Generate, Generated, Held, Hold, HoldReason,
    Lifecycle, Overridden, Override, Rationale, RecordContacts, Release, Released, Risk, Statement,
    StatementError, Void, Voided,
    authority::{Boundary, beyond, covers, founder_only},
    deciding::{Course, Reasons},
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
        self.admit(&command.by)?;
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
        if by.is_agent() {
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

    pub(super) fn hold(&self, command: &Hold) -> Decision {
        let document = self.current()?;
        if self.held.is_some() {
            return Ok(vec![]);
        }
        let (balance_due, by) = (document.figures.balance_due, command.by.by);
        let mut course = Course::of(self);
        if command.by.is_agent() {
            let of = document.figures;
            course.because(&command.by, command.held_on, holding(&command.by, of, command.reason));
        }
        course.add(Held { balance_due, by, held_on: command.held_on, reason: command.reason });
        Ok(course.events)
    }

    /// The founder's approval; a draft goes on at once.
    pub(super) fn release(&self, command: &Release) -> Decision {
        let document = self.current()?;
        founder_only(&command.by, HardBoundary::AlterBalancesOrCharges)?;
        if self.held.is_none() {
            return Ok(vec![]);
        }
        let (by, on) = (&command.by, command.released_on);
        let mut course = Course::of(self);
        course.release(by, on);
        if self.reached < Lifecycle::Finalized && document.figures.balance_due.is_positive() {
            course.finalize(by, on);
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
    fn approve(&mut self, by: &Authority, figures: Figures, on: Date) {
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
            let reason = HoldReason::AboveThreshold;
            self.because(by, on, holding(by, figures, reason));
            let balance_due = figures.balance_due;
            self.add(Held { balance_due, by: by.by, held_on: on, reason });
        }
    }

    pub(super) fn release(&mut self, by: &Authority, released_on: Date) {
        let Some(patient) = self.statement.patient().cloned() else { return };
        self.add(Released { by: by.by, patient, released_on });
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

/// Why the founder is asked.
fn holding(by: &Authority, figures: Figures, reason: HoldReason) -> Reasons {
    let (rationale, against) = match reason {
        HoldReason::AboveThreshold => (Rationale::AboveThreshold, Against::Boundary),
        HoldReason::ByHand => (Rationale::ChosenByPerson, Against::Boundary),
        HoldReason::NoContact => (Rationale::NoContact, Against::NoContact),
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

fn amounts(by: &Authority, figures: Figures) -> Vec<Factor> {
    let threshold = by.terms.ai_autonomous_approval_threshold;
    let factor = |name, value| Factor { channel: None, name, value };
    vec![
        factor(FactorName::BalanceMinor, figures.balance_due.minor()),
        factor(FactorName::ThresholdMinor, threshold.minor()),
    ]
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
