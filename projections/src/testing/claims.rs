//! Events of one claim over 120.00.

use ledger::{
    claim::{
        Acknowledged, Adjudicated, ClaimEvent, Content, ControlNumbers, Coverage, Drafted,
        Frequency, Notice, PayerOrder, PostingKey, Reversed, ServiceLine, Sorted, Standing, Status,
        Submitted,
    },
    recorded::Recorded,
    remittance::{Adjustment, AdviceStatus, Group, PaymentKey},
    values::{AnonymousRef, Code, Currency, Money, Units},
};
use time::{Date, macros::date};
use uuid::Uuid;

use super::{LINE, log, sealed, usd};

pub(crate) const CLAIM: Uuid = Uuid::from_u128(0xc1);
const DAY: Date = date!(2026 - 03 - 02);

pub(crate) fn claim(events: Vec<ClaimEvent>) -> Vec<Recorded> {
    log(CLAIM, events)
}

pub(crate) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

pub(crate) fn drafted() -> ClaimEvent {
    let line = ServiceLine {
        charge: usd(12_000),
        diagnosis_pointers: vec![1],
        line_id: LINE,
        modifiers: vec![],
        place_of_service: None,
        prior_auth_id: None,
        procedure: code("99213"),
        service_ends_on: DAY,
        service_starts_on: DAY,
        units: Units::try_from(rust_decimal::Decimal::ONE).unwrap(),
    };
    let payer = Coverage {
        filing_code: code("CI"),
        member_id: Some(sealed("member_id")),
        payer_id: code("P"),
    };
    let content = Content {
        account: code("C1001"),
        billing_npi: "1234567893".parse().ok(),
        currency: Currency::USD,
        diagnoses: vec![sealed("diagnoses.0")],
        lines: vec![line],
        patient: AnonymousRef("anon_0123456789abcdef".to_owned()),
        patient_id: sealed("patient_id"),
        payers: vec![payer],
        place_of_service: Some(code("11")),
        rendering_npi: None,
    };
    Drafted { content }.into()
}

/// Charged 120.00; paid and taken off as given, the rest is the payers' but for the share.
fn standing(paid: i64, adjusted: i64, share: i64, status: Status) -> Standing {
    Standing {
        adjusted_insurance: usd(adjusted),
        adjusted_patient: usd(0),
        charge: usd(12_000),
        insurance_balance: usd(12_000 - paid - adjusted - share),
        insurance_paid: usd(paid),
        patient_balance: usd(share),
        patient_paid: usd(0),
        patient_share: usd(share),
        status,
    }
}

pub(crate) fn submitted() -> ClaimEvent {
    Submitted {
        account: code("C1001"),
        charge: usd(12_000),
        charge_change: usd(12_000),
        control: ControlNumbers {
            group: code("1"),
            interchange: code("000000001"),
            transaction: code("0001"),
        },
        digest: code(&"0".repeat(64)),
        draws: vec![],
        frequency: Frequency::Original,
        given_back: vec![],
        number: None,
        payer_claim_number: None,
        payer_id: code("P"),
        payer_order: PayerOrder::Primary,
        standing: standing(0, 0, 0, Status::Submitted),
        submission: 1,
        submitted_on: DAY,
    }
    .into()
}

pub(crate) fn acknowledged(notice: Notice, status: Status) -> ClaimEvent {
    Acknowledged {
        clearinghouse_number: None,
        notice,
        payer_claim_number: Some(code("ICN1")),
        reason: None,
        received_on: DAY,
        status,
        submission: 1,
    }
    .into()
}

pub(crate) fn key(trace: &str, status: AdviceStatus) -> PostingKey {
    PostingKey {
        occurrence: 1,
        payer_claim_number: Some(code("ICN1")),
        payment: PaymentKey { payer_id: code("P"), trace: code(trace) },
        status,
    }
}

fn sorted(sign: i64) -> Sorted {
    let money = |minor: i64| Money::from_minor(minor * sign, Currency::USD);
    Sorted {
        contractual: money(1_000),
        open: money(1_000),
        paid: money(8_000),
        patient: money(2_000),
        prior: money(0),
    }
}

/// 80.00 paid, 10.00 by contract, 10.00 denied, 20.00 to the patient; one line is out.
pub(crate) fn adjudicated() -> ClaimEvent {
    let cut = |group, reason: &str, minor| Adjustment {
        amount: usd(minor),
        group,
        quantity: None,
        reason: code(reason),
    };
    Adjudicated {
        adjustments: vec![
            cut(Group::Co, "45", 1_000),
            cut(Group::Co, "29", 1_000),
            cut(Group::Pr, "3", 2_000),
        ],
        charge: usd(12_000),
        key: key("EFT1", AdviceStatus::Primary),
        lines: vec![],
        paid_on: DAY,
        patient_share_change: usd(2_000),
        payer_order: PayerOrder::Primary,
        posted_on: DAY,
        sorted: sorted(1),
        standing: standing(8_000, 1_000, 2_000, Status::Adjudicated),
        unbalanced_lines: 1,
    }
    .into()
}

/// All of it taken back.
pub(crate) fn reversed() -> ClaimEvent {
    Reversed {
        difference: usd(0),
        key: key("EFT2", AdviceStatus::Reversal),
        patient_share_change: usd(-2_000),
        payer_order: PayerOrder::Primary,
        posted_on: DAY,
        reverses: key("EFT1", AdviceStatus::Primary),
        sorted: sorted(-1),
        standing: standing(0, 0, 0, Status::Reversed),
    }
    .into()
}
