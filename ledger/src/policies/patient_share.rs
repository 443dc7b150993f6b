//! What payers leave to the patient is asked for by a statement, once per claim; when the claim
//! changes, the statement follows, or another one takes its place.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{Answer, Policy, Reaction, Refused, delegated::AsTheClaimSays};
use crate::{
    claim::{ClaimEvent, Content, Standing},
    recorded::{LedgerEvent, Recorded},
    statement::{
        Authority, Charge, Contacts, Generate, StatementCommand, charges_in, charges_of, due_after,
        parts_of, statement_of_claim,
    },
    values::{AnonymousRef, ClaimId, Sealed},
};

/// The policy.
///
/// - **Source:** `event-store.md` 5.8; contract S4.1.
#[derive(Debug, Clone, Copy)]
pub struct PatientShare;

/// What is remembered about a claim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    charges: Vec<Charge>,
    patient: Option<(AnonymousRef, Sealed<String>)>,
    /// Statements drawn up for it.
    round: u32,
}

impl Policy for PatientShare {
    const NAME: &'static str = "patient_share";
    const VERSION: i32 = 1;
    type State = Share;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.claim.")
    }

    fn key(event: &Recorded) -> Option<String> {
        Some(event.aggregate_id.to_string())
    }

    fn react(state: &mut Share, event: &Recorded) -> Vec<Reaction> {
        let LedgerEvent::Claim(happened) = &event.event else { return vec![] };
        if let Some(content) = content(happened) {
            state.charges = charges_in(content);
            state.patient = Some((content.patient.clone(), content.patient_id.clone()));
            return vec![];
        }
        let Some((standing, on)) = moved(happened) else { return vec![] };
        if state.round > 0 {
            let claim_id = ClaimId::new(event.aggregate_id);
            return vec![Reaction::as_the_claim_says(AsTheClaimSays {
                claim_id,
                charges: state.charges.clone(),
                followed_on: on,
                statement_id: statement_of_claim(event.org, claim_id, state.round),
            })];
        }
        state.next(event, standing, on).into_iter().collect()
    }

    fn on_refusal(state: &mut Share, event: &Recorded, refused: &Refused<'_>) -> Answer {
        let LedgerEvent::Claim(happened) = &event.event else { return Answer::Fail };
        let Some((standing, on)) = moved(happened) else { return Answer::Fail };
        match refused.code {
            // Nothing is delegated: a person draws it up, or a later change of the claim does.
            "statement.not_enabled" => {
                state.round = state.round.saturating_sub(1);
                Answer::Settled
            }
            // A person drew it up.
            "statement.exists" => Answer::Settled,
            // Over, or sent: another one takes its place.
            "statement.closed" | "statement.already_sent" => {
                match state.next(event, standing, on) {
                    Some(next) => Answer::Commands(vec![next]),
                    None => Answer::Settled,
                }
            }
            _ => Answer::Fail,
        }
    }
}

impl Share {
    /// The next statement, where there is something to ask for.
    fn next(&mut self, event: &Recorded, standing: &Standing, on: Date) -> Option<Reaction> {
        let (patient, patient_id) = self.patient.clone()?;
        if !standing.patient_balance.is_positive() {
            return None;
        }
        let parts = parts_of(standing).ok()?;
        let claim_id = ClaimId::new(event.aggregate_id);
        let of = |round| statement_of_claim(event.org, claim_id, round);
        let old = (self.round > 0).then(|| of(self.round));
        self.round += 1;
        let generate = Generate {
            by: Authority::agent(),
            call_id: None,
            charges: charges_of(&self.charges, parts.total_charges, on),
            claim_id: Some(claim_id),
            contacts: Contacts::default(),
            due_on: due_after(on),
            generated_on: on,
            number: None,
            parts,
            patient,
            patient_id,
            supersedes: old,
        };
        let command = StatementCommand::Generate(Box::new(generate));
        Some(match old {
            Some(old) => Reaction::replacing(old, on, of(self.round), command),
            None => Reaction::delegated(of(self.round), command),
        })
    }
}

/// What the claim says, where it says it anew.
fn content(event: &ClaimEvent) -> Option<&Content> {
    match event {
        ClaimEvent::Drafted(event) => Some(&event.content),
        ClaimEvent::Revised(event) => Some(&event.content),
        _ => None,
    }
}

/// Where the claim's money stands and since when, where an event moved it.
fn moved(event: &ClaimEvent) -> Option<(&Standing, Date)> {
    match event {
        ClaimEvent::Submitted(event) => Some((&event.standing, event.submitted_on)),
        ClaimEvent::Adjudicated(event) => Some((&event.standing, event.posted_on)),
        ClaimEvent::Reversed(event) => Some((&event.standing, event.posted_on)),
        ClaimEvent::PatientBilled(event) => Some((&event.standing, event.billed_on)),
        ClaimEvent::WrittenOff(event) => Some((&event.standing, event.written_off_on)),
        ClaimEvent::WriteOffReversed(event) => Some((&event.standing, event.reversed_on)),
        ClaimEvent::PatientPaymentApplied(event) => Some((&event.standing, event.applied_on)),
        ClaimEvent::PatientPaymentWithdrawn(event) => Some((&event.standing, event.withdrawn_on)),
        ClaimEvent::Voided(event) => Some((&event.standing, event.voided_on)),
        ClaimEvent::Drafted(_)
        | ClaimEvent::Revised(_)
        | ClaimEvent::Validated(_)
        | ClaimEvent::Acknowledged(_)
        | ClaimEvent::AppealFiled(_)
        | ClaimEvent::AppealDecided(_)
        | ClaimEvent::Closed(_) => None,
    }
}
