//! What each event means for a delivery's row.

use ledger::{
    recorded::{LedgerEvent, Recorded},
    statement::{Sent, StatementEvent, delivery_id},
    values::{Money, StatementId},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Row;
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct StatementDeliveries;

/// What an event means for a delivery, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    statement_id: Uuid,
    at: OffsetDateTime,
    position: i64,
    what: StatementEvent,
}

impl ReadModel for StatementDeliveries {
    const NAME: &'static str = "statement_deliveries";
    const VERSION: i32 = 1;
    type Key = (Uuid, i32);
    type Change = Box<Change>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.statement.sent"
                | "billing.statement.delivery_succeeded"
                | "billing.statement.delivery_failed"
                | "billing.statement.failover_scheduled"
                | "billing.statement.delivered"
                | "billing.statement.opened"
                | "billing.statement.bounced"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((Uuid, i32), Box<Change>)>) {
        let LedgerEvent::Statement(happened) = &event.event else { return };
        let Some(delivery) = delivery(happened) else { return };
        let change = Change {
            statement_id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            what: happened.clone(),
        };
        out.extend([((event.aggregate_id, i32::from(delivery)), Box::new(change))]);
    }

    fn fold(row: &mut Option<Row>, change: Box<Change>) {
        if let StatementEvent::Sent(sent) = &change.what {
            *row = Some(begun(sent, &change));
        }
        let row = row.as_mut().expect("a delivery begins before anything is heard of it");
        row.updated_at = change.at;
        row.hear(&change.what);
    }
}

/// Which delivery an event is about.
fn delivery(event: &StatementEvent) -> Option<u16> {
    match event {
        StatementEvent::Sent(it) => Some(it.delivery),
        StatementEvent::DeliverySucceeded(it) => Some(it.delivery),
        StatementEvent::DeliveryFailed(it) => Some(it.delivery),
        StatementEvent::FailoverScheduled(it) => Some(it.delivery),
        StatementEvent::Delivered(it) => Some(it.delivery),
        StatementEvent::Opened(it) => Some(it.delivery),
        StatementEvent::Bounced(it) => Some(it.delivery),
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
        | StatementEvent::Escalated(_)
        | StatementEvent::PlanOffered(_)
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
        | StatementEvent::Paid(_) => None,
    }
}

impl Row {
    fn hear(&mut self, event: &StatementEvent) {
        match event {
            StatementEvent::DeliverySucceeded(it) => {
                self.attempted_at = Some(it.attempted_at);
                self.success = Some(true);
                self.failure_reason = None;
                self.message_id = it.message_id.as_ref().map(ToString::to_string);
                self.cost_minor = it.cost.map(Money::minor);
                self.currency = it.cost.map(|cost| Word(cost.currency()));
            }
            StatementEvent::DeliveryFailed(it) => {
                self.attempted_at = Some(it.attempted_at);
                self.success = Some(false);
                self.failure_reason = Some(it.failure_code.to_string());
            }
            StatementEvent::FailoverScheduled(it) => self.next_retry_at = Some(it.next_retry_at),
            StatementEvent::Delivered(it) => self.delivered_at = Some(it.delivered_at),
            StatementEvent::Opened(it) => self.opened_at = Some(it.opened_at),
            StatementEvent::Bounced(it) => {
                self.success = Some(false);
                self.failure_reason = Some(it.failure_code.to_string());
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
            | StatementEvent::Escalated(_)
            | StatementEvent::PlanOffered(_)
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
            | StatementEvent::Paid(_) => {}
        }
    }
}

fn begun(sent: &Sent, change: &Change) -> Row {
    let statement = StatementId::new(change.statement_id);
    Row {
        statement_id: change.statement_id,
        delivery: i32::from(sent.delivery),
        delivery_id: delivery_id(statement, sent.delivery),
        channel: Word(sent.channel),
        purpose: Word(sent.purpose),
        sent_by: Word(sent.by),
        certified: sent.certified,
        ai_selected_channel: sent.ai_selected_channel,
        channel_selection_reason: sent.selection_reason(),
        retry_count: i32::from(sent.retry_count),
        level: sent.level.map(i32::from),
        replaces: sent.replaces.map(i32::from),
        sent_at: sent.sent_at,
        attempted_at: None,
        delivered_at: None,
        opened_at: None,
        success: None,
        failure_reason: None,
        next_retry_at: None,
        message_id: None,
        cost_minor: None,
        currency: None,
        anonymous_patient_ref: sent.patient.0.clone(),
        updated_at: change.at,
        sent_position: change.position,
        email_address: sent.email_address.as_ref().map(closed),
        physical_address: sent.physical_address.as_ref().map(closed),
        phone: sent.phone.as_ref().map(closed),
    }
}
