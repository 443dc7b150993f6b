//! Events of one payment over 80.00 for one claim.

use ledger::{
    recorded::Recorded,
    remittance::{
        AdviceStatus, ClaimAdvised, ClaimParked, ClaimPosted, ParkReason, Received,
        RemittanceEvent, RemittedClaim,
    },
    values::ClaimId,
};
use time::{Date, macros::date};
use uuid::Uuid;

use super::{
    claims::{CLAIM, code, key},
    log, usd,
};

pub(crate) const PAID: Uuid = Uuid::from_u128(0xe1);
const DAY: Date = date!(2026 - 03 - 09);

/// The payment came, the claim of it was parked, and then posted as far as asked.
pub(crate) fn remittance(so_far: usize) -> Vec<Recorded> {
    let payment = key("EFT1", AdviceStatus::Primary).payment;
    let received = Received {
        claims: 1,
        digest: code(&"0".repeat(64)),
        method: code("ACH"),
        paid: usd(8_000),
        paid_on: DAY,
        payment: payment.clone(),
        posted_on: DAY,
        provider_adjustments: vec![],
    };
    let advice = RemittedClaim {
        account: code("C1001"),
        adjustments: vec![],
        charge: usd(8_000),
        lines: vec![],
        paid: usd(8_000),
        patient_responsibility: None,
        payer_claim_number: Some(code("ICN1")),
        status: AdviceStatus::Primary,
    };
    let advised = ClaimAdvised { advice, occurrence: 1, paid_on: DAY, payment, sequence: 1 };
    let parked = ClaimParked {
        account: code("C1001"),
        paid: usd(8_000),
        parked_on: DAY,
        reason: ParkReason::UnknownClaim,
        sequence: 1,
    };
    let posted = ClaimPosted {
        claim_id: ClaimId::new(CLAIM),
        from_parked: usd(8_000),
        posted_on: DAY,
        sequence: 1,
    };
    let mut all: Vec<RemittanceEvent> =
        vec![received.into(), advised.into(), parked.into(), posted.into()];
    all.truncate(so_far);
    log(PAID, all)
}
