//! How a statement travels, every field filled.

use ledger::statement::{
    Bounced, By, Channel, Delivered, DeliveryFailed, DeliverySucceeded, FailoverScheduled,
    Lifecycle, Opened, Purpose, Rationale, Sent, StatementEvent,
};

use super::{at, code, patient, sealed, usd};

pub(super) fn events() -> Vec<StatementEvent> {
    let sent = Sent {
        ai_selected_channel: true,
        balance_due: usd(2_000),
        by: By::Agent,
        certified: false,
        channel: Channel::Email,
        delivery: 1,
        email_address: Some(sealed("contacts.email")),
        level: Some(1),
        lifecycle_state: Lifecycle::Sent,
        patient: patient(),
        phone: Some(sealed("contacts.phone")),
        physical_address: Some(sealed("contacts.physical_address")),
        purpose: Purpose::Statement,
        rationale: Rationale::SuccessRate,
        replaces: Some(1),
        retry_count: 0,
        sent_at: at(3, 10),
        success_rate_bp: Some(8_500),
    };
    let (channel, delivery) = (Channel::Email, 1);
    let mut events = vec![Box::new(sent).into()];
    events.push(
        DeliverySucceeded {
            attempted_at: at(3, 10),
            channel,
            cost: Some(usd(120)),
            delivery,
            lifecycle_state: Lifecycle::Sent,
            message_id: Some(code("msg_0192f0")),
            patient: patient(),
        }
        .into(),
    );
    events.push(
        DeliveryFailed {
            attempted_at: at(3, 10),
            channel,
            delivery,
            failure_code: code("mailbox_unknown"),
            lifecycle_state: Lifecycle::Failed,
            patient: patient(),
        }
        .into(),
    );
    events.push(
        FailoverScheduled {
            by: By::Agent,
            delegation_revision: Some(1),
            delivery,
            next_retry_at: at(3, 12),
        }
        .into(),
    );
    events.extend(arrived());
    events
}

fn arrived() -> [StatementEvent; 3] {
    let (channel, delivery) = (Channel::Email, 1);
    [
        Delivered {
            channel,
            delivered_at: at(3, 11),
            delivery,
            lifecycle_state: Lifecycle::Delivered,
            patient: patient(),
        }
        .into(),
        Opened {
            channel,
            delivery,
            lifecycle_state: Lifecycle::Opened,
            opened_at: at(3, 11),
            patient: patient(),
        }
        .into(),
        Bounced {
            bounced_at: at(3, 11),
            channel,
            delivery,
            failure_code: code("hard_bounce"),
            lifecycle_state: Lifecycle::Failed,
            patient: patient(),
        }
        .into(),
    ]
}
