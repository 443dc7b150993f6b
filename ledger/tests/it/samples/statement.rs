//! What happens to a statement, every field filled.

use ledger::{
    statement::{
        Action, Against, Alternative, By, Channel, Charge, Contacts, ContactsRecorded, Decided,
        DecisionType, Factor, FactorName, Figures, Finalized, Generated, Held, HoldReason,
        Lifecycle, Overridden, Parts, Rationale, Released, Restated, Risk, StatementEvent,
        Superseded, Voided,
    },
    values::{ClaimId, StatementId},
};

use super::{code, day, id, patient, sealed, usd};

pub(super) fn figures(paid: i64) -> Figures {
    let parts = Parts {
        adjustments: usd(2_000),
        insurance_paid: usd(8_000),
        insurance_pending: usd(0),
        patient_paid: usd(paid),
        total_charges: usd(12_000),
    };
    Figures::of(parts).unwrap()
}

pub(super) fn claim() -> ClaimId {
    ClaimId::new(id(0xc0))
}

fn contacts() -> Contacts {
    Contacts {
        email: Some(sealed("contacts.email")),
        name: Some(sealed("contacts.name")),
        opted_out: [Channel::Sms].into(),
        phone: Some(sealed("contacts.phone")),
        physical_address: Some(sealed("contacts.physical_address")),
        portal: true,
    }
}

fn charges() -> Vec<Charge> {
    vec![Charge {
        amount: usd(12_000),
        description: Some(sealed("charges.0.description")),
        procedure: Some(code("A0429")),
        service_on: day(3, 2),
    }]
}

pub(super) fn events() -> Vec<StatementEvent> {
    let mut events = drawn_up();
    events.extend(ended());
    events.extend(super::statement_mail::events());
    events.extend(super::statement_money::events());
    events
}

fn drawn_up() -> Vec<StatementEvent> {
    let generated = Generated {
        by: By::Agent,
        call_id: Some(sealed("call_id")),
        charges: charges(),
        claim_id: Some(claim()),
        contacts: contacts(),
        due_on: day(4, 9),
        figures: figures(0),
        generated_on: day(3, 10),
        lifecycle_state: Lifecycle::Drafted,
        number: "STMT-202603-00001".to_owned(),
        patient: patient(),
        patient_id: sealed("patient_id"),
        supersedes: Some(StatementId::new(id(0xf0))),
    };
    let decided = Decided {
        alternative_actions: vec![Alternative {
            action: Action::PhysicalMail,
            against: Against::LaterInOrder,
        }],
        auto_executed: true,
        by: By::Agent,
        channel: Some(Channel::Email),
        confidence_bp: 8_500,
        decided_on: day(3, 10),
        decision: 2,
        decision_type: DecisionType::ChannelSelection,
        delegation_revision: Some(1),
        delivery: Some(1),
        factors_considered: vec![Factor {
            channel: Some(Channel::Email),
            name: FactorName::Attempts,
            value: 20,
        }],
        rationale: Rationale::SuccessRate,
        requires_founder_approval: false,
        risk_assessment: Risk::Low,
    };
    let finalized = Finalized {
        by: By::Agent,
        claim_id: Some(claim()),
        figures: figures(0),
        finalized_on: day(3, 10),
        lifecycle_state: Lifecycle::Finalized,
        patient: patient(),
    };
    vec![
        Box::new(generated).into(),
        Box::new(ContactsRecorded {
            contacts: contacts(),
            patient: patient(),
            recorded_on: day(3, 11),
        })
        .into(),
        Box::new(decided).into(),
        Held {
            balance_due: usd(2_000),
            by: By::Agent,
            held_on: day(3, 10),
            reason: HoldReason::AboveThreshold,
        }
        .into(),
        Released { by: By::Founder, patient: patient(), released_on: day(3, 11) }.into(),
        finalized.into(),
    ]
}

fn ended() -> Vec<StatementEvent> {
    vec![
        Restated {
            charges: charges(),
            claim_id: claim(),
            figures: figures(500),
            lifecycle_state: Lifecycle::Finalized,
            patient: patient(),
            restated_on: day(3, 12),
        }
        .into(),
        Superseded {
            balance_moved: usd(1_500),
            lifecycle_state: Lifecycle::Voided,
            superseded_by: StatementId::new(id(0xf2)),
            superseded_on: day(3, 13),
        }
        .into(),
        Voided {
            balance_released: usd(2_000),
            by: Some(By::Founder),
            lifecycle_state: Lifecycle::Voided,
            reason_code: code("entered_twice"),
            voided_on: day(3, 14),
        }
        .into(),
        Overridden {
            lifecycle_state: Lifecycle::Sent,
            overridden_on: day(3, 14),
            reason: sealed("reason"),
        }
        .into(),
    ]
}
