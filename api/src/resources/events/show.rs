//! `GET /v1/events/{position}`

use actix_web::{HttpResponse, web};

use super::cloud_event::CloudEvent;
use crate::{
    answer::at_position,
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// The event at a position.
#[utoipa::path(get, path = "/v1/events/{position}", tag = "events", responses(
    (status = 200, description = "The event", body = CloudEvent),
))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    position: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    // Of the past, what came later was not there.
    if asked.when.position().is_some_and(|at| at < *position) {
        return Err(Plain::NotFound.into());
    }
    let found = state.ledger.read_one(asked.caller.org, *position).await?.ok_or(Plain::NotFound)?;
    let at = asked.when.position().unwrap_or(*position);
    Ok(at_position(at, &CloudEvent::try_from(found)?))
}
