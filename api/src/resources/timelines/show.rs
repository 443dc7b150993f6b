//! One timeline per kind of thing; the same answer for all.

use actix_web::{HttpResponse, web};
use ledger::{
    books::Books,
    facesheet::Facesheet,
    patient_activation::PatientActivation,
    store::account_id,
    subject::Subject as Person,
    values::{ClaimId, Id, InvoiceId, PriorAuthId, StatementId, SubscriptionId},
};
use projections::{
    engine::{Streams, Worded},
    timeline::{self, Entry, Subject, Timeline},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    lines::{EntryList, all},
    messages::{times_of_page, with_messages},
};
use crate::{
    answer::{at_position, instant},
    body::ForeignId,
    error::{ApiError, Plain},
    query::Asked,
    reading::reading,
    state::AppState,
    when::When,
};

/// Which part of it.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct TimelineParams {
    /// Only entries before this position: the first entry's, for the page before.
    before: Option<i64>,
    /// At most so many events, 1 to 200; 100 unless said otherwise.
    limit: Option<i64>,
}

/// One entry. It holds no personal data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelineEntryView)]
pub(crate) struct EntryView {
    /// The event's place in the log; null for a message, which has none.
    pub(super) position: Option<i64>,
    /// What happened: an event's name, or `outbox.<way>.queued`, `….sent`, `….dead`,
    /// `….canceled`.
    pub(super) r#type: String,
    /// The event.
    pub(super) event_id: Option<Uuid>,
    /// When it was true.
    pub(super) occurred_at: String,
    /// When it was learned.
    pub(super) recorded_at: String,
    /// Who gave the command.
    pub(super) actor: String,
    /// How much, if money is involved.
    pub(super) amount: Option<String>,
    /// ISO 4217.
    pub(super) currency: Option<String>,
    /// Where it stands after this, if that changed.
    pub(super) status: Option<String>,
    /// line, payment, refund, invoice, remittance, claim_line, message, ….
    pub(super) related_type: Option<String>,
    /// Which one.
    pub(super) related_id: Option<Uuid>,
    /// Of a message: which text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) template: Option<String>,
    /// Of a message: how often it was tried since it was asked for or replayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attempts: Option<i32>,
    /// Of a message: how often it was replayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replays: Option<i32>,
    /// Of a message: why it did not leave, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}

/// What happened, and what was written about it, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimelineView {
    /// claim, invoice, patient, payment, prior_auth or subscription.
    subject: String,
    /// As it was asked for.
    id: String,
    entries: Vec<EntryView>,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        let (related_type, related_id) = entry.related.unzip();
        Self {
            position: Some(entry.position),
            r#type: entry.event_type,
            event_id: Some(entry.event_id),
            occurred_at: instant(entry.occurred_at),
            recorded_at: instant(entry.recorded_at),
            actor: entry.actor,
            amount: entry.amount.map(|amount| amount.to_string()),
            currency: entry.amount.map(|amount| amount.currency().to_string()),
            status: entry.status,
            related_type: related_type.map(|kind| kind.word().to_owned()),
            related_id,
            template: None,
            attempts: None,
            replays: None,
            error: None,
        }
    }
}

/// What happened to a claim.
#[utoipa::path(get, path = "/v1/admin/timeline/claim/{id}", tag = "timelines",
    params(TimelineParams),
    responses((status = 200, description = "What happened, oldest first", body = TimelineView)))]
pub(crate) async fn claim(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    show(&state, asked, Subject::Claim, *id, id.to_string()).await
}

/// What happened to a payer's permission to bill.
#[utoipa::path(get, path = "/v1/admin/timeline/prior-auth/{id}", tag = "timelines",
    params(TimelineParams),
    responses((status = 200, description = "What happened, oldest first", body = TimelineView)))]
pub(crate) async fn prior_auth(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    show(&state, asked, Subject::PriorAuth, *id, id.to_string()).await
}

/// What happened to an invoice.
#[utoipa::path(get, path = "/v1/admin/timeline/invoice/{id}", tag = "timelines",
    params(TimelineParams),
    responses((status = 200, description = "What happened, oldest first", body = TimelineView)))]
