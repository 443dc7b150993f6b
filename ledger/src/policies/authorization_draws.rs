//! What a submission takes from authorizations, and gives back, is taken and given back there.
//!
//! Giving back comes first: a line that is sent again with other units draws anew. What the payer
//! may still allow (not approved yet, other days, too few units) waits at the authorization and
//! is drawn as soon as it can be. Anything else that an authorization refuses stays visible and
//! stops the draws of that one claim until somebody has looked.

use super::{Answer, Policy, Reaction, Refused};
use crate::{
    claim::{ClaimEvent, LineDraw},
    prior_auth::{Draw, GiveBack, PriorAuthCommand},
    recorded::{LedgerEvent, Recorded},
};

/// Refusals that a later word of the payer takes away.
const MAY_COME: [&str; 3] =
    ["prior_auth.not_approved", "prior_auth.outside_span", "prior_auth.overdrawn"];

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
        let (given_back, draws) = moved(event);
        given_back.iter().map(give_back).chain(draws.iter().map(draw)).collect()
    }

    fn on_refusal(_state: &mut (), event: &Recorded, refused: &Refused<'_>) -> Answer {
        let (given_back, draws) = moved(event);
        let place = usize::try_from(refused.ordinal).ok();
        let place = place.and_then(|place| place.checked_sub(given_back.len()));
        match place.and_then(|place| draws.get(place)) {
            Some(line) if MAY_COME.contains(&refused.code) => {
                Answer::Commands(vec![draw_or_wait(line)])
            }
            _ => Answer::Fail,
        }
    }
}

/// What lines no longer take, and what they take.
fn moved(event: &Recorded) -> (&[LineDraw], &[LineDraw]) {
    let LedgerEvent::Claim(happened) = &event.event else { return (&[], &[]) };
    match happened {
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
        | ClaimEvent::Closed(_) => (&[], &[]),
    }
}

fn give_back(line: &LineDraw) -> Reaction {
    let command = GiveBack { claim_line_id: line.claim_line_id };
    Reaction::new(line.prior_auth_id, PriorAuthCommand::GiveBack(command))
}

fn draw(line: &LineDraw) -> Reaction {
    Reaction::new(line.prior_auth_id, PriorAuthCommand::Draw(of(line)))
}

fn draw_or_wait(line: &LineDraw) -> Reaction {
    Reaction::new(line.prior_auth_id, PriorAuthCommand::DrawOrWait(of(line)))
}

fn of(line: &LineDraw) -> Draw {
    let LineDraw { claim_line_id, service_on, units, .. } = *line;
    Draw { claim_line_id, service_on, units }
}
