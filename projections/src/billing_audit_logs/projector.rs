//! Which events are acts, and what each tells.

use ledger::{
    recorded::{LedgerEvent, Recorded},
    statement::{
        By, Decided, DecisionType, Figures, Generated, HoldReason, Lifecycle, Purpose, Rationale,
        Sent, StatementEvent, rationale_text,
    },
    values::Money,
};

use super::{Act, Row};
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct BillingAuditLogs;

impl ReadModel for BillingAuditLogs {
    const NAME: &'static str = "billing_audit_logs";
    const VERSION: i32 = 1;
    const HEARD_ONCE: bool = true;
    type Key = i64;
    type Change = Box<Row>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.statement.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(i64, Box<Row>)>) {
        let LedgerEvent::Statement(happened) = &event.event else { return };
        out.extend(told(event, happened).map(|row| (row.position, Box::new(row))));
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}

fn told(event: &Recorded, happened: &StatementEvent) -> Option<Row> {
    let act = |act, by| bare(event, act, by);
    let row = match happened {
        StatementEvent::Generated(it) => generated(act(Act::StatementGenerated, it.by), it),
        StatementEvent::Finalized(it) => {
            let row = act(Act::StatementFinalized, it.by).standing(it.lifecycle_state);
            row.figures(&it.figures)
        }
        StatementEvent::Sent(it) => sent(act(Act::StatementSent, it.by), it),
        StatementEvent::Decided(it) if it.decision_type == DecisionType::ChannelSelection => {
            selected(act(Act::ChannelSelected, it.by), it)
        }
        StatementEvent::Escalated(it) => {
            let row = act(Act::EscalationTriggered, it.by).standing(it.lifecycle_state);
            Row {
                level: Some(i32::from(it.escalation_level)),
                days_overdue: Some(i32::from(it.days_overdue)),
                ..row.due(it.balance_due)
            }
        }
        StatementEvent::FailoverScheduled(it) => {
            let delivery = Some(i32::from(it.delivery));
            Row { delivery, ..act(Act::FailoverScheduled, it.by) }
        }
        StatementEvent::Overridden(it) => {
            let row = act(Act::FounderOverride, By::Founder).standing(it.lifecycle_state);
            Row { note: Some(closed(&it.reason)), ..row }
        }
        StatementEvent::PlanOffered(it) => {
            let level = it.escalation_level.map(i32::from);
            Row { level, ..act(Act::PaymentPlanOffered, it.by).due(it.balance_due) }
        }
        StatementEvent::Held(it) => {
            // Otherwise the founder is asked, which the act itself says.
            let waits = it.reason == HoldReason::NotEntitled;
            let reason = waits.then(|| rationale_text(Rationale::NotEntitled, None, None));
            Row { reason, ..act(Act::StatementHeld, it.by).due(it.balance_due) }
        }
        StatementEvent::Released(it) => act(Act::StatementReleased, it.by),
        StatementEvent::Voided(it) => {
            act(Act::StatementVoided, it.by?).standing(it.lifecycle_state)
        }
        StatementEvent::Decided(_) => return None,
        StatementEvent::ContactsRecorded(_)
        | StatementEvent::Restated(_)
        | StatementEvent::Superseded(_)
        | StatementEvent::DeliverySucceeded(_)
        | StatementEvent::DeliveryFailed(_)
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
        | StatementEvent::Adjusted(_)
        | StatementEvent::Paid(_) => return None,
    };
    Some(row)
}

fn generated(row: Row, it: &Generated) -> Row {
    let row = row.standing(it.lifecycle_state).figures(&it.figures);
    Row { patient_id: Some(closed(&it.patient_id)), ..row }
}

fn sent(row: Row, it: &Sent) -> Row {
    Row {
        channel: Some(Word(it.channel)),
        delivery: Some(i32::from(it.delivery)),
        is_failover: it.purpose == Purpose::Failover,
        level: it.level.map(i32::from),
        reason: Some(it.selection_reason()),
        ..row.standing(it.lifecycle_state).due(it.balance_due)
    }
}

fn selected(row: Row, it: &Decided) -> Row {
    Row {
        channel: it.channel.map(Word),
        delivery: it.delivery.map(i32::from),
        reason: Some(it.text()),
        ..row
    }
}

fn bare(event: &Recorded, act: Act, by: By) -> Row {
    Row {
        position: event.position,
        action_type: Word(act),
        acted_by: Word(by),
        statement_id: event.aggregate_id,
        delivery: None,
        new_state: None,
        channel: None,
        reason: None,
        is_failover: false,
        total_charges_minor: None,
        patient_responsibility_minor: None,
        balance_due_minor: None,
        currency: None,
        level: None,
        days_overdue: None,
        happened_at: event.occurred_at,
        created_at: event.recorded_at,
        patient_id: None,
        note: None,
    }
}

impl Row {
    fn standing(self, state: Lifecycle) -> Self {
        Self { new_state: Some(state.word().to_owned()), ..self }
    }

    fn due(self, balance: Money) -> Self {
        let currency = Some(Word(balance.currency()));
        Self { balance_due_minor: Some(balance.minor()), currency, ..self }
    }

    fn figures(self, figures: &Figures) -> Self {
        let row = self.due(figures.balance_due);
        Self {
            total_charges_minor: Some(figures.total_charges.minor()),
            patient_responsibility_minor: Some(figures.patient_responsibility.minor()),
            ..row
        }
    }
}
