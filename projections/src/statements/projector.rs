//! What each event means for a statement's row.

use ledger::{
    recorded::{LedgerEvent, Recorded},
    statement::{
        By, Channel, Charge, Figures, Generated, HoldReason, Lifecycle, Sent, StatementEvent,
    },
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Row;
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct Statements;

/// What an event means for a statement, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    id: Uuid,
    at: OffsetDateTime,
    position: i64,
    sequence: i64,
    what: StatementEvent,
}

impl ReadModel for Statements {
    const NAME: &'static str = "statements";
    const VERSION: i32 = 2;
    type Key = Uuid;
    type Change = Box<Change>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.statement.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Box<Change>)>) {
        let LedgerEvent::Statement(happened) = &event.event else { return };
        let change = Change {
            id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            sequence: event.sequence,
            what: happened.clone(),
        };
        out.extend([(event.aggregate_id, Box::new(change))]);
    }

    fn fold(row: &mut Option<Row>, change: Box<Change>) {
        if let StatementEvent::Generated(generated) = &change.what {
            *row = Some(begun(generated, &change));
        }
        let row = row.as_mut().expect("a statement is drawn up before anything else happens");
        row.updated_at = change.at;
        row.version = change.sequence;
        row.hear(&change.what, change.at);
    }
}

impl Row {
    fn hear(&mut self, event: &StatementEvent, at: OffsetDateTime) {
        match event {
            StatementEvent::Held(held) => self.held = Some(Word(held.reason)),
            StatementEvent::Released(it) => {
                self.held = None;
                self.released |= it.by != By::Agent;
            }
            StatementEvent::Finalized(it) => {
                self.figures(&it.figures);
                self.stands(it.lifecycle_state);
                self.ai_approved_at = (it.by == By::Agent).then_some(at);
            }
            StatementEvent::Restated(it) => {
                self.figures(&it.figures);
                self.charges = stored(&it.charges);
                self.stands(it.lifecycle_state);
            }
            StatementEvent::Superseded(it) => {
                self.superseded_by = Some(it.superseded_by.uuid());
                self.balance_due_minor = 0;
                self.held = None;
                self.stands(it.lifecycle_state);
            }
            StatementEvent::Voided(it) => {
                self.balance_due_minor = 0;
                self.held = None;
                self.stands(it.lifecycle_state);
            }
            StatementEvent::Overridden(it) => {
                self.founder_override = true;
                self.held = None;
                self.stands(it.lifecycle_state);
            }
            StatementEvent::Sent(sent) => self.sent(sent),
            StatementEvent::Escalated(it) => {
                self.was_escalated = true;
                self.stands(it.lifecycle_state);
            }
            StatementEvent::PaymentRecorded(it) => self.figures(&it.figures),
            StatementEvent::PaymentReversed(it) => {
                self.figures(&it.figures);
                self.stands(it.lifecycle_state);
            }
            StatementEvent::RefundCreated(it) => self.figures(&it.figures),
            StatementEvent::Adjusted(it) => self.figures(&it.figures),
            StatementEvent::Paid(it) => {
                self.figures(&it.figures);
                self.stands(it.lifecycle_state);
            }
            StatementEvent::DeliverySucceeded(it) => self.stands(it.lifecycle_state),
            StatementEvent::DeliveryFailed(it) => self.stands(it.lifecycle_state),
            StatementEvent::Delivered(it) => self.stands(it.lifecycle_state),
            StatementEvent::Opened(it) => self.stands(it.lifecycle_state),
            StatementEvent::Bounced(it) => self.stands(it.lifecycle_state),
            // As the statement itself hears it: whoever can be reached is not waited for.
            StatementEvent::ContactsRecorded(it) => {
                let reachable = Channel::ALL.iter().any(|way| it.contacts.reach(*way));
                if reachable && self.held == Some(Word(HoldReason::NoContact)) {
                    self.held = None;
                }
            }
            StatementEvent::Generated(_)
            | StatementEvent::Decided(_)
            | StatementEvent::FailoverScheduled(_)
            | StatementEvent::PlanOffered(_)
            | StatementEvent::PlanAccepted(_)
            | StatementEvent::PlanDeclined(_)
            | StatementEvent::InstalmentPaid(_)
            | StatementEvent::InstalmentMissed(_)
            | StatementEvent::PlanCompleted(_)
            | StatementEvent::PlanCanceled(_)
            | StatementEvent::RefundSettled(_) => {}
        }
    }

    fn stands(&mut self, state: Lifecycle) {
        self.lifecycle_state = Word(state);
    }

    fn sent(&mut self, sent: &Sent) {
        self.held = None;
        self.stands(sent.lifecycle_state);
        if self.sent_at.is_none() {
            self.sent_at = Some(sent.sent_at);
            self.sent_by = Some(Word(sent.by));
        }
    }

    fn figures(&mut self, figures: &Figures) {
        self.total_charges_minor = figures.total_charges.minor();
        self.insurance_paid_minor = figures.insurance_paid.minor();
        self.insurance_pending_minor = figures.insurance_pending.minor();
        self.adjustments_minor = figures.adjustments.minor();
        self.patient_responsibility_minor = figures.patient_responsibility.minor();
        self.patient_paid_minor = figures.patient_paid.minor();
        let counts = self.superseded_by.is_none() && self.lifecycle_state.0 != Lifecycle::Voided;
        self.balance_due_minor = if counts { figures.balance_due.minor() } else { 0 };
    }
}

fn begun(generated: &Generated, change: &Change) -> Row {
    let mut row = Row {
        statement_id: change.id,
        statement_number: generated.number.clone(),
        lifecycle_state: Word(generated.lifecycle_state),
        claim_id: generated.claim_id.map(ledger::values::Id::uuid),
        anonymous_patient_ref: generated.patient.0.clone(),
        currency: Word(generated.figures.total_charges.currency()),
        total_charges_minor: 0,
        insurance_paid_minor: 0,
        insurance_pending_minor: 0,
        adjustments_minor: 0,
        patient_responsibility_minor: 0,
        patient_paid_minor: 0,
        balance_due_minor: 0,
        ai_generated: generated.by == By::Agent,
        ai_approved_at: None,
        founder_override: false,
        released: false,
        held: None,
        sent_by: None,
        sent_at: None,
        was_escalated: false,
        statement_date: generated.generated_on,
        due_date: generated.due_on,
        superseded_by: None,
        created_at: change.at,
        updated_at: change.at,
        version: change.sequence,
        generated_position: change.position,
        charges: stored(&generated.charges),
        patient_id: closed(&generated.patient_id),
        call_id: generated.call_id.as_ref().map(closed),
    };
    row.figures(&generated.figures);
    row
}

fn stored(charges: &[Charge]) -> Vec<u8> {
    serde_json::to_vec(charges).expect("charges are flat objects of text and numbers")
}
