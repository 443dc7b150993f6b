//! A claim's life, every field filled.

use ledger::{
    claim::{
        Acknowledged, AppealDecided, AppealFiled, AppealOutcome, ClaimEvent, Closed, Content,
        ControlNumbers, Coverage, Drafted, Finding, Frequency, LineDraw, Notice, PayerOrder,
        Problem, Revised, ServiceLine, Standing, Status, Submitted, Validated, Voided,
    },
    values::{Currency, PriorAuthId},
};

use super::{claim_money, code, day, id, patient, sealed, units, usd};

pub(super) fn events() -> Vec<ClaimEvent> {
    let mut events = filing();
    events.extend(ending());
    events.extend(claim_money::events());
    events
}

fn content() -> Content {
    Content {
        account: code("C1001"),
        billing_npi: "1234567893".parse().ok(),
        currency: Currency::USD,
        diagnoses: vec![sealed("diagnoses.0")],
        lines: vec![ServiceLine {
            charge: usd(12_000),
            diagnosis_pointers: vec![1],
            line_id: id(0xc1),
            modifiers: vec![code("25")],
            place_of_service: Some(code("11")),
            prior_auth_id: Some(PriorAuthId::new(id(0xaa))),
            procedure: code("99213"),
            service_ends_on: day(3, 2),
            service_starts_on: day(3, 2),
            units: units("1"),
        }],
        patient: patient(),
        patient_id: sealed("patient_id"),
        payers: vec![Coverage {
            filing_code: code("CI"),
            member_id: Some(sealed("payers.0.member_id")),
            payer_id: code("60054"),
        }],
        place_of_service: Some(code("11")),
        rendering_npi: "1245319599".parse().ok(),
    }
}

fn draw() -> LineDraw {
    LineDraw {
        claim_line_id: id(0xc1),
        prior_auth_id: PriorAuthId::new(id(0xaa)),
        service_on: day(3, 2),
        units: units("1"),
    }
}

/// A claim of 120.00 after the first payer's answer.
pub(super) fn standing(status: Status) -> Standing {
    Standing {
        adjusted_insurance: usd(2_000),
        adjusted_patient: usd(0),
        charge: usd(12_000),
        insurance_balance: usd(0),
        insurance_paid: usd(8_000),
        patient_balance: usd(500),
        patient_paid: usd(1_500),
        patient_share: usd(2_000),
        status,
    }
}

fn filing() -> Vec<ClaimEvent> {
    let finding = Finding { line: Some(1), problem: Problem::PointerOutOfRange };
    vec![
        Drafted { content: content() }.into(),
        Revised { content: content() }.into(),
        Validated { findings: vec![finding], validated_on: day(3, 3) }.into(),
        Submitted {
            account: code("C1001"),
            charge: usd(12_000),
            charge_change: usd(12_000),
            control: ControlNumbers {
                group: code("17"),
                interchange: code("000000017"),
                transaction: code("0001"),
            },
            digest: code("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            draws: vec![draw()],
            frequency: Frequency::Replacement,
            given_back: vec![draw()],
            number: Some("CTL-00017".to_owned()),
            payer_claim_number: Some(code("ICN1")),
            payer_id: code("60054"),
            payer_order: PayerOrder::Primary,
            standing: standing(Status::Submitted),
            submission: 2,
            submitted_on: day(3, 3),
        }
        .into(),
        Acknowledged {
            clearinghouse_number: Some(code("CH77")),
            notice: Notice::Accepted,
            payer_claim_number: Some(code("ICN1")),
            reason: Some(code("20")),
            received_on: day(3, 4),
            status: Status::Accepted,
            submission: 2,
        }
        .into(),
    ]
}

fn ending() -> Vec<ClaimEvent> {
    vec![
        AppealFiled {
            appeal_id: id(0xa9),
            due_on: Some(day(5, 3)),
            filed_on: day(4, 3),
            note: Some(sealed("note")),
            reason_code: code("timely_filing_proved"),
        }
        .into(),
        AppealDecided {
            appeal_id: id(0xa9),
            decided_on: day(5, 1),
            outcome: AppealOutcome::Overturned,
            status: Status::Adjudicated,
        }
        .into(),
        Voided {
            charge_change: usd(-12_000),
            given_back: vec![draw()],
            reason_code: Some(code("billed_in_error")),
            standing: standing(Status::Voided),
            voided_on: day(3, 9),
        }
        .into(),
        Closed { closed_on: day(6, 1) }.into(),
    ]
}
