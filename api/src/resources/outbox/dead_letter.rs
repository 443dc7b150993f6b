//! `GET /v1/admin/outbox/dead-letter`, `GET /v1/admin/export-dead-letter`

use actix_web::{HttpResponse, web::Data};
use ledger::{
    store::{
        Ledger,
        outbox::{Listed, OutboxStatus, Queue, listed},
    },
    values::OrgId,
};
use projections::engine::Snapshot;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::MessageView;
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::Reading,
    state::AppState,
};

/// Which page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct DeadLetterParams {
    /// Messages of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of dead letters.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadLetterPage {
    /// The messages, the latest first.
    messages: Vec<MessageView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// The place of a message in a list of dead letters.
pub(crate) type Place = (i128, Uuid);

/// Where a message stands in one.
pub(crate) fn place(message: &Listed) -> Place {
    (message.created_at.unix_timestamp_nanos(), message.id)
}

/// The dead letters of a queue after a place, the latest first.
pub(crate) async fn dead(
    ledger: &Ledger,
    org: OrgId,
    queue: Queue,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Listed>, ApiError> {
    let after = after.and_then(|(nanos, id)| {
        OffsetDateTime::from_unix_timestamp_nanos(nanos).ok().map(|at| (at, id))
    });
    Ok(listed(ledger, org, queue, OutboxStatus::Dead, after, limit).await?)
}

/// Messages to people that were given up after their last attempt, the latest first.
#[utoipa::path(get, path = "/v1/admin/outbox/dead-letter", tag = "outbox",
    params(DeadLetterParams),
    responses((status = 200, description = "A page of dead letters", body = DeadLetterPage)))]
pub(crate) async fn dead_letter(
    state: Data<AppState>,
    asked: Asked,
) -> Result<HttpResponse, ApiError> {
    page_of(state, asked, Queue::Messages, "outbox/dead-letter").await
}

/// Exports that could not be handed over to `EXPORT_WEBHOOK_URL`, the latest first.
#[utoipa::path(get, path = "/v1/admin/export-dead-letter", tag = "outbox",
    params(DeadLetterParams),
    responses((status = 200, description = "A page of dead letters", body = DeadLetterPage)))]
pub(crate) async fn export_dead_letter(
    state: Data<AppState>,
    asked: Asked,
) -> Result<HttpResponse, ApiError> {
    page_of(state, asked, Queue::Exports, "export-dead-letter").await
}

async fn page_of(
    state: Data<AppState>,
    mut asked: Asked,
    queue: Queue,
    name: &'static str,
) -> Result<HttpResponse, ApiError> {
    let org = asked.caller.org;
    let page = Page::read(&state, &mut asked, name, &())?;
    let position = state.ledger.head(org).await?.unwrap_or(0);
    let snapshot = Snapshot::open(state.ledger.app_pool(), org).await?;
    let letters = DeadLetters { ledger: state.ledger.clone(), org, queue };
    paging::list(state, asked, page, Reading { snapshot, position }, letters).await
}

/// The outbox is the store's own, and read through it.
struct DeadLetters {
    ledger: Ledger,
    org: OrgId,
    queue: Queue,
}

impl List for DeadLetters {
    type Key = Place;
    type Item = Listed;
    type View = MessageView;
    type Page = DeadLetterPage;

    async fn fetch(
        &self,
        _: &Snapshot,
        after: Option<Place>,
        limit: i64,
    ) -> Result<Vec<Listed>, ApiError> {
        dead(&self.ledger, self.org, self.queue, after, limit).await
    }

    fn key(message: &Listed) -> Place {
        place(message)
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Listed>,
    ) -> Result<Vec<MessageView>, ApiError> {
        Ok(found.into_iter().map(MessageView::from).collect())
    }

    fn page(&self, messages: Vec<MessageView>, next_cursor: Option<String>) -> DeadLetterPage {
        DeadLetterPage { messages, next_cursor }
    }
}
