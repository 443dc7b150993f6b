//! An authorization, as callers see it.

use actix_web::HttpResponse;
use ledger::{
    prior_auth::PriorAuthError,
    values::{PriorAuthId, Sealed},
};
use projections::{
    engine::Worded,
    prior_auths::{self, Authorization, PriorAuths},
};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{self, command, instant},
    body::ForeignId,
    credentials::Caller,
    error::ApiError,
    order::{Order, Plan},
    people::open,
    reading::reading,
    state::AppState,
};

/// A payer's permission to bill one service for one patient.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuthorizationView {
    /// Which.
    auth_id: Uuid,
    /// requested, pended, approved, partly_approved, modified, denied, used, expired or canceled.
    status: String,
    /// The caller's own id of the patient, as it was sent; masked for some roles.
    patient_id: Value,
    /// The patient as invoices know them; for internal tracking only.
    anonymous_patient_ref: String,
    /// Whom we asked.
    payer_id: String,
    /// The service.
    procedure: String,
    /// standard or urgent.
    urgency: String,
    /// How many units were asked.
    units_requested: String,
    /// How many the payer allows.
    units_approved: Option<String>,
    /// Taken by claim lines that stand.
    units_drawn: String,
    /// Approved and not drawn.
    units_left: String,
    /// Wanted by claim lines that wait until the payer allows more.
    units_waiting: String,
    /// The first day asked.
    requested_starts_on: Date,
    /// The last day asked.
    requested_ends_on: Date,
    /// The first day allowed.
    starts_on: Option<Date>,
    /// The last day allowed.
    ends_on: Option<Date>,
    /// The payer's number of it.
    reference: Option<String>,
    /// Why it was pended, denied or canceled.
    reason_code: Option<String>,
    /// When it was asked.
    requested_at: String,
    /// When the payer must have answered.
    answer_due_at: String,
    /// When the payer said what it said last.
    decided_on: Option<Date>,
    /// When it expired, was used up or was withdrawn.
    ended_on: Option<Date>,
    /// The patient's number with the payer; masked for some roles.
    member_id: Option<String>,
    /// What was added; masked for some roles.
    note: Option<String>,
    /// What the payer wrote; masked for some roles.
    payer_note: Option<String>,
    /// ICD-10 codes without the point; masked for some roles.
    diagnoses: Vec<Option<String>>,
    /// When it changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    version: i64,
}

/// Authorizations with what their caller may see of people.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: &[Authorization],
) -> Result<Vec<AuthorizationView>, ApiError> {
    let mut sealed: Vec<Option<&Sealed<String>>> = Vec::new();
    for one in found {
        sealed.push(Some(&one.patient_id));
        sealed.extend([one.member_id.as_ref(), one.note.as_ref(), one.payer_note.as_ref()]);
        sealed.extend(one.diagnoses.iter().map(Some));
    }
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let mut next = || plain.next().flatten();
    Ok(found.iter().map(|one| view(one, &mut next)).collect())
}

fn view(one: &Authorization, next: &mut impl FnMut() -> Option<String>) -> AuthorizationView {
    let patient_id = next();
    let patient_id = patient_id.map(|text| ForeignId::opened(&one.patient_id, &text));
    AuthorizationView {
        auth_id: one.prior_auth_id.uuid(),
        status: one.status.word().to_owned(),
        patient_id: patient_id.unwrap_or(Value::Null),
        anonymous_patient_ref: one.anonymous_patient_ref.clone(),
        payer_id: one.payer_id.clone(),
        procedure: one.procedure.clone(),
        urgency: one.urgency.word().to_owned(),
        units_requested: one.units_requested.clone(),
        units_approved: one.units_approved.clone(),
        units_drawn: one.units_drawn.clone(),
        units_left: one.units_left.clone(),
        units_waiting: one.units_waiting.clone(),
        requested_starts_on: one.asked.0,
        requested_ends_on: one.asked.1,
        starts_on: one.allowed.map(|(first, _)| first),
        ends_on: one.allowed.map(|(_, last)| last),
        reference: one.reference.clone(),
        reason_code: one.reason_code.clone(),
        requested_at: instant(one.requested_at),
        answer_due_at: instant(one.answer_due_at),
        decided_on: one.decided_on,
        ended_on: one.ended_on,
        member_id: next(),
        note: next(),
        payer_note: next(),
        diagnoses: one.diagnoses.iter().map(|_| next()).collect(),
        updated_at: instant(one.updated_at),
        version: one.version,
    }
}

/// Carries a plan out and answers with its authorization.
pub(super) async fn done<B>(
    state: &AppState,
    order: &Order<B>,
    plan: Plan,
    id: PriorAuthId,
) -> Result<HttpResponse, ApiError> {
    let caller = order.caller;
    let (outcome, status, facts) = plan.carry_out(state, order).await?;
    command(state, order, &outcome, status, facts, async |reached| {
        let reading = reading::<PriorAuths>(state, caller.org, Some(reached.position)).await?;
        let found = prior_auths::get(&reading.snapshot, id).await?;
        reading.snapshot.close().await?;
        let found = found.ok_or_else(|| ApiError::refused(&PriorAuthError::Unknown))?;
        let view = opened(state, &caller, std::slice::from_ref(&found)).await?;
        answer::value(&view.first()).map(Some)
    })
    .await
}
