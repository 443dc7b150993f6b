//! What a statement tells whoever asks.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Charge, Contacts, Delivery, Figures, HoldReason, Lifecycle, Plan, PlanState, Statement,
    StatementError, aggregate::Document,
};
use crate::values::{AnonymousRef, ClaimId, Money, Sealed, StatementId};

impl Statement {
    /// Where it stands, as people are told.
    pub fn lifecycle(&self) -> Lifecycle {
        if self.voided || (self.superseded_by.is_some() && self.reached < Lifecycle::Paid) {
            return Lifecycle::Voided;
        }
        if self.levels.values().any(|settled| !settled) {
            return Lifecycle::Escalated;
        }
        let missed = self.deliveries.values().next_back().is_some_and(Delivery::missed);
        if missed && self.reached < Lifecycle::Delivered {
            return Lifecycle::Failed;
        }
        self.reached
    }

    /// The furthest step of the ladder it has reached; it never goes down.
    pub fn reached(&self) -> Lifecycle {
        self.reached
    }

    /// Its number; `None` for a statement not known.
    pub fn number(&self) -> Option<&str> {
        self.document.as_ref().map(|document| document.number.as_str())
    }

    /// Its money.
    pub fn figures(&self) -> Option<&Figures> {
        self.document.as_ref().map(|document| &document.figures)
    }

    /// What is due on it; nothing where it no longer counts.
    pub fn balance_due(&self) -> Option<Money> {
        let balance = self.figures()?.balance_due;
        Some(if self.counts() { balance } else { Money::zero(balance.currency()) })
    }

    /// Its charges.
    pub fn charges(&self) -> &[Charge] {
        self.document.as_ref().map_or(&[], |document| &document.charges)
    }

    /// How the patient can be reached.
    pub fn contacts(&self) -> Option<&Contacts> {
        self.document.as_ref().map(|document| &document.contacts)
    }

    /// The patient.
    pub fn patient(&self) -> Option<&AnonymousRef> {
        self.document.as_ref().map(|document| &document.patient)
    }

    /// The claim that holds the money.
    pub fn claim_id(&self) -> Option<ClaimId> {
        self.document.as_ref().and_then(|document| document.claim_id)
    }

    /// The last day to pay.
    pub fn due_on(&self) -> Option<Date> {
        self.document.as_ref().map(|document| document.due_on)
    }

    /// The day of the statement.
    pub fn generated_on(&self) -> Option<Date> {
        self.document.as_ref().map(|document| document.generated_on)
    }

    /// Why it waits for the founder, if it does.
    pub fn held(&self) -> Option<HoldReason> {
        self.held
    }

    /// How many decisions were recorded.
    pub fn decisions(&self) -> u16 {
        self.decisions
    }

    /// The caller's own id of the patient, sealed.
    pub fn patient_id(&self) -> Option<&Sealed<String>> {
        self.document.as_ref().map(|document| &document.patient_id)
    }

    /// Whether the founder took it over.
    pub fn is_overridden(&self) -> bool {
        self.founder_override
    }

    /// The statement in its place.
    pub fn superseded_by(&self) -> Option<StatementId> {
        self.superseded_by
    }

    /// Its deliveries, by number.
    pub fn deliveries(&self) -> impl Iterator<Item = (u16, &Delivery)> {
        self.deliveries.iter().map(|(number, delivery)| (*number, delivery))
    }

    /// A delivery.
    pub fn delivery(&self, number: u16) -> Option<&Delivery> {
        self.deliveries.get(&number)
    }

    /// The levels of the schedule it has reached.
    pub fn levels(&self) -> impl Iterator<Item = u8> {
        self.levels.keys().copied()
    }

    /// The plan that was offered or is kept to.
    pub fn open_plan(&self) -> Option<(Uuid, &Plan)> {
        let open = |plan: &&Plan| matches!(plan.state, PlanState::Offered | PlanState::Active);
        self.plans.iter().find(|(_, plan)| open(plan)).map(|(id, plan)| (*id, plan))
    }

    /// What is left of a payment, and can be given back or go back.
    pub fn payment_left(&self, payment_id: Uuid) -> Option<Money> {
        let money = self.payments.get(&payment_id)?;
        money.amount.minus(money.gone).ok()
    }

    /// Failed e-mails and text messages whose letter is due, by the number of the delivery. A job
    /// asks this.
    pub fn failovers_due(&self, now: OffsetDateTime) -> Vec<u16> {
        if !self.counts() || !self.balance_due().is_some_and(Money::is_positive) {
            return vec![];
        }
        let due = |number: &u16, delivery: &Delivery| {
            delivery.wants_letter()
                && delivery.next_retry_at.is_some_and(|at| at <= now)
                && !self.is_replaced(*number)
        };
        self.deliveries.iter().filter(|(number, of)| due(number, of)).map(|(n, _)| *n).collect()
    }

    /// The level of a schedule that is reached on a day and was not before: the highest one. A
    /// job asks this.
    pub fn level_due(&self, schedule: &[u16], today: Date) -> Option<u8> {
        let sent = self.reached >= Lifecycle::Finalized && self.counts();
        if !sent || !self.balance_due()?.is_positive() || self.keeps_to_plan() {
            return None;
        }
        let days = (today - self.due_on()?).whole_days();
        let reached = schedule.iter().filter(|needed| i64::from(**needed) <= days).count();
        let level = u8::try_from(reached).ok().filter(|level| *level > 0)?;
        let highest = self.levels.keys().next_back().copied().unwrap_or(0);
        (days > 0 && level > highest).then_some(level)
    }

    /// Whether an accepted plan is in order, so that nothing is overdue.
    pub fn keeps_to_plan(&self) -> bool {
        self.open_plan().is_some_and(|(_, plan)| {
            plan.state == PlanState::Active && plan.missed.iter().all(|n| plan.paid.contains(n))
        })
    }

    pub(super) fn holds_payments(&self) -> bool {
        self.payments.values().any(|money| money.amount != money.gone)
    }

    pub(super) fn is_replaced(&self, delivery: u16) -> bool {
        self.deliveries.values().any(|other| other.replaces == Some(delivery))
    }

    /// Neither taken back nor replaced.
    pub(super) fn counts(&self) -> bool {
        !self.voided && self.superseded_by.is_none()
    }

    pub(super) fn known(&self) -> Result<&Document, StatementError> {
        self.document.as_deref().ok_or(StatementError::Unknown)
    }

    /// Known, and neither taken back nor replaced.
    pub(super) fn current(&self) -> Result<&Document, StatementError> {
        let document = self.known()?;
        if self.counts() {
            return Ok(document);
        }
        let (lifecycle_state, superseded_by) = (self.lifecycle(), self.superseded_by);
        Err(StatementError::Closed { lifecycle_state, superseded_by })
    }

    pub(super) fn finalized(&self) -> Result<&Document, StatementError> {
        let document = self.current()?;
        if self.reached < Lifecycle::Finalized {
            return Err(StatementError::NotFinalized);
        }
        Ok(document)
    }
}
