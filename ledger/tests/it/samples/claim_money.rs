//! What happens to a claim's money, every field filled.

use ledger::{
    claim::{
        Adjudicated, AnsweredLine, ClaimEvent, PatientBilled, PatientPaymentApplied,
        PatientPaymentWithdrawn, PayerOrder, PostingKey, Reversed, Sorted, Status, WriteOffKind,
        WriteOffReversed, WrittenOff,
    },
    remittance::{Adjustment, AdviceStatus, Group, PaymentKey},
    values::Quantity,
};

use super::{claim::standing, code, day, id, sealed, usd};

pub(super) fn quantity(text: &str) -> Quantity {
    Quantity::try_from(text.parse::<rust_decimal::Decimal>().unwrap()).unwrap()
}

pub(super) fn adjustment(reason: &str, minor: i64) -> Adjustment {
    Adjustment {
        amount: usd(minor),
        group: Group::Co,
        quantity: Some(quantity("1")),
        reason: code(reason),
    }
}

pub(super) fn payment() -> PaymentKey {
    PaymentKey { payer_id: code("1512345678"), trace: code("EFT1012") }
}

fn key(status: AdviceStatus) -> PostingKey {
    PostingKey { occurrence: 1, payer_claim_number: Some(code("ICN1")), payment: payment(), status }
}

fn sorted(sign: i64) -> Sorted {
    Sorted {
        contractual: usd(sign * 2_000),
        open: usd(0),
        paid: usd(sign * 8_000),
        patient: usd(sign * 2_000),
        prior: usd(0),
    }
}

pub(super) fn events() -> Vec<ClaimEvent> {
    let mut events = answers();
    events.extend(decisions());
    events
}

fn answers() -> Vec<ClaimEvent> {
    let line = AnsweredLine {
        adjustments: vec![adjustment("45", 2_000)],
        charge: usd(12_000),
        claim_line_id: Some(id(0xc1)),
        procedure: code("99213"),
        remarks: vec![code("N130")],
        sorted: sorted(1),
        units: Some(quantity("1")),
    };
    vec![
        Adjudicated {
            adjustments: vec![adjustment("253", 0)],
            charge: usd(12_000),
            key: key(AdviceStatus::Primary),
            lines: vec![line],
            paid_on: day(3, 18),
            patient_share_change: usd(2_000),
            payer_order: PayerOrder::Primary,
            posted_on: day(3, 20),
            sorted: sorted(1),
            standing: standing(Status::Adjudicated),
            unbalanced_lines: 0,
        }
        .into(),
        Reversed {
            difference: usd(0),
            key: key(AdviceStatus::Reversal),
            patient_share_change: usd(-2_000),
            payer_order: PayerOrder::Primary,
            posted_on: day(4, 2),
            reverses: key(AdviceStatus::Primary),
            sorted: sorted(-1),
            standing: standing(Status::Reversed),
        }
        .into(),
        PatientBilled {
            billed_on: day(4, 9),
            patient_share_change: usd(2_000),
            standing: standing(Status::Adjudicated),
        }
        .into(),
    ]
}

fn decisions() -> Vec<ClaimEvent> {
    let standing = standing(Status::Adjudicated);
    vec![
        WrittenOff {
            amount: usd(500),
            kind: WriteOffKind::PriceConcession,
            note: Some(sealed("note")),
            reason_code: code("small_balance"),
            standing,
            write_off_id: id(0xd1),
            written_off_on: day(5, 2),
        }
        .into(),
        WriteOffReversed {
            amount: usd(500),
            kind: WriteOffKind::PriceConcession,
            reason_code: code("paid_after_all"),
            reversed_on: day(5, 3),
            standing,
            write_off_id: id(0xd1),
        }
        .into(),
        PatientPaymentApplied {
            amount: usd(1_500),
            applied_on: day(4, 12),
            payment_id: id(0xe1),
            standing,
        }
        .into(),
        PatientPaymentWithdrawn {
            amount: usd(500),
            amount_in_all: usd(500),
            payment_id: id(0xe1),
            standing,
            withdrawal_id: id(0xe2),
            withdrawn_on: day(4, 14),
        }
        .into(),
    ]
}
