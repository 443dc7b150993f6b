//! Drawn up, finalized, sent, paid, taken back.

use ledger::{
    statement::{
        By, Channel, Contacts, ContactsRecorded, Figures, Finalized, Held, HoldReason, Lifecycle,
        Overridden, Parts, Purpose, Rationale, Sent, StatementEvent, Superseded, Voided,
    },
    values::{AnonymousRef, StatementId},
};
use time::macros::{date, datetime};
use uuid::Uuid;

use super::{Row, Statements};
use crate::{
    engine::{Word, fold},
    testing::{log, sealed, statements::generated, usd},
};

const ID: Uuid = Uuid::from_u128(80);

fn row(events: Vec<StatementEvent>) -> Row {
    fold::<Statements>(&log(ID, events)).remove(&ID).unwrap().0
}

fn finalized(by: By) -> StatementEvent {
    let parts = Parts {
        adjustments: usd(0),
        insurance_paid: usd(0),
        insurance_pending: usd(0),
        patient_paid: usd(0),
        total_charges: usd(50_000),
    };
    Finalized {
        by,
        claim_id: None,
        figures: Figures::of(parts).unwrap(),
        finalized_on: date!(2026 - 02 - 01),
        lifecycle_state: Lifecycle::Finalized,
        patient: AnonymousRef("anon_1".to_owned()),
    }
    .into()
}

#[test]
fn what_the_agent_finalizes_it_approves() {
    let row = row(vec![generated(By::Agent), finalized(By::Agent)]);
    assert!(row.ai_generated && row.ai_approved_at.is_some());
    assert_eq!((row.lifecycle_state, row.balance_due_minor), (Word(Lifecycle::Finalized), 50_000));
    assert_eq!(row.statement_number, "STMT-202602-00001");
}

#[test]
fn what_a_person_finalizes_is_not_the_agents() {
    let row = row(vec![generated(By::Founder), finalized(By::Founder)]);
    assert!(!row.ai_generated && row.ai_approved_at.is_none());
}

#[test]
fn nothing_is_due_on_a_statement_that_was_taken_back_or_replaced() {
    let voided = Voided {
        balance_released: usd(50_000),
        by: Some(By::Founder),
        lifecycle_state: Lifecycle::Voided,
        reason_code: "mistake".parse().unwrap(),
        voided_on: date!(2026 - 02 - 03),
    };
    let over = row(vec![generated(By::Agent), finalized(By::Agent), voided.into()]);
    assert_eq!((over.lifecycle_state, over.balance_due_minor), (Word(Lifecycle::Voided), 0));
    let superseded = Superseded {
        balance_moved: usd(50_000),
        lifecycle_state: Lifecycle::Voided,
        superseded_by: StatementId::new(Uuid::from_u128(81)),
        superseded_on: date!(2026 - 02 - 03),
    };
    let replaced = row(vec![generated(By::Agent), superseded.into()]);
    assert_eq!(
        (replaced.superseded_by, replaced.balance_due_minor),
        (Some(Uuid::from_u128(81)), 0)
    );
}

fn held(reason: HoldReason) -> StatementEvent {
    let (by, held_on) = (By::Agent, date!(2026 - 02 - 01));
    Held { balance_due: usd(50_000), by, held_on, reason }.into()
}

fn contacts(contacts: Contacts) -> StatementEvent {
    let patient = AnonymousRef("anon_1".to_owned());
    Box::new(ContactsRecorded { contacts, patient, recorded_on: date!(2026 - 02 - 02) }).into()
}

fn sent() -> StatementEvent {
    Box::new(Sent {
        ai_selected_channel: true,
        balance_due: usd(50_000),
        by: By::Founder,
        certified: false,
        channel: Channel::Email,
        delivery: 1,
        email_address: None,
        level: None,
        lifecycle_state: Lifecycle::Sent,
        patient: AnonymousRef("anon_1".to_owned()),
        phone: None,
        physical_address: None,
        purpose: Purpose::Statement,
        rationale: Rationale::ConfiguredOrder,
        replaces: None,
        retry_count: 0,
        sent_at: datetime!(2026-02-02 10:00 UTC),
        success_rate_bp: None,
    })
    .into()
}

#[test]
fn a_statement_that_was_sent_taken_over_or_replaced_waits_for_nobody() {
    let overridden = Overridden {
        lifecycle_state: Lifecycle::Drafted,
        overridden_on: date!(2026 - 02 - 02),
        reason: sealed("reason"),
    };
    let superseded = Superseded {
        balance_moved: usd(50_000),
        lifecycle_state: Lifecycle::Voided,
        superseded_by: StatementId::new(Uuid::from_u128(81)),
        superseded_on: date!(2026 - 02 - 03),
    };
    for after in [sent(), overridden.into(), superseded.into()] {
        let waits = vec![generated(By::Agent), held(HoldReason::AboveThreshold)];
        assert_eq!(row(waits.clone()).held, Some(Word(HoldReason::AboveThreshold)));
        assert_eq!(row([waits, vec![after]].concat()).held, None);
    }
}

#[test]
fn who_can_be_reached_is_no_longer_waited_for_and_who_must_be_asked_is() {
    let portal = Contacts { portal: true, ..Contacts::default() };
    for (reason, known, waits) in [
        (HoldReason::NoContact, portal.clone(), false),
        (HoldReason::NoContact, Contacts::default(), true),
        (HoldReason::AboveThreshold, portal, true),
    ] {
        let events = vec![generated(By::Agent), held(reason), contacts(known)];
        assert_eq!(row(events).held.is_some(), waits, "{reason:?}");
    }
}
