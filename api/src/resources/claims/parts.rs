//! What a claim says, what was answered and what was decided: the parts of its own page.

use ledger::{
    claim::{AnsweredLine, Coverage, Finding, ServiceLine, Sorted},
    remittance::Adjustment,
};
use projections::{
    claim_filings::Filing,
    claims::{Given, PostedAnswer},
    engine::Worded,
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::ClaimView;
use crate::answer::instant;

/// A claim with everything that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimDetail {
    #[serde(flatten)]
    pub(super) claim: ClaimView,
    /// Who bills.
    pub(super) billing_npi: Option<String>,
    /// Who served.
    pub(super) rendering_npi: Option<String>,
    /// CLM05-1.
    pub(super) place_of_service: Option<String>,
    /// ICD-10 codes without the point; masked for some roles.
    pub(super) diagnoses: Vec<Option<String>>,
    /// Who pays, first to last.
    pub(super) payers: Vec<PayerView>,
    /// The services.
    pub(super) lines: Vec<LineView>,
    /// What a payer would not take; null until it was looked over.
    pub(super) findings: Option<Vec<FindingView>>,
    /// Every time it was sent.
    pub(super) submissions: Vec<SubmissionView>,
    /// What payers answered.
    pub(super) answers: Vec<AnswerView>,
    /// What was given up.
    pub(super) write_offs: Vec<WriteOffView>,
}

/// One of the claim's payers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayerView {
    payer_id: String,
    filing_code: String,
    /// The patient's number with the payer; masked for some roles.
    member_id: Option<String>,
}

/// One service.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClaimLineView)]
pub(crate) struct LineView {
    line_id: Uuid,
    procedure: String,
    modifiers: Vec<String>,
    diagnosis_pointers: Vec<u8>,
    units: String,
    charge: String,
    service_starts_on: Date,
    service_ends_on: Date,
    place_of_service: Option<String>,
    prior_auth_id: Option<Uuid>,
}

/// What a payer would not take.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// Which line, counted from one; null is the claim.
    line: Option<u8>,
    /// What is wrong.
    #[schema(value_type = String)]
    problem: ledger::claim::Problem,
    /// Loop and element of X12 837P.
    element: &'static str,
}

/// A time it was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubmissionView {
    submission: i32,
    /// original, replacement or void.
    frequency: Option<String>,
    payer_id: Option<String>,
    payer_order: Option<String>,
    control_interchange: Option<String>,
    control_group: Option<String>,
    control_transaction: Option<String>,
    payer_claim_number: Option<String>,
    digest: Option<String>,
    charge: String,
    submitted_on: Option<Date>,
    recorded_at: String,
}

/// A payer's answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClaimAnswerView)]
pub(crate) struct AnswerView {
    payer_id: String,
    /// Number of the check or transfer.
    trace: String,
    /// primary, secondary, …, denied, reversal.
    status: String,
    payer_order: String,
    payer_claim_number: Option<String>,
    paid_on: Date,
    posted_on: Date,
    /// When it was taken back.
    reversed_on: Option<Date>,
    /// What the reversal stated, less the mirror that was posted.
    reversal_difference: Option<String>,
    charge: String,
    #[serde(flatten)]
    sorted: SortedView,
    adjustments: Vec<AdjustmentView>,
    lines: Vec<AnsweredLineView>,
    /// Lines that do not add up although the claim does.
    unbalanced_lines: u16,
}

/// An answer, sorted by what it does.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SortedView {
    paid: String,
    /// Taken off by contract.
    contractual: String,
    /// Left to the patient.
    patient_responsibility: String,
    /// Neither paid nor taken off.
    denied: String,
    /// What earlier payers did, told again.
    prior_payers: String,
}

/// Why less is paid than was charged.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdjustmentView {
    /// CO, OA, PI or PR.
    #[schema(value_type = String)]
    group: ledger::remittance::Group,
    /// Claim adjustment reason code.
    reason: String,
    amount: String,
}

/// A line of an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnsweredLineView {
    /// Our line, where it can be told.
    line_id: Option<Uuid>,
    procedure: String,
    charge: String,
    #[serde(flatten)]
    sorted: SortedView,
    adjustments: Vec<AdjustmentView>,
    /// Remark codes.
    remarks: Vec<String>,
}