pub(crate) async fn invoice(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    show(&state, asked, Subject::Invoice, *id, id.to_string()).await
}

/// What happened to a payment, its refunds included.
#[utoipa::path(get, path = "/v1/admin/timeline/payment/{id}", tag = "timelines",
    params(TimelineParams),
    responses((status = 200, description = "What happened, oldest first", body = TimelineView)))]
pub(crate) async fn payment(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    show(&state, asked, Subject::Payment, *id, id.to_string()).await
}

/// What happened to a patient's billing state; `id` is the caller's own id of the patient.
#[utoipa::path(get, path = "/v1/admin/timeline/patient/{id}", tag = "timelines",
    params(TimelineParams),
    responses((status = 200, description = "What happened, oldest first", body = TimelineView)))]
pub(crate) async fn patient(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let named = ForeignId::from_text(&id).ok_or(Plain::NotFound)?;
    let patient = state.ledger.names().patient(asked.caller.org, named.as_str());
    show(&state, asked, Subject::Patient, patient.uuid(), id.into_inner()).await
}

/// What happened to a statement of a patient.
#[utoipa::path(get, path = "/v1/admin/timeline/statement/{id}", tag = "timelines",
    params(TimelineParams),
    responses((status = 200, description = "What happened, oldest first", body = TimelineView)))]
pub(crate) async fn statement(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    show(&state, asked, Subject::Statement, *id, id.to_string()).await
}

/// What happened to the org's account; `id` is the org's.
#[utoipa::path(get, path = "/v1/admin/timeline/subscription/{id}", tag = "timelines",
    params(TimelineParams),
    responses((status = 200, description = "What happened, oldest first", body = TimelineView)))]
pub(crate) async fn subscription(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let account = account_id(asked.caller.org).uuid();
    if *id != asked.caller.org.0 && *id != account {
        return Err(Plain::NotFound.into());
    }
    show(&state, asked, Subject::Subscription, account, id.to_string()).await
}

async fn show(
    state: &web::Data<AppState>,
    mut asked: Asked,
    subject: Subject,
    id: Uuid,
    said: String,
) -> Result<HttpResponse, ApiError> {
    if asked.lines {
        return all(state.clone(), asked, EntryList { subject, id }).await;
    }
    let before = asked.params.parsed("before", "a position is expected");
    let limit = asked.params.integer("limit", 100, 1, timeline::MOST);
    asked.params.finish()?;
    let reading =
        reading::<Timeline>(state, asked.caller.org, streams(asked.when, subject, id)).await?;
    let found = timeline::of_subject(&reading.snapshot, subject, id, before, limit).await?;
    // The outbox is not of the log: of the past there is nothing to tell.
    let times = match asked.when.as_of {
        None => Some(times_of_page(&reading.snapshot, (subject, id), &found, before).await?),
        Some(_) => None,
    };
    reading.snapshot.close().await?;
    if found.is_empty() && before.is_none() {
        return Err(Plain::NotFound.into());
    }
    let org = asked.caller.org;
    let entries = with_messages(state, org, (subject, id), found, times).await?;
    let view = TimelineView { subject: subject.word().to_owned(), id: said, entries };
    Ok(at_position(reading.position, &view))
}

/// The streams that a timeline of the past is folded from. A payment's events stand with its
/// invoice or statement, so that one is folded from the whole log.
pub(super) fn streams(when: When, subject: Subject, id: Uuid) -> When {
    when.of(match subject {
        Subject::Invoice => Streams::of(InvoiceId::new(id)),
        // A patient's facesheet, and their erasure, have the same UUID as their billing state.
        Subject::Patient => Streams::of_three::<PatientActivation, Facesheet, Person>(id),
        Subject::Subscription => Streams::of(SubscriptionId::new(id)),
        Subject::Books => Streams::of(Id::<Books>::new(id)),
        Subject::Claim => Streams::of(ClaimId::new(id)),
        Subject::PriorAuth => Streams::of(PriorAuthId::new(id)),
        Subject::Statement => Streams::of(StatementId::new(id)),
        Subject::Payment => return when,
    })
}
