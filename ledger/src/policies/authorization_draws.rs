//! What a submission takes from authorizations, and gives back, is taken and given back there.
//!
//! Giving back comes first: a line that is sent again with other units draws anew. What an
//! authorization refuses stays visible and stops the draws of that one claim until somebody has
//! looked.

use super::{Answer, Policy, Reaction, Refused};
use crate::{
    claim::{ClaimEvent, LineDraw},
    prior_auth::{Draw, GiveBack, PriorAuthCommand},
    recorded::{LedgerEvent, Recorded},
};

/// See the module.
#[derive(Debug, Clone, Copy)]
pub struct AuthorizationDraws;

impl Policy for AuthorizationDraws {
    const NAME: &'static str = "authorization_draws";
    const VERSION: i32 = 1;
    type State = ();

    fn hears(event_type: &str) -> bool {
        matches!(event_type, "billing.claim.submitted" | "billing.claim.voided")
    }

    fn key(event: &Recorded) -> Option<String> {
        Some(event.aggregate_id.to_string())
    }

    fn react(_state: &mut (), event: &Recorded) -> Vec<Reaction> {
        let LedgerEvent::Claim(happened) = &event.event else { return Vec::new() };
        let (given_back, draws): (&[LineDraw], &[LineDraw]) = match happened {
            ClaimEvent::Submitted(submitted) => (&submitted.given_back, &submitted.draws),
            ClaimEvent::Voided(voided) => (&voided.given_back, &[]),
            ClaimEvent::Drafted(_)
            | ClaimEvent::Revised(_)
            | ClaimEvent::Validated(_)
            | ClaimEvent::Acknowledged(_)
            | ClaimEvent::Adjudicated(_)
            | ClaimEvent::Reversed(_)
            | ClaimEvent::PatientBilled(_)
            | ClaimEvent::WrittenOff(_)
            | ClaimEvent::WriteOffReversed(_)
            | ClaimEvent::PatientPaymentApplied(_)
            | ClaimEvent::PatientPaymentWithdrawn(_)
            | ClaimEvent::AppealFiled(_)
            | ClaimEvent::AppealDecided(_)
            | ClaimEvent::Closed(_) => return Vec::new(),
        };
        given_back.iter().map(give_back).chain(draws.iter().map(draw)).collect()
    }

    fn on_refusal(_state: &mut (), _event: &Recorded, _refused: &Refused<'_>) -> Answer {
        Answer::Fail
    }
}

fn give_back(line: &LineDraw) -> Reaction {
    let command = GiveBack { claim_line_id: line.claim_line_id };
    Reaction::new(line.prior_auth_id, PriorAuthCommand::GiveBack(command))
}

fn draw(line: &LineDraw) -> Reaction {
    let LineDraw { claim_line_id, service_on, units, .. } = *line;
    let command = Draw { claim_line_id, service_on, units };
    Reaction::new(line.prior_auth_id, PriorAuthCommand::Draw(command))
}
