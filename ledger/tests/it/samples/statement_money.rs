//! How a statement is collected, every field filled.

use ledger::{
    invoice::PaymentMethod,
    statement::{
        Adjusted, AdjustmentKind, By, Escalated, Instalment, InstalmentMissed, InstalmentPaid,
        Lifecycle, Paid, PaymentRecorded, PaymentReversed, PlanAccepted, PlanCanceled,
        PlanCompleted, PlanDeclined, PlanOffered, RefundCreated, RefundSettled, StatementEvent,
    },
};

use super::{
    code, day, id, patient, sealed,
    statement::{claim, figures},
    usd,
};

pub(super) fn events() -> Vec<StatementEvent> {
    let mut events = overdue();
    events.extend(paid());
    events
}

fn overdue() -> Vec<StatementEvent> {
    let plan_id = id(0xf3);
    let instalment = Instalment { amount: usd(1_000), due_on: day(6, 12), number: 1 };
    vec![
        Escalated {
            balance_due: usd(2_000),
            by: By::Agent,
            days_overdue: 33,
            delegation_revision: 1,
            escalated_on: day(5, 12),
            escalation_level: 1,
            lifecycle_state: Lifecycle::Escalated,
            next_escalation_on: Some(day(6, 8)),
            patient: patient(),
            payment_plan_offered: true,
        }
        .into(),
        PlanOffered {
            balance_due: usd(2_000),
            by: By::Agent,
            delegation_revision: Some(1),
            escalation_level: Some(1),
            instalments: vec![instalment],
            offered_on: day(5, 12),
            plan_id,
        }
        .into(),
        PlanAccepted { accepted_on: day(5, 14), plan_id }.into(),
        PlanDeclined { declined_on: day(5, 14), plan_id }.into(),
        InstalmentPaid { instalment, paid_on: day(6, 11), payment_id: id(0xe1), plan_id }.into(),
        InstalmentMissed { instalment, missed_on: day(6, 13), plan_id }.into(),
        PlanCompleted { completed_on: day(7, 11), plan_id }.into(),
        PlanCanceled { canceled_on: day(7, 11), plan_id, reason_code: code("patient_moved") }
            .into(),
    ]
}

fn paid() -> Vec<StatementEvent> {
    let (claim_id, method, payment_id) = (Some(claim()), PaymentMethod::Stripe, id(0xe1));
    vec![
        PaymentRecorded {
            amount: usd(2_000),
            claim_id,
            figures: figures(2_000),
            method,
            patient: patient(),
            payment_id,
            received_on: day(6, 11),
            reference: Some(sealed("reference")),
        }
        .into(),
        PaymentReversed {
            amount: usd(2_000),
            claim_id,
            figures: figures(0),
            lifecycle_state: Lifecycle::Paid,
            method,
            payment_id,
            reason_code: code("bounced"),
            reversed_on: day(6, 15),
        }
        .into(),
        RefundCreated {
            amount: usd(1_500),
            claim_id,
            created_on: day(6, 16),
            figures: figures(500),
            method,
            payment_id,
            reason_code: code("paid_too_much"),
            refund_id: id(0xe2),
        }
        .into(),
        RefundSettled { amount: usd(1_500), method, refund_id: id(0xe2), settled_on: day(6, 18) }
            .into(),
        Adjusted {
            adjusted_on: day(6, 19),
            adjustment_id: id(0xe3),
            amount: usd(500),
            by: By::Founder,
            figures: figures(0),
            kind: AdjustmentKind::PriceConcession,
            note: Some(sealed("note")),
            reason_code: code("settled_for_less"),
        }
        .into(),
        Paid {
            figures: figures(2_000),
            levels_resolved: vec![1],
            lifecycle_state: Lifecycle::Paid,
            paid_on: day(6, 11),
            patient: patient(),
        }
        .into(),
    ]
}
