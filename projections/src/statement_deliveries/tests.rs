//! Handed over, taken, opened, come back.

use ledger::{
    statement::{
        Bounced, By, Channel, DeliverySucceeded, Lifecycle, Opened, Purpose, Rationale, Sent,
        StatementEvent,
    },
    values::AnonymousRef,
};
use uuid::Uuid;

use super::{Row, StatementDeliveries};
use crate::{
    engine::fold,
    testing::{at, log, sealed},
};

const ID: Uuid = Uuid::from_u128(80);

fn patient() -> AnonymousRef {
    AnonymousRef("anon_1".to_owned())
}

fn sent() -> StatementEvent {
    Box::new(Sent {
        ai_selected_channel: true,
        balance_due: crate::testing::usd(50_000),
        by: By::Agent,
        certified: false,
        channel: Channel::Email,
        delivery: 1,
        email_address: Some(sealed("email_address")),
        level: None,
        lifecycle_state: Lifecycle::Sent,
        patient: patient(),
        phone: None,
        physical_address: None,
        purpose: Purpose::Statement,
        rationale: Rationale::SuccessRate,
        replaces: None,
        retry_count: 0,
        sent_at: at(1),
        success_rate_bp: Some(8_500),
    })
    .into()
}

fn taken() -> StatementEvent {
    DeliverySucceeded {
        attempted_at: at(2),
        channel: Channel::Email,
        cost: None,
        delivery: 1,
        lifecycle_state: Lifecycle::Sent,
        message_id: Some("m-1".parse().unwrap()),
        patient: patient(),
    }
    .into()
}

fn row(events: Vec<StatementEvent>) -> Row {
    fold::<StatementDeliveries>(&log(ID, events)).remove(&(ID, 1)).unwrap().0
}

#[test]
fn nothing_is_known_before_the_carrier_says_so() {
    let row = row(vec![sent()]);
    assert_eq!((row.success, row.attempted_at, row.message_id), (None, None, None));
    assert_eq!(row.channel_selection_reason, "Email success rate 85% with valid email");
}

#[test]
fn a_bounce_takes_a_success_back() {
    let opened = Opened {
        channel: Channel::Email,
        delivery: 1,
        lifecycle_state: Lifecycle::Opened,
        opened_at: at(3),
        patient: patient(),
    };
    let good = row(vec![sent(), taken(), opened.into()]);
    assert_eq!((good.success, good.opened_at), (Some(true), Some(at(3))));
    let bounced = Bounced {
        bounced_at: at(3),
        channel: Channel::Email,
        delivery: 1,
        failure_code: "hard_bounce".parse().unwrap(),
        lifecycle_state: Lifecycle::Failed,
        patient: patient(),
    };
    let bad = row(vec![sent(), taken(), bounced.into()]);
    assert_eq!((bad.success, bad.failure_reason.as_deref()), (Some(false), Some("hard_bounce")));
}
