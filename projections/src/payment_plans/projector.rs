//! What each event means for a plan's row.

use ledger::{
    recorded::{LedgerEvent, Recorded},
    statement::{Instalment, PlanOffered, PlanState, StatementEvent},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{InstalmentState, Row};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct PaymentPlans;

/// What an event means for a plan, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    statement_id: Uuid,
    at: OffsetDateTime,
    position: i64,
    what: StatementEvent,
}

impl ReadModel for PaymentPlans {
    const NAME: &'static str = "payment_plans";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Box<Change>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.statement.plan_")
            || event_type.starts_with("billing.statement.instalment_")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Box<Change>)>) {
        let LedgerEvent::Statement(happened) = &event.event else { return };
        let Some(plan) = plan(happened) else { return };
        let change = Change {
            statement_id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            what: happened.clone(),
        };
        out.extend([(plan, Box::new(change))]);
    }

    fn fold(row: &mut Option<Row>, change: Box<Change>) {
        if let StatementEvent::PlanOffered(offered) = &change.what {
            *row = Some(begun(offered, &change));
        }
        let row = row.as_mut().expect("a plan is offered before anything else happens to it");
        row.updated_at = change.at;
        row.hear(&change.what);
    }
}

/// Which plan an event is about.
fn plan(event: &StatementEvent) -> Option<Uuid> {
    match event {
        StatementEvent::PlanOffered(it) => Some(it.plan_id),
        StatementEvent::PlanAccepted(it) => Some(it.plan_id),
        StatementEvent::PlanDeclined(it) => Some(it.plan_id),
        StatementEvent::InstalmentPaid(it) => Some(it.plan_id),
        StatementEvent::InstalmentMissed(it) => Some(it.plan_id),
        StatementEvent::PlanCompleted(it) => Some(it.plan_id),
        StatementEvent::PlanCanceled(it) => Some(it.plan_id),
        StatementEvent::Generated(_)
        | StatementEvent::ContactsRecorded(_)
        | StatementEvent::Decided(_)
        | StatementEvent::Held(_)
        | StatementEvent::Released(_)
        | StatementEvent::Finalized(_)
        | StatementEvent::Restated(_)
        | StatementEvent::Superseded(_)
        | StatementEvent::Voided(_)
        | StatementEvent::Overridden(_)
        | StatementEvent::Sent(_)
        | StatementEvent::DeliverySucceeded(_)
        | StatementEvent::DeliveryFailed(_)
        | StatementEvent::FailoverScheduled(_)
        | StatementEvent::Delivered(_)
        | StatementEvent::Opened(_)
        | StatementEvent::Bounced(_)
        | StatementEvent::Escalated(_)
        | StatementEvent::PaymentRecorded(_)
        | StatementEvent::PaymentReversed(_)
        | StatementEvent::RefundCreated(_)
        | StatementEvent::RefundSettled(_)
        | StatementEvent::Adjusted(_)
        | StatementEvent::Paid(_) => None,
    }
}

impl Row {
    fn hear(&mut self, event: &StatementEvent) {
        match event {
            StatementEvent::PlanAccepted(it) => {
                self.state = Word(PlanState::Active);
                self.accepted_on = Some(it.accepted_on);
            }
            StatementEvent::PlanDeclined(it) => self.ended(PlanState::Declined, it.declined_on),
            StatementEvent::PlanCompleted(it) => self.ended(PlanState::Completed, it.completed_on),
            StatementEvent::PlanCanceled(it) => {
                self.ended(PlanState::Canceled, it.canceled_on);
                self.reason_code = Some(it.reason_code.to_string());
            }
            StatementEvent::InstalmentPaid(it) => {
                self.paid_count += 1;
                self.mark(&it.instalment, |state| state.paid_on = Some(it.paid_on));
            }
            StatementEvent::InstalmentMissed(it) => {
                self.missed_count += 1;
                self.mark(&it.instalment, |state| state.missed_on = Some(it.missed_on));
            }
            StatementEvent::Generated(_)
            | StatementEvent::ContactsRecorded(_)
            | StatementEvent::Decided(_)
            | StatementEvent::Held(_)
            | StatementEvent::Released(_)
            | StatementEvent::Finalized(_)
            | StatementEvent::Restated(_)
            | StatementEvent::Superseded(_)
            | StatementEvent::Voided(_)
            | StatementEvent::Overridden(_)
            | StatementEvent::Sent(_)
            | StatementEvent::DeliverySucceeded(_)
            | StatementEvent::DeliveryFailed(_)
            | StatementEvent::FailoverScheduled(_)
            | StatementEvent::Delivered(_)
            | StatementEvent::Opened(_)
            | StatementEvent::Bounced(_)
            | StatementEvent::Escalated(_)
            | StatementEvent::PlanOffered(_)
            | StatementEvent::PaymentRecorded(_)
            | StatementEvent::PaymentReversed(_)
            | StatementEvent::RefundCreated(_)
            | StatementEvent::RefundSettled(_)
            | StatementEvent::Adjusted(_)
            | StatementEvent::Paid(_) => {}
        }
    }

    fn ended(&mut self, state: PlanState, on: Date) {
        self.state = Word(state);
        self.ended_on = Some(on);
    }

    fn mark(&mut self, instalment: &Instalment, change: impl Fn(&mut InstalmentState)) {
        let mut states: Vec<InstalmentState> =
            serde_json::from_slice(&self.instalments).expect("as this projector wrote it");
        states
            .iter_mut()
            .filter(|state| state.instalment.number == instalment.number)
            .for_each(change);
        self.instalments = stored(&states);
    }
}

fn begun(offered: &PlanOffered, change: &Change) -> Row {
    let state = |instalment: &Instalment| InstalmentState {
        instalment: *instalment,
        missed_on: None,
        paid_on: None,
    };
    let states: Vec<InstalmentState> = offered.instalments.iter().map(state).collect();
    Row {
        plan_id: offered.plan_id,
        statement_id: change.statement_id,
        state: Word(PlanState::Offered),
        offered_by: Word(offered.by),
        offered_on: offered.offered_on,
        level: offered.escalation_level.map(i32::from),
        accepted_on: None,
        ended_on: None,
        reason_code: None,
        balance_due_minor: offered.balance_due.minor(),
        currency: Word(offered.balance_due.currency()),
        paid_count: 0,
        missed_count: 0,
        updated_at: change.at,
        offered_position: change.position,
        instalments: stored(&states),
    }
}

fn stored(states: &[InstalmentState]) -> Vec<u8> {
    serde_json::to_vec(states).expect("instalments are flat objects of text and numbers")
}
