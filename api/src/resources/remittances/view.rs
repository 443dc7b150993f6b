//! A payment of a payer, as finance sees it. It holds no personal data.

use actix_web::HttpResponse;
use ledger::{
    remittance::{Adjustment, ProviderAdjustment, RemittanceError},
    values::{OrgId, RemittanceId},
};
use projections::{
    engine::Worded,
    remittance_claims::{self, Part, RemittanceClaims},
    remittances::{self, Payment, Remittances},
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{self, command, instant},
    error::ApiError,
    order::{Order, Plan},
    reading::{awaited, reading},
    state::AppState,
    when::When,
};

/// One payment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemittanceView {
    /// Which.
    remittance_id: Uuid,
    /// Who pays.
    payer_id: String,
    /// Number of the check or transfer.
    trace: String,
    /// `ACH`, `CHK`, `NON`, ….
    method: String,
    /// ISO 4217.
    currency: String,
    /// What was paid.
    paid: String,
    /// By how much it is cut outside of any claim.
    provider_adjusted: String,
    /// Paid for claims that are parked: unapplied for now.
    parked_amount: String,
    /// When it was paid.
    paid_on: Date,
    /// The day of the entry.
    posted_on: Date,
    /// How many claims it is for.
    claim_count: i64,
    /// How many are posted.
    posted_count: i64,
    /// How many are parked.
    parked_count: i64,
    /// Posted lines that do not add up although their claim does.
    unbalanced_line_count: i64,
    /// When it reached the bank.
    deposited_on: Option<Date>,
    /// The bank's number of it.
    deposit_reference: Option<String>,
    /// SHA-256 of the content.
    digest: String,
    /// When it came.
    created_at: String,
    /// When it changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    version: i64,
}

/// One payment with its parts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemittanceDetail {
    #[serde(flatten)]
    payment: RemittanceView,
    /// What is settled outside of any claim.
    provider_adjustments: Vec<ProviderAdjustmentView>,
    /// Each claim of it.
    claims: Vec<RemittanceClaimView>,
}

/// What is settled outside of any claim.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProviderAdjustmentView {
    code: String,
    reference: Option<String>,
    amount: String,
}

/// A claim of the payment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemittanceClaimView {
    /// Place in the payment, counted from one.
    sequence: i32,
    /// Which claim, known or not.
    claim_id: Uuid,
    account: String,
    /// waiting, parked or posted.
    status: String,
    /// Why it is, or was, parked: not_submitted, nothing_to_reverse, refused or unknown_claim.
    park_reason: Option<String>,
    parked_on: Option<Date>,
    posted_on: Option<Date>,
    /// primary, secondary, …, denied, reversal.
    advice_status: String,
    charge: String,
    paid: String,
    payer_claim_number: Option<String>,
    /// Of the claim and of its lines.
    adjustments: Vec<RemittedAdjustmentView>,
}

/// Why less is paid than was charged.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemittedAdjustmentView {
    /// CO, OA, PI or PR.
    #[schema(value_type = String)]
    group: ledger::remittance::Group,
    reason: String,
    amount: String,
}

impl From<Payment> for RemittanceView {
    fn from(payment: Payment) -> Self {
        Self {
            remittance_id: payment.remittance_id.uuid(),
            currency: payment.paid.currency().to_string(),
            paid: payment.paid.to_string(),
            provider_adjusted: payment.adjusted.to_string(),
            parked_amount: payment.parked_amount.to_string(),
            payer_id: payment.payer_id,
            trace: payment.trace,
            method: payment.method,
            paid_on: payment.paid_on,
            posted_on: payment.posted_on,
            claim_count: payment.claims,
            posted_count: payment.posted,
            parked_count: payment.parked,
            unbalanced_line_count: payment.unbalanced_lines,
            deposited_on: payment.deposited_on,
            deposit_reference: payment.deposit_reference,
            digest: payment.digest,
            created_at: instant(payment.created_at),
            updated_at: instant(payment.updated_at),
            version: payment.version,
        }
    }
}

impl From<&ProviderAdjustment> for ProviderAdjustmentView {
    fn from(adjustment: &ProviderAdjustment) -> Self {
        Self {
            code: adjustment.code.to_string(),
            reference: adjustment.reference.as_ref().map(ToString::to_string),
            amount: adjustment.amount.to_string(),
        }
    }
}

impl From<&Adjustment> for RemittedAdjustmentView {
    fn from(cut: &Adjustment) -> Self {
        let (group, amount) = (cut.group, cut.amount.to_string());
        Self { group, reason: cut.reason.to_string(), amount }
    }
}

impl From<Part> for RemittanceClaimView {
    fn from(part: Part) -> Self {
        let advice = &part.advice;
        Self {
            sequence: part.sequence,
            claim_id: part.claim_id.uuid(),
            account: advice.account.to_string(),
            status: part.status.word().to_owned(),
            park_reason: part.reason.map(|reason| reason.word().to_owned()),
            parked_on: part.parked_on,
            posted_on: part.posted_on,
            advice_status: advice.status.word().to_owned(),
            charge: advice.charge.to_string(),
            paid: advice.paid.to_string(),
            payer_claim_number: advice.payer_claim_number.as_ref().map(ToString::to_string),
            adjustments: advice.all_adjustments().map(Into::into).collect(),
        }
    }
}

/// A payment with its parts, at a position or later; its version, and the position.
pub(super) async fn remittance_at(
    state: &AppState,
    org: OrgId,
    id: RemittanceId,
    when: impl Into<When>,
) -> Result<(RemittanceDetail, i64, i64), ApiError> {
    let when = when.into();
    // Waited for here, read below in one view with the payment itself.
    awaited::<RemittanceClaims>(state, org, when).await?;
    let reading = reading::<Remittances>(state, org, when).await?;
    let found = remittances::get(&reading.snapshot, id).await?;
    let parts = remittance_claims::of_payment(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    let payment = found.ok_or_else(|| ApiError::refused(&RemittanceError::Unknown))?;
    let version = payment.version;
    let detail = RemittanceDetail {
        provider_adjustments: payment.adjustments.iter().map(Into::into).collect(),
        claims: parts.into_iter().map(Into::into).collect(),
        payment: payment.into(),
    };
    Ok((detail, version, reading.position))
}

/// Carries a plan out and answers with its payment.
pub(super) async fn done<B>(
    state: &AppState,
    order: &Order<B>,
    plan: Plan,
    id: RemittanceId,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let (outcome, status, facts) = plan.carry_out(state, order).await?;
    command(state, order, &outcome, status, facts, async |reached| {
        let (view, _, _) = remittance_at(state, org, id, Some(reached.position)).await?;
        answer::value(&view).map(Some)
    })
    .await
}
