//! A claim, as callers see it.

use projections::{claims::Claim, engine::Worded};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::instant;

/// Where a claim and its money stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimView {
    /// Which.
    claim_id: Uuid,
    /// CLM01.
    account: String,
    /// draft, submitted, received, accepted, rejected, adjudicated, denied, reversed, appealed,
    /// voided or closed.
    status: String,
    /// The caller's own id of the patient, as it was sent; masked for some roles.
    patient_id: Value,
    /// The patient as invoices know them; for internal tracking only.
    anonymous_patient_ref: String,
    /// Whom it was sent to last; before that, who is to pay first.
    payer_id: Option<String>,
    /// primary, secondary or tertiary.
    payer_order: Option<String>,
    /// ISO 4217.
    currency: String,
    /// What the lines come to, sent or not.
    drafted_charge: String,
    /// What it asks for, as it was sent last.
    charge: String,
    /// What payers paid.
    insurance_paid: String,
    /// Taken off what payers owe: by contract, or given up.
    insurance_adjustments: String,
    /// Taken off what the patient owes.
    patient_adjustments: String,
    /// What the payers left to the patient.
    patient_responsibility: String,
    /// What the patient paid.
    patient_paid: String,
    /// What payers still owe.
    insurance_balance: String,
    /// What the patient still owes; below zero it is the patient's money.
    patient_balance: String,
    /// Neither paid nor taken off by the answers that stand.
    denied: String,
    /// How often it was sent.
    submission: i32,
    /// original, replacement or void.
    frequency: Option<String>,
    /// ISA13 of the last submission.
    control_interchange: Option<String>,
    /// GS06 of the last submission.
    control_group: Option<String>,
    /// ST02 of the last submission.
    control_transaction: Option<String>,
    /// SHA-256 of what was sent last.
    digest: Option<String>,
    /// When it was sent last.
    submitted_on: Option<Date>,
    /// The furthest that was heard of the last submission.
    acknowledgement: Option<String>,
    /// Its reason.
    acknowledgement_reason: Option<String>,
    /// When it was heard.
    acknowledged_on: Option<Date>,
    /// The payer's number of the claim.
    payer_claim_number: Option<String>,
    /// The clearinghouse's number of the claim.
    clearinghouse_number: Option<String>,
    /// The first day of service.
    service_starts_on: Option<Date>,
    /// The last day of service.
    service_ends_on: Option<Date>,
    /// When it was looked over.
    validated_on: Option<Date>,
    /// When a payer's answer was posted or taken back last.
    answered_on: Option<Date>,
    /// The latest dispute.
    appeal_id: Option<Uuid>,
    /// When it was filed.
    appeal_filed_on: Option<Date>,
    /// When the payer must have decided.
    appeal_due_on: Option<Date>,
    /// overturned, upheld or withdrawn.
    appeal_outcome: Option<String>,
    /// When it was taken back.
    voided_on: Option<Date>,
    /// When it was closed last.
    closed_on: Option<Date>,
    /// When it was begun.
    created_at: String,
    /// When it changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    version: i64,
}

impl ClaimView {
    pub(super) fn of(claim: &Claim, patient_id: Value) -> Self {
        let money = &claim.standing;
        let control = claim.control.clone();
        let [interchange, group, transaction] = match control {
            Some(numbers) => numbers.map(Some),
            None => [None, None, None],
        };
        Self {
            claim_id: claim.claim_id.uuid(),
            account: claim.account.clone(),
            status: money.status.word().to_owned(),
            patient_id,
            anonymous_patient_ref: claim.anonymous_patient_ref.clone(),
            payer_id: claim.payer_id.clone(),
            payer_order: claim.payer_order.map(|order| order.word().to_owned()),
            currency: money.charge.currency().to_string(),
            drafted_charge: claim.drafted.to_string(),
            charge: money.charge.to_string(),
            insurance_paid: money.insurance_paid.to_string(),
            insurance_adjustments: money.adjusted_insurance.to_string(),
            patient_adjustments: money.adjusted_patient.to_string(),
            patient_responsibility: money.patient_share.to_string(),
            patient_paid: money.patient_paid.to_string(),
            insurance_balance: money.insurance_balance.to_string(),
            patient_balance: money.patient_balance.to_string(),
            denied: claim.denied.to_string(),
            submission: claim.submission,
            frequency: claim.frequency.map(|frequency| frequency.word().to_owned()),
            control_interchange: interchange,
            control_group: group,
            control_transaction: transaction,
            digest: claim.digest.clone(),
            submitted_on: claim.submitted_on,
            acknowledgement: claim.acknowledgement.map(|notice| notice.word().to_owned()),
            acknowledgement_reason: claim.acknowledgement_reason.clone(),
            acknowledged_on: claim.acknowledged_on,
            payer_claim_number: claim.payer_claim_number.clone(),
            clearinghouse_number: claim.clearinghouse_number.clone(),
            service_starts_on: claim.service.map(|(first, _)| first),
            service_ends_on: claim.service.map(|(_, last)| last),
            validated_on: claim.validated_on,
            answered_on: claim.answered_on,
            appeal_id: claim.appeal_id,
            appeal_filed_on: claim.appeal_filed_on,
            appeal_due_on: claim.appeal_due_on,
            appeal_outcome: claim.appeal_outcome.map(|outcome| outcome.word().to_owned()),
            voided_on: claim.voided_on,
            closed_on: claim.closed_on,
            created_at: instant(claim.created_at),
            updated_at: instant(claim.updated_at),
            version: claim.version,
        }
    }
}
