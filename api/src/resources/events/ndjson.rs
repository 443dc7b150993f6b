//! The log up to its head, one CloudEvent a line.

use actix_web::{HttpResponse, web::Data};
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use tokio::sync::OwnedSemaphorePermit;

use super::{cloud_event::CloudEvent, filter::Filter};
use crate::{
    answer::POSITION, credentials::Caller, error::ApiError, query::Asked, state::AppState,
};

const CHUNK: i64 = 500;

/// Takes one of the places for streams; when none is left, the reader comes back later.
pub(super) fn place(state: &AppState) -> Result<OwnedSemaphorePermit, ApiError> {
    state
        .streams
        .clone()
        .try_acquire_owned()
        .map_err(|_| ApiError::RateLimited { retry_after_seconds: 5, code: "too_many_streams" })
}

/// Answers the log up to the head of this moment.
pub(super) async fn stream(
    state: Data<AppState>,
    asked: Asked,
    filter: Filter,
) -> Result<HttpResponse, ApiError> {
    let (caller, when) = (asked.caller, asked.when);
    let place = place(&state)?;
    let after = filter.start(&state.ledger, caller.org).await?;
    let head = state.ledger.head(caller.org).await?.unwrap_or(0);
    let until = filter.until.map_or(head, |until| until.min(head));
    let position = when.position().unwrap_or(until);
    let reading = Reading { state, caller, filter, after, until, _place: place };
    Ok(HttpResponse::Ok()
        .insert_header((POSITION, position.to_string()))
        .content_type("application/x-ndjson")
        .streaming(lines(reading)))
}

struct Reading {
    state: Data<AppState>,
    caller: Caller,
    filter: Filter,
    after: i64,
    until: i64,
    _place: OwnedSemaphorePermit,
}

/// An error in the middle ends the stream without its last chunk: the reader sees that it is not
/// whole, and goes on after the last line it has.
fn lines(reading: Reading) -> impl Stream<Item = Result<Bytes, ApiError>> {
    stream::try_unfold(reading, |mut reading| async move {
        let stopping = *reading.state.stopping.borrow();
        if reading.after >= reading.until || stopping {
            return Ok(None);
        }
        let chunk = reading.state.ledger.read(reading.caller.org, reading.after, CHUNK).await?;
        let mut text = Vec::new();
        let mut ended = chunk.is_empty();
        for event in chunk {
            if event.position > reading.until || reading.filter.is_past(&event) {
                ended = true;
                break;
            }
            reading.after = event.position;
            if reading.filter.matches(&event) {
                let event = CloudEvent::try_from(event)?;
                serde_json::to_writer(&mut text, &event)
                    .map_err(|error| ApiError::failed(&error))?;
                text.push(b'\n');
            }
        }
        if ended {
            reading.after = reading.until;
        }
        Ok(Some((Bytes::from(text), reading)))
    })
}
