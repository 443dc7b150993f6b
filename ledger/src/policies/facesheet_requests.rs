//! A claim that lacks demographics asks for the patient's facesheet; one that came is told to
//! those who bill (contract S0.6).
//!
//! What a claim lacks is what its validation would find missing and a facesheet has: the payer,
//! and the patient's number with the payer.

use super::{Answer, Policy, Reaction, Refused};
use crate::{
    claim::{ClaimEvent, Content},
    correspondence::Message,
    facesheet::{Demographic, FacesheetCommand, FacesheetEvent, Reason, Request, facesheet_id},
    recorded::{LedgerEvent, Recorded},
    store::outbox::NewMessage,
    values::ClaimId,
};

/// See the module.
#[derive(Debug, Clone, Copy)]
pub struct FacesheetRequests;

impl Policy for FacesheetRequests {
    const NAME: &'static str = "facesheet_requests";
    const VERSION: i32 = 1;
    type State = ();

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.claim.drafted" | "billing.claim.revised" | "billing.facesheet.received"
        )
    }

    fn key(event: &Recorded) -> Option<String> {
        if let LedgerEvent::Facesheet(_) = &event.event {
            return Some(event.aggregate_id.to_string());
        }
        content(event).map(patient)
    }

    fn react(_state: &mut (), event: &Recorded) -> Vec<Reaction> {
        if let LedgerEvent::Facesheet(FacesheetEvent::Received(_)) = &event.event {
            return vec![told(event)];
        }
        content(event).and_then(|content| asked(event, content)).into_iter().collect()
    }

    fn on_refusal(_state: &mut (), _event: &Recorded, _refused: &Refused<'_>) -> Answer {
        Answer::Fail
    }
}

fn patient(content: &Content) -> String {
    content.patient_id.subject.to_string()
}

/// What a claim says, where it was begun or changed.
fn content(event: &Recorded) -> Option<&Content> {
    let LedgerEvent::Claim(happened) = &event.event else { return None };
    match happened {
        ClaimEvent::Drafted(drafted) => Some(&drafted.content),
        ClaimEvent::Revised(revised) => Some(&revised.content),
        ClaimEvent::Validated(_)
        | ClaimEvent::Submitted(_)
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
        | ClaimEvent::Voided(_)
        | ClaimEvent::Closed(_) => None,
    }
}

/// What a facesheet would say and the claim does not.
fn missing(content: &Content) -> Vec<Demographic> {
    let mut missing = Vec::new();
    if content.payers.iter().any(|payer| payer.member_id.is_none()) || content.payers.is_empty() {
        missing.push(Demographic::MemberId);
    }
    if content.payers.is_empty() {
        missing.push(Demographic::Payer);
    }
    missing
}

fn asked(event: &Recorded, content: &Content) -> Option<Reaction> {
    let missing = missing(content);
    if missing.is_empty() {
        return None;
    }
    let request = Request {
        asked_of: None,
        missing,
        patient: content.patient.clone(),
        patient_id: content.patient_id.clone(),
        reason: Reason { claim_id: Some(ClaimId::new(event.aggregate_id)) },
        requested_on: event.occurred_at.date(),
    };
    let facesheet = facesheet_id(content.patient_id.subject);
    Some(Reaction::new(facesheet, FacesheetCommand::Request(Box::new(request))))
}

/// Once for each that came.
fn told(event: &Recorded) -> Reaction {
    let facesheet_id = event.aggregate_id;
    Reaction::message(NewMessage {
        dedupe_key: format!("facesheet:{facesheet_id}:{}:received", event.sequence),
        lane: String::new(),
        message: Message::FacesheetReceived { facesheet_id },
        occurred_at: event.occurred_at,
    })
}

#[cfg(test)]
#[path = "facesheet_requests_tests.rs"]
mod tests;