/// A decision not to collect.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WriteOffView {
    write_off_id: Uuid,
    /// charity_care, contractual, payer_reduction or price_concession.
    #[schema(value_type = String)]
    kind: ledger::claim::WriteOffKind,
    amount: String,
    reason_code: String,
    written_off_on: Date,
    /// When it was taken back.
    reversed_on: Option<Date>,
}

impl PayerView {
    pub(super) fn of(payer: &Coverage, member_id: Option<String>) -> Self {
        let filing_code = payer.filing_code.to_string();
        Self { payer_id: payer.payer_id.to_string(), filing_code, member_id }
    }
}

impl From<&ServiceLine> for LineView {
    fn from(line: &ServiceLine) -> Self {
        Self {
            line_id: line.line_id,
            procedure: line.procedure.to_string(),
            modifiers: line.modifiers.iter().map(ToString::to_string).collect(),
            diagnosis_pointers: line.diagnosis_pointers.clone(),
            units: line.units.to_string(),
            charge: line.charge.to_string(),
            service_starts_on: line.service_starts_on,
            service_ends_on: line.service_ends_on,
            place_of_service: line.place_of_service.as_ref().map(ToString::to_string),
            prior_auth_id: line.prior_auth_id.map(|id| id.uuid()),
        }
    }
}

impl From<&Finding> for FindingView {
    fn from(finding: &Finding) -> Self {
        let Finding { line, problem } = *finding;
        Self { line, problem, element: problem.element() }
    }
}

impl From<Filing> for SubmissionView {
    fn from(filing: Filing) -> Self {
        Self {
            submission: filing.submission,
            frequency: filing.frequency.map(|frequency| frequency.word().to_owned()),
            payer_id: filing.payer_id,
            payer_order: filing.payer_order.map(|order| order.word().to_owned()),
            control_interchange: filing.interchange,
            control_group: filing.group,
            control_transaction: filing.transaction,
            payer_claim_number: filing.payer_claim_number,
            digest: filing.digest,
            charge: filing.charge.to_string(),
            submitted_on: filing.submitted_on,
            recorded_at: instant(filing.recorded_at),
        }
    }
}

impl From<&Sorted> for SortedView {
    fn from(sorted: &Sorted) -> Self {
        Self {
            paid: sorted.paid.to_string(),
            contractual: sorted.contractual.to_string(),
            patient_responsibility: sorted.patient.to_string(),
            denied: sorted.open.to_string(),
            prior_payers: sorted.prior.to_string(),
        }
    }
}

impl From<&Adjustment> for AdjustmentView {
    fn from(cut: &Adjustment) -> Self {
        let (group, amount) = (cut.group, cut.amount.to_string());
        Self { group, reason: cut.reason.to_string(), amount }
    }
}

impl From<&AnsweredLine> for AnsweredLineView {
    fn from(line: &AnsweredLine) -> Self {
        Self {
            line_id: line.claim_line_id,
            procedure: line.procedure.to_string(),
            charge: line.charge.to_string(),
            sorted: (&line.sorted).into(),
            adjustments: line.adjustments.iter().map(Into::into).collect(),
            remarks: line.remarks.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<&PostedAnswer> for AnswerView {
    fn from(answer: &PostedAnswer) -> Self {
        let key = &answer.key;
        Self {
            payer_id: key.payment.payer_id.to_string(),
            trace: key.payment.trace.to_string(),
            status: key.status.word().to_owned(),
            payer_order: answer.payer_order.word().to_owned(),
            payer_claim_number: key.payer_claim_number.as_ref().map(ToString::to_string),
            paid_on: answer.paid_on,
            posted_on: answer.posted_on,
            reversed_on: answer.reversed_on,
            reversal_difference: answer.reversal_difference.map(|it| it.to_string()),
            charge: answer.charge.to_string(),
            sorted: (&answer.sorted).into(),
            adjustments: answer.adjustments.iter().map(Into::into).collect(),
            lines: answer.lines.iter().map(Into::into).collect(),
            unbalanced_lines: answer.unbalanced_lines,
        }
    }
}

impl From<&Given> for WriteOffView {
    fn from(given: &Given) -> Self {
        Self {
            write_off_id: given.write_off_id,
            kind: given.kind,
            amount: given.amount.to_string(),
            reason_code: given.reason_code.to_string(),
            written_off_on: given.written_off_on,
            reversed_on: given.reversed_on,
        }
    }
}
