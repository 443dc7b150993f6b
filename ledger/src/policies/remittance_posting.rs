//! What a payer says about a claim is posted to that claim, or parked until it can be.
//!
//! Each claim of a payment is posted here and there in one append. What the claim refuses is
//! parked with the reason and tried again whenever the claim moves: it is submitted, or an answer
//! is posted that a reversal was waiting for. Events of one claim are handled in order, so a
//! payment that comes before its claim ends where it would have ended in order.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{Answer, Policy, Reaction, Refused, posting_order::PostAdvice};
use crate::{
    claim::{ClaimEvent, claim_id},
    recorded::{LedgerEvent, Recorded},
    remittance::{ParkReason, RemittanceEvent},
    values::{ClaimId, RemittanceId},
};

/// Parked answers tried again at once; each that succeeds calls for the rest.
const AT_ONCE: usize = 32;

/// See the module.
#[derive(Debug, Clone, Copy)]
pub struct RemittancePosting;

/// The parked answers to one claim: payment and place in it, the first parked first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ParkedAnswers {
    waiting: Vec<(Uuid, u32)>,
}

impl Policy for RemittancePosting {
    const NAME: &'static str = "remittance_posting";
    const VERSION: i32 = 1;
    type State = ParkedAnswers;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.claim.adjudicated"
                | "billing.claim.reversed"
                | "billing.claim.submitted"
                | "billing.remittance.claim_advised"
                | "billing.remittance.claim_parked"
                | "billing.remittance.claim_posted"
        )
    }

    fn key(event: &Recorded) -> Option<String> {
        match &event.event {
            LedgerEvent::Claim(_) => Some(event.aggregate_id.to_string()),
            LedgerEvent::Remittance(happened) => {
                Some(claim_of(event, happened)?.uuid().to_string())
            }
            _ => None,
        }
    }

    fn react(state: &mut ParkedAnswers, event: &Recorded) -> Vec<Reaction> {
        match &event.event {
            LedgerEvent::Claim(happened) => state.again(event, day_of(happened)),
            LedgerEvent::Remittance(happened) => state.hear(event, happened),
            _ => Vec::new(),
        }
    }

    /// An answer that comes is parked when it is refused; one that is parked stays so.
    fn on_refusal(_state: &mut ParkedAnswers, event: &Recorded, refused: &Refused<'_>) -> Answer {
        let LedgerEvent::Remittance(RemittanceEvent::ClaimAdvised(advised)) = &event.event else {
            return Answer::Settled;
        };
        if refused.code == "remittance.posted" {
            return Answer::Settled;
        }
        if refused.ordinal > 0 {
            return Answer::Fail;
        }
        let remittance = RemittanceId::new(event.aggregate_id);
        let reason = ParkReason::of_refusal(refused.code);
        Answer::Commands(vec![Reaction::park_advice(remittance, advised.sequence, reason)])
    }
}

impl ParkedAnswers {
    fn hear(&mut self, event: &Recorded, happened: &RemittanceEvent) -> Vec<Reaction> {
        let remittance = event.aggregate_id;
        let Some(claim_id) = claim_of(event, happened) else { return Vec::new() };
        match happened {
            RemittanceEvent::ClaimAdvised(advised) => {
                vec![post(claim_id, (remittance, advised.sequence), None)]
            }
            // The claim may have moved while this was being parked.
            RemittanceEvent::ClaimParked(parked) => {
                let place = (remittance, parked.sequence);
                self.waiting.push(place);
                vec![post(claim_id, place, Some(parked.parked_on))]
            }
            RemittanceEvent::ClaimPosted(posted) => {
                self.waiting.retain(|place| *place != (remittance, posted.sequence));
                Vec::new()
            }
            RemittanceEvent::Received(_) | RemittanceEvent::DepositMatched(_) => Vec::new(),
        }
    }

    /// Tries what is parked, in the order in which it was.
    fn again(&self, event: &Recorded, day: Option<Date>) -> Vec<Reaction> {
        let claim_id = ClaimId::new(event.aggregate_id);
        let mut seen = BTreeSet::new();
        let places = self.waiting.iter().filter(|place| seen.insert(**place));
        places.take(AT_ONCE).map(|place| post(claim_id, *place, day)).collect()
    }
}

fn post(claim_id: ClaimId, (remittance, sequence): (Uuid, u32), since: Option<Date>) -> Reaction {
    let remittance_id = RemittanceId::new(remittance);
    Reaction::post_advice(PostAdvice { claim_id, remittance_id, sequence, since })
}

/// Which claim an event of a payment is about.
fn claim_of(event: &Recorded, happened: &RemittanceEvent) -> Option<ClaimId> {
    match happened {
        RemittanceEvent::ClaimAdvised(advised) => {
            Some(claim_id(event.org, &advised.advice.account))
        }
        RemittanceEvent::ClaimParked(parked) => Some(claim_id(event.org, &parked.account)),
        RemittanceEvent::ClaimPosted(posted) => Some(posted.claim_id),
        RemittanceEvent::Received(_) | RemittanceEvent::DepositMatched(_) => None,
    }
}

/// The day on which the claim moved.
fn day_of(event: &ClaimEvent) -> Option<Date> {
    match event {
        ClaimEvent::Submitted(submitted) => Some(submitted.submitted_on),
        ClaimEvent::Adjudicated(answered) => Some(answered.posted_on),
        ClaimEvent::Reversed(reversed) => Some(reversed.posted_on),
        ClaimEvent::Drafted(_)
        | ClaimEvent::Revised(_)
        | ClaimEvent::Validated(_)
        | ClaimEvent::Acknowledged(_)
        | ClaimEvent::PatientBilled(_)
        | ClaimEvent::WrittenOff(_)
        | ClaimEvent::WriteOffReversed(_)
        | ClaimEvent::PatientPaymentApplied(_)
        | ClaimEvent::PatientPaymentWithdrawn(_)
        | ClaimEvent::AppealFiled(_)
        | ClaimEvent::AppealDecided(_)
        | ClaimEvent::Voided(_)
        | ClaimEvent::Closed(_) => None,
    }
}
