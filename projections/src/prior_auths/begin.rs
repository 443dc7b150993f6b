//! A row as it begins.

use ledger::prior_auth::{Requested, Status};

use super::{Row, projector::Change};
use crate::{answers::closed, engine::Word};

pub(super) fn begun(asked: &Requested, change: &Change) -> Row {
    Row {
        prior_auth_id: change.prior_auth_id,
        status: Word(Status::Requested),
        anonymous_patient_ref: asked.patient.0.clone(),
        payer_id: asked.payer_id.to_string(),
        procedure: asked.procedure.to_string(),
        urgency: Word(asked.urgency),
        units_requested: asked.units.to_string(),
        asked_starts_on: asked.span.starts_on,
        asked_ends_on: asked.span.ends_on,
        requested_at: asked.requested_at,
        answer_due_at: asked.answer_due_at,
        units_approved: None,
        units_drawn: "0".to_owned(),
        units_left: "0".to_owned(),
        units_waiting: "0".to_owned(),
        starts_on: None,
        ends_on: None,
        reference: None,
        reason_code: None,
        decided_on: None,
        ended_on: None,
        created_at: change.at,
        updated_at: change.at,
        version: change.sequence,
        requested_position: change.position,
        patient_id: closed(&asked.patient_id),
        member_id: asked.member_id.as_ref().map(closed),
        note: asked.note.as_ref().map(closed),
        payer_note: None,
        diagnoses: serde_json::to_vec(&asked.diagnoses).expect("sealed data is data"),
    }
}
