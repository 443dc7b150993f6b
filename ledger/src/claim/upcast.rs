//! How older shapes of a claim's events become today's.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{ControlNumbers, Frequency, LineDraw, PayerOrder, Standing, Submitted};
use crate::values::{Code, Money};

/// `billing.claim.submitted` v1: whoever sent it always gave the control numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubmittedV1 {
    account: Code,
    charge: Money,
    charge_change: Money,
    control: ControlNumbers,
    digest: Code,
    draws: Vec<LineDraw>,
    frequency: Frequency,
    given_back: Vec<LineDraw>,
    payer_claim_number: Option<Code>,
    payer_id: Code,
    payer_order: PayerOrder,
    standing: Standing,
    submission: u16,
    submitted_on: Date,
}

pub(super) fn submitted_v1(old: SubmittedV1) -> Submitted {
    Submitted {
        account: old.account,
        charge: old.charge,
        charge_change: old.charge_change,
        control: old.control,
        digest: old.digest,
        draws: old.draws,
        frequency: old.frequency,
        given_back: old.given_back,
        number: None,
        payer_claim_number: old.payer_claim_number,
        payer_id: old.payer_id,
        payer_order: old.payer_order,
        standing: old.standing,
        submission: old.submission,
        submitted_on: old.submitted_on,
    }
}
