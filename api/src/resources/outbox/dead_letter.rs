//! `GET /v1/admin/outbox/dead-letter`

use actix_web::{HttpResponse, web::Data};
use ledger::store::outbox::{OutboxStatus, listed};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::MessageView;
use crate::{error::ApiError, paging::Page, query::Asked, state::AppState};

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

/// The place of a message in the list.
type Place = (i128, Uuid);

/// Messages that were given up after their last attempt, the latest first.
#[utoipa::path(get, path = "/v1/admin/outbox/dead-letter", tag = "outbox",
    params(DeadLetterParams),
    responses((status = 200, description = "A page of dead letters", body = DeadLetterPage)))]
pub(crate) async fn dead_letter(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let org = asked.caller.org;
    let page = Page::<Place>::read(&state, &mut asked, "outbox/dead-letter", &())?;
    let after = page.after.and_then(|(nanos, id)| {
        OffsetDateTime::from_unix_timestamp_nanos(nanos).ok().map(|at| (at, id))
    });
    let found = listed(&state.ledger, org, OutboxStatus::Dead, after, page.fetch()).await?;
    let position = state.ledger.head(org).await?.unwrap_or(0);
    let place = |message: &ledger::store::outbox::Listed| {
        (message.created_at.unix_timestamp_nanos(), message.id)
    };
    let (found, next) = page.cut(found, place);
    let messages = found.into_iter().map(MessageView::from).collect();
    page.answer(&state, &asked, position, next, |next_cursor| DeadLetterPage {
        messages,
        next_cursor,
    })
}
