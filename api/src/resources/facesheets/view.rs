//! A request for a facesheet, as callers see it.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use ledger::{
    facesheet::{Demographic, Facesheet, FacesheetCommand, FacesheetError},
    values::FacesheetId,
};
use projections::{
    engine::{Streams, Worded},
    facesheets::{self, Entry, Facesheets},
};
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{self, command, instant},
    body::{ForeignId, Wrong},
    credentials::Caller,
    error::ApiError,
    order::Order,
    people::open,
    reading::reading,
    state::AppState,
    when::When,
};

/// A request for a patient's facesheet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacesheetView {
    /// Which; a patient's keeps its id when it is asked for again.
    request_id: Uuid,
    /// The caller's own id of the patient, as it was sent; masked in lists for some roles.
    pub(super) patient_id: Value,
    /// requested, overdue, received or canceled.
    status: String,
    /// What is asked for.
    missing: Vec<String>,
    /// What was not on the one that came.
    still_missing: Vec<String>,
    /// Whom we asked; masked for some roles.
    asked_of: Option<String>,
    /// The claim that lacks something, if one asked.
    claim_id: Option<Uuid>,
    /// The patient as invoices know them; for internal tracking only.
    anonymous_patient_ref: String,
    /// The day it was asked for last.
    requested_on: Date,
    /// The day by which an answer is expected.
    due_on: Date,
    /// The day it came.
    received_on: Option<Date>,
    /// email, fax, mail, phone or portal.
    source: Option<String>,
    /// Its name in the store of documents.
    document: Option<String>,
    /// Why it was canceled.
    reason_code: Option<String>,
    /// How often it was asked for.
    times_requested: i64,
    /// When it was asked for first.
    created_at: String,
    /// When it changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    pub(super) version: i64,
}

impl FacesheetView {
    fn of(entry: Entry, patient_id: Value, asked_of: Option<String>) -> Self {
        Self {
            request_id: entry.facesheet_id.uuid(),
            patient_id,
            status: entry.status.word().to_owned(),
            missing: entry.missing,
            still_missing: entry.still_missing,
            asked_of,
            claim_id: entry.claim_id.map(ledger::values::Id::uuid),
            anonymous_patient_ref: entry.anonymous_patient_ref,
            requested_on: entry.requested_on,
            due_on: entry.due_on,
            received_on: entry.received_on,
            source: entry.source.map(|source| source.word().to_owned()),
            document: entry.document,
            reason_code: entry.reason_code,
            times_requested: entry.times_requested,
            created_at: instant(entry.created_at),
            updated_at: instant(entry.updated_at),
            version: entry.version,
        }
    }
}

/// Several demographics, by their words.
pub(super) fn demographics(raw: &RawValue) -> Result<Vec<Demographic>, Wrong> {
    let known = || Demographic::ALL.map(Demographic::word).join(", ");
    let expected = || Cow::Owned(format!("an array out of {} is expected", known()));
    let words: Vec<String> = serde_json::from_str(raw.get()).map_err(|_| expected())?;
    let of = |word: &String| {
        let lower = word.to_ascii_lowercase();
        Demographic::ALL.into_iter().find(|one| one.word() == lower).ok_or_else(expected)
    };
    words.iter().map(of).collect()
}

/// Requests with what their caller may see of them.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: Vec<Entry>,
) -> Result<Vec<FacesheetView>, ApiError> {
    let both = |entry: &'_ Entry| [entry.patient_id.clone(), entry.asked_of.clone()];
    let sealed: Vec<_> = found.iter().flat_map(both).collect();
    let sealed: Vec<_> = sealed.iter().map(Option::as_ref).collect();
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let view = |entry: Entry| {
        let id = plain.next().flatten().zip(entry.patient_id.as_ref());
        let id = id.map_or(Value::Null, |(text, sealed)| ForeignId::opened(sealed, &text));
        FacesheetView::of(entry, id, plain.next().flatten())
    };
    Ok(found.into_iter().map(view).collect())
}

/// One request, at a position.
pub(super) async fn one(
    state: &AppState,
    caller: &Caller,
    id: FacesheetId,
    when: impl Into<When>,
) -> Result<(FacesheetView, i64), ApiError> {
    let when = when.into().of(Streams::of(id));
    let reading = reading::<Facesheets>(state, caller.org, when).await?;
    let found = facesheets::get(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    let found = found.ok_or_else(|| ApiError::refused(&FacesheetError::Unknown))?;
    let view = opened(state, caller, vec![found]).await?.pop();
    let view = view.ok_or_else(|| ApiError::refused(&FacesheetError::Unknown))?;
    Ok((view, reading.position))
}

/// Gives a command and answers with the request.
pub(super) async fn give<B>(
    state: &AppState,
    order: &Order<B>,
    id: FacesheetId,
    given: FacesheetCommand,
) -> Result<HttpResponse, ApiError> {
    let outcome = order.execute::<Facesheet>(state, id, given).await?;
    command(state, order, &outcome, StatusCode::OK, Value::Null, async |reached| {
        let (view, _) = one(state, &order.caller, id, Some(reached.position)).await?;
        Ok(Some(answer::value(&view)?))
    })
    .await
}
