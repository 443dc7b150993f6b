//! A claim out of the read models, opened for its caller.

use actix_web::HttpResponse;
use ledger::{
    claim::ClaimError,
    values::{ClaimId, Sealed},
};
use projections::{
    claim_filings::{self, ClaimFilings, Filing},
    claims::{self, Claim, Claims},
    engine::Streams,
};
use serde_json::Value;

use super::{
    parts::{ClaimDetail, PayerView},
    view::ClaimView,
};
use crate::{
    answer::{self, command},
    body::ForeignId,
    credentials::Caller,
    error::ApiError,
    order::{Order, Plan},
    people::open,
    reading::{awaited, reading},
    state::AppState,
    when::When,
};

/// Claims of a list, with what their caller may see of people.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: &[Claim],
) -> Result<Vec<ClaimView>, ApiError> {
    let sealed: Vec<_> = found.iter().map(|claim| Some(&claim.patient_id)).collect();
    let plain = open(state, caller, &sealed).await?;
    let pairs = found.iter().zip(plain);
    Ok(pairs.map(|(claim, text)| ClaimView::of(claim, named(&claim.patient_id, text))).collect())
}

fn named(sealed: &Sealed<String>, text: Option<String>) -> Value {
    text.map_or(Value::Null, |text| ForeignId::opened(sealed, &text))
}

/// A claim with everything that is known of it, at a position or later.
pub(super) async fn claim_at(
    state: &AppState,
    caller: &Caller,
    id: ClaimId,
    when: impl Into<When>,
) -> Result<(ClaimDetail, i64, i64), ApiError> {
    let when = when.into().of(Streams::of(id));
    // Waited for here, read below in one view with the claim itself.
    awaited::<ClaimFilings>(state, caller.org, when).await?;
    let reading = reading::<Claims>(state, caller.org, when).await?;
    let found = claims::get(&reading.snapshot, id).await?;
    let filings = claim_filings::of_claim(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    let claim = found.ok_or_else(|| ApiError::refused(&ClaimError::Unknown))?;
    let version = claim.version;
    Ok((detail(state, caller, claim, filings).await?, version, reading.position))
}

async fn detail(
    state: &AppState,
    caller: &Caller,
    claim: Claim,
    filings: Vec<Filing>,
) -> Result<ClaimDetail, ApiError> {
    let content = &claim.content;
    let mut sealed = vec![Some(&claim.patient_id)];
    sealed.extend(content.diagnoses.iter().map(Some));
    sealed.extend(content.payers.iter().map(|payer| payer.member_id.as_ref()));
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let patient_id = named(&claim.patient_id, plain.next().flatten());
    let diagnoses = content.diagnoses.iter().map(|_| plain.next().flatten()).collect();
    let payers = content.payers.iter().map(|it| PayerView::of(it, plain.next().flatten()));
    let payers = payers.collect();
    Ok(ClaimDetail {
        billing_npi: content.billing_npi.map(|npi| npi.to_string()),
        rendering_npi: content.rendering_npi.map(|npi| npi.to_string()),
        place_of_service: content.place_of_service.as_ref().map(ToString::to_string),
        diagnoses,
        payers,
        lines: content.lines.iter().map(Into::into).collect(),
        findings: claim.findings.as_ref().map(|all| all.iter().map(Into::into).collect()),
        submissions: filings.into_iter().map(Into::into).collect(),
        answers: claim.answers.iter().map(Into::into).collect(),
        write_offs: claim.write_offs.iter().map(Into::into).collect(),
        claim: ClaimView::of(&claim, patient_id),
    })
}

/// Carries a plan out and answers with its claim.
pub(super) async fn done<B>(
    state: &AppState,
    order: &Order<B>,
    plan: Plan,
    id: ClaimId,
) -> Result<HttpResponse, ApiError> {
    let caller = order.caller;
    let (outcome, status, facts) = plan.carry_out(state, order).await?;
    command(state, order, &outcome, status, facts, async |reached| {
        let (view, _, _) = claim_at(state, &caller, id, Some(reached.position)).await?;
        answer::value(&view).map(Some)
    })
    .await
}

/// A remark about a claim, sealed for its patient, so that it goes when the patient is erased.
pub(super) async fn subject_note<B>(
    state: &AppState,
    order: &Order<B>,
    id: ClaimId,
    note: Option<&str>,
) -> Result<Option<Sealed<String>>, ApiError> {
    let Some(note) = note else { return Ok(None) };
    let org = order.caller.org;
    let head = state.ledger.head(org).await?;
    let reading = reading::<Claims>(state, org, head).await?;
    let said = claims::content(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    let Some((content, _)) = said else {
        return Ok(Some(order.seal_own(state, "note", note).await?));
    };
    let subject = content.patient_id.subject;
    Ok(Some(state.ledger.keyring().seal(&order.context, subject, "note", note).await?))
}
