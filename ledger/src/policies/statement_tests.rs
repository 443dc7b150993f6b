//! What the policies about statements want, and what they make of a no.

use time::macros::{date, datetime};
use uuid::Uuid;

use super::{
    Answer, Delegated, PatientShare, Policy, Reaction, Refused, StatementSending, escalations,
    failovers, instead, missed_instalments, resumption,
};
use crate::{
    claim::{ClaimEvent, PatientBilled, Standing, Status},
    correspondence::Message,
    delegation::Terms,
    recorded::{Actor, LedgerEvent, Recorded},
    statement::{
        Bounced, By, Channel, Figures, Finalized, HoldReason, Lifecycle, Parts, Purpose, Rationale,
        Sent, Statement, StatementCommand, StatementEvent,
    },
    store::outbox::NewMessage,
    subscription::Subscription,
    values::{AnonymousRef, Currency, Money, OrgId, StatementId},
};

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn recorded(event: impl Into<LedgerEvent>) -> Recorded {
    let (id, at) = (Uuid::from_u128(1), datetime!(2026-03-10 10:00 UTC));
    Recorded {
        org: OrgId(Uuid::from_u128(7)),
        position: 2,
        aggregate_type: String::new(),
        aggregate_id: id,
        sequence: 2,
        event_id: id,
        event: event.into(),
        actor: Actor("test".to_owned()),
        correlation_id: id,
        causation_id: None,
        command_id: id,
        occurred_at: at,
        recorded_at: at,
    }
}

fn patient() -> AnonymousRef {
    AnonymousRef("anon_0123456789abcdef".to_owned())
}

fn finalized() -> Recorded {
    let zero = usd(0);
    let parts = Parts {
        adjustments: zero,
        insurance_paid: zero,
        insurance_pending: zero,
        patient_paid: zero,
        total_charges: usd(500),
    };
    recorded(StatementEvent::from(Finalized {
        by: By::Agent,
        claim_id: None,
        figures: Figures::of(parts).unwrap(),
        finalized_on: date!(2026 - 03 - 10),
        lifecycle_state: Lifecycle::Finalized,
        patient: patient(),
    }))
}

fn bounced() -> Recorded {
    recorded(StatementEvent::from(Bounced {
        bounced_at: datetime!(2026-03-11 10:00 UTC),
        channel: Channel::Email,
        delivery: 1,
        failure_code: "hard_bounce".parse().unwrap(),
        lifecycle_state: Lifecycle::Failed,
        patient: patient(),
    }))
}

fn order(reaction: &Reaction) -> &StatementCommand {
    &reaction.order::<Delegated>().unwrap().command
}

fn refused(event: &Recorded, code: &str) -> Answer {
    let mut state = Default::default();
    StatementSending::on_refusal(&mut state, event, &Refused { code, ordinal: 0 })
}

#[test]
fn what_is_finalized_is_sent_and_what_bounced_is_followed_by_a_letter() {
    let mut state = Default::default();
    let reactions = StatementSending::react(&mut state, &finalized());
    let StatementCommand::Send(send) = order(&reactions[0]) else { panic!() };
    assert_eq!((send.purpose, send.by.by), (Purpose::Statement, By::Agent));
    let reactions = StatementSending::react(&mut state, &bounced());
    let StatementCommand::ScheduleFailover(later) = order(&reactions[0]) else { panic!() };
    assert_eq!((later.delivery, later.failed_at), (1, datetime!(2026-03-11 10:00 UTC)));
    assert_eq!(StatementSending::key(&finalized()), Some(patient().0));
}

fn sent(channel: Channel) -> Recorded {
    let sent = Sent {
        ai_selected_channel: true,
        balance_due: usd(500),
        by: By::Agent,
        certified: false,
        channel,
        delivery: 3,
        email_address: None,
        level: None,
        lifecycle_state: Lifecycle::Sent,
        patient: patient(),
        phone: None,
        physical_address: None,
        purpose: Purpose::Statement,
        rationale: Rationale::ConfiguredOrder,
        replaces: None,
        retry_count: 2,
        sent_at: datetime!(2026-03-10 10:00 UTC),
        success_rate_bp: None,
    };
    recorded(StatementEvent::from(Box::new(sent)))
}

#[test]
fn what_is_sent_leaves_the_house_once_but_for_what_stands_on_the_portal() {
    let portal = sent(Channel::PatientPortal);
    assert_eq!(StatementSending::react(&mut Default::default(), &portal).len(), 0);
    let event = sent(Channel::Email);
    let reactions = StatementSending::react(&mut Default::default(), &event);
    let message: &NewMessage = reactions[0].order().unwrap();
    let id = event.aggregate_id;
    assert_eq!(message.dedupe_key, format!("statement:{id}:delivery:3"));
    let channel = Channel::Email;
    assert_eq!(message.message, Message::Statement { channel, delivery: 3, statement_id: id });
}

#[test]
fn beyond_the_delegation_nothing_is_done_or_the_founder_is_asked() {
    let hold = refused(&finalized(), "statement.above_threshold");
    let Answer::Commands(commands) = hold else { panic!() };
    assert!(matches!(order(&commands[0]), StatementCommand::Hold(_)));
    let hold = refused(&finalized(), "statement.no_contact");
    assert!(matches!(hold, Answer::Commands(_)));
    assert!(matches!(refused(&bounced(), "statement.no_contact"), Answer::Settled));
    let Answer::Commands(commands) = refused(&finalized(), "statement.not_entitled") else {
        panic!()
    };
    let StatementCommand::Hold(hold) = order(&commands[0]) else { panic!() };
    assert_eq!(hold.reason, HoldReason::NotEntitled);
    for code in ["statement.not_enabled", "statement.sending_off", "statement.founder_override"] {
        assert!(matches!(refused(&finalized(), code), Answer::Settled), "{code}");
    }
    assert!(matches!(refused(&finalized(), "statement.unknown"), Answer::Fail));
}

#[test]
fn a_claim_whose_content_was_never_heard_asks_for_nothing() {
    let zero = usd(0);
    let standing = Standing {
        adjusted_insurance: zero,
        adjusted_patient: zero,
        charge: usd(500),
        insurance_balance: zero,
        insurance_paid: zero,
        patient_balance: usd(500),
        patient_paid: zero,
        patient_share: usd(500),
        status: Status::Adjudicated,
    };
    let billed = PatientBilled {
        billed_on: date!(2026 - 03 - 10),
        patient_share_change: usd(500),
        standing,
    };
    let event = recorded(ClaimEvent::from(billed));
    assert_eq!(PatientShare::react(&mut Default::default(), &event).len(), 0);
}

#[test]
fn the_rounds_ask_nothing_of_a_statement_that_is_not_known() {
    let (statement, today) = (Statement::default(), date!(2026 - 03 - 10));
    let terms = Terms { auto_escalate_overdue: true, enabled: true, ..Terms::default() };
    let id = StatementId::new(Uuid::from_u128(1));
    assert_eq!(failovers(&statement, datetime!(2026-03-10 10:00 UTC), today), vec![]);
    assert_eq!(escalations(id, &statement, &terms, today), None);
    assert_eq!(missed_instalments(&statement, today), None);
    assert_eq!(resumption(&statement, &Subscription::default(), today), None);
}

#[test]
fn only_what_the_account_stands_in_the_way_of_waits_for_it() {
    let today = date!(2026 - 03 - 10);
    assert!(matches!(instead("statement.not_entitled", today), Some(StatementCommand::Hold(_))));
    assert_eq!(instead("statement.nothing_due", today), None);
}
