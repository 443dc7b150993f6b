//! A row as it begins.

use ledger::claim::{Content, Status};

use super::{Row, projector::Change};
use crate::engine::Word;

pub(super) fn begun(content: &Content, change: &Change) -> Row {
    let mut row = Row {
        claim_id: change.claim_id,
        account: content.account.to_string(),
        status: Word(Status::Draft),
        currency: Word(content.currency),
        anonymous_patient_ref: content.patient.0.clone(),
        payer_id: None,
        payer_order: None,
        drafted_minor: 0,
        charge_minor: 0,
        insurance_paid_minor: 0,
        adjusted_insurance_minor: 0,
        adjusted_patient_minor: 0,
        patient_share_minor: 0,
        patient_paid_minor: 0,
        insurance_balance_minor: 0,
        patient_balance_minor: 0,
        denied_minor: 0,
        submission: 0,
        frequency: None,
        control_interchange: None,
        control_group: None,
        control_transaction: None,
        digest: None,
        submitted_on: None,
        acknowledgement: None,
        acknowledgement_reason: None,
        acknowledged_on: None,
        payer_claim_number: None,
        clearinghouse_number: None,
        service_starts_on: None,
        service_ends_on: None,
        validated_on: None,
        findings: None,
        answered_on: None,
        appeal_id: None,
        appeal_filed_on: None,
        appeal_due_on: None,
        appeal_outcome: None,
        voided_on: None,
        closed_on: None,
        created_at: change.at,
        updated_at: change.at,
        version: change.sequence,
        drafted_position: change.position,
        answers: "[]".to_owned(),
        write_offs: "[]".to_owned(),
        patient_id: Vec::new(),
        content: Vec::new(),
    };
    row.says(content);
    row
}
