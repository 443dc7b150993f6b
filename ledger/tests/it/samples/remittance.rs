//! A payment of a payer, every field filled.

use ledger::{
    remittance::{
        AdviceStatus, ClaimAdvised, ClaimParked, ClaimPosted, DepositMatched, ParkReason,
        ProviderAdjustment, Received, RemittanceEvent, RemittedClaim, RemittedLine,
    },
    values::ClaimId,
};

use super::{
    claim_money::{adjustment, payment, quantity},
    code, day, id, usd,
};

pub(super) fn events() -> Vec<RemittanceEvent> {
    let line = RemittedLine {
        adjustments: vec![adjustment("45", 4_000)],
        charge: usd(12_000),
        claim_line_id: Some(id(0xc1)),
        paid: usd(8_000),
        procedure: code("99213"),
        remarks: vec![code("N130")],
        units: Some(quantity("1")),
    };
    let advice = RemittedClaim {
        account: code("C1001"),
        adjustments: vec![adjustment("253", 0)],
        charge: usd(12_000),
        lines: vec![line],
        paid: usd(8_000),
        patient_responsibility: Some(usd(0)),
        payer_claim_number: Some(code("ICN1")),
        status: AdviceStatus::PrimaryForwarded,
    };
    vec![
        Received {
            claims: 1,
            digest: code("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            method: code("ACH"),
            paid: usd(8_125),
            paid_on: day(3, 18),
            payment: payment(),
            posted_on: day(3, 20),
            provider_adjustments: vec![ProviderAdjustment {
                amount: usd(-125),
                code: code("L6"),
                reference: Some(code("INT0318")),
            }],
        }
        .into(),
        ClaimAdvised {
            advice,
            occurrence: 1,
            paid_on: day(3, 18),
            payment: payment(),
            sequence: 1,
        }
        .into(),
        ClaimPosted {
            claim_id: ClaimId::new(id(0xc0)),
            from_parked: usd(8_000),
            posted_on: day(3, 25),
            sequence: 1,
        }
        .into(),
        ClaimParked {
            account: code("C1001"),
            paid: usd(8_000),
            parked_on: day(3, 20),
            reason: ParkReason::UnknownClaim,
            sequence: 1,
        }
        .into(),
        DepositMatched {
            amount: usd(8_125),
            deposited_on: day(3, 19),
            reference: Some(code("BANK-20260319-7")),
        }
        .into(),
    ]
}
