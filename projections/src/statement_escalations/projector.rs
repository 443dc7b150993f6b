//! What each event means for a level's row.

use ledger::{
    recorded::{LedgerEvent, Recorded},
    statement::{Escalated, PlanOffered, Purpose, StatementEvent},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Resolution, Row};
use crate::engine::{ReadModel, Word};

/// Levels are one digit.
const LEVELS: std::ops::RangeInclusive<i32> = 1..=9;

/// See the module.
pub struct StatementEscalations;

/// What an event means for a level.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It was reached.
    Reached(Box<Row>),
    /// Instalments were offered with it.
    Offered(Box<PlanOffered>, OffsetDateTime),
    /// A reminder was sent.
    FollowedUp(OffsetDateTime),
    /// It is settled.
    Settled(Resolution, OffsetDateTime),
}

impl ReadModel for StatementEscalations {
    const NAME: &'static str = "statement_escalations";
    const VERSION: i32 = 1;
    type Key = (Uuid, i32);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.statement.escalated"
                | "billing.statement.plan_offered"
                | "billing.statement.sent"
                | "billing.statement.paid"
                | "billing.statement.voided"
                | "billing.statement.superseded"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((Uuid, i32), Change)>) {
        let LedgerEvent::Statement(happened) = &event.event else { return };
        let (id, at) = (event.aggregate_id, event.recorded_at);
        let closed = |level| ((id, level), Change::Settled(Resolution::Closed, at));
        match happened {
            StatementEvent::Escalated(it) => {
                let row = reached(it, event);
                out.extend([((id, row.level), Change::Reached(Box::new(row)))]);
            }
            StatementEvent::PlanOffered(it) => {
                let offered =
                    |level| ((id, i32::from(level)), Change::Offered(Box::new(it.clone()), at));
                out.extend(it.escalation_level.map(offered));
            }
            StatementEvent::Sent(it) if it.purpose == Purpose::FollowUp => {
                let followed = |level| ((id, i32::from(level)), Change::FollowedUp(at));
                out.extend(it.level.map(followed));
            }
            StatementEvent::Paid(it) => {
                let paid =
                    |level: &u8| ((id, i32::from(*level)), Change::Settled(Resolution::Paid, at));
                out.extend(it.levels_resolved.iter().map(paid));
            }
            StatementEvent::Voided(_) | StatementEvent::Superseded(_) => {
                out.extend(LEVELS.map(closed));
            }
            StatementEvent::Sent(_) => {}
            StatementEvent::Generated(_)
            | StatementEvent::ContactsRecorded(_)
            | StatementEvent::Decided(_)
            | StatementEvent::Held(_)
            | StatementEvent::Released(_)
            | StatementEvent::Finalized(_)
            | StatementEvent::Restated(_)
            | StatementEvent::Overridden(_)
            | StatementEvent::DeliverySucceeded(_)
            | StatementEvent::DeliveryFailed(_)
            | StatementEvent::FailoverScheduled(_)
            | StatementEvent::Delivered(_)
            | StatementEvent::Opened(_)
            | StatementEvent::Bounced(_)
            | StatementEvent::PlanAccepted(_)
            | StatementEvent::PlanDeclined(_)
            | StatementEvent::InstalmentPaid(_)
            | StatementEvent::InstalmentMissed(_)
            | StatementEvent::PlanCompleted(_)
            | StatementEvent::PlanCanceled(_)
            | StatementEvent::PaymentRecorded(_)
            | StatementEvent::PaymentReversed(_)
            | StatementEvent::RefundCreated(_)
            | StatementEvent::RefundSettled(_)
            | StatementEvent::Adjusted(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        match (row, change) {
            (row, Change::Reached(reached)) => *row = Some(*reached),
            // Of a level that was never reached nothing is told.
            (None, Change::Offered(..) | Change::FollowedUp(_) | Change::Settled(..)) => {}
            (Some(row), Change::Offered(plan, at)) => row.offered(&plan, at),
            (Some(row), Change::FollowedUp(at)) => {
                row.followed_up = true;
                row.updated_at = at;
            }
            (Some(row), Change::Settled(resolution, at)) => {
                if row.resolution.is_none() {
                    row.resolution = Some(Word(resolution));
                    row.resolved_at = Some(at);
                    row.updated_at = at;
                }
            }
        }
    }
}

impl Row {
    fn offered(&mut self, plan: &PlanOffered, at: OffsetDateTime) {
        let first = plan.instalments.first();
        self.plan_id = Some(plan.plan_id);
        self.plan_months = i32::try_from(plan.instalments.len()).ok();
        self.plan_instalment_minor = first.map(|first| first.amount.minor());
        self.plan_first_due_on = first.map(|first| first.due_on);
        self.updated_at = at;
    }
}

fn reached(it: &Escalated, event: &Recorded) -> Row {
    Row {
        statement_id: event.aggregate_id,
        level: i32::from(it.escalation_level),
        triggered_by: Word(it.by),
        triggered_at: event.occurred_at,
        days_overdue: i32::from(it.days_overdue),
        balance_due_minor: it.balance_due.minor(),
        currency: Word(it.balance_due.currency()),
        next_escalation_on: it.next_escalation_on,
        payment_plan_offered: it.payment_plan_offered,
        plan_id: None,
        plan_months: None,
        plan_instalment_minor: None,
        plan_first_due_on: None,
        followed_up: false,
        resolution: None,
        resolved_at: None,
        updated_at: event.recorded_at,
        triggered_position: event.position,
    }
}
