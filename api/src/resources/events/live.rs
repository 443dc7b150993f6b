//! The live tail: server-sent events, resumable by position.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, HeaderValue},
    web::Data,
};
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use ledger::{
    store::{StoreError, Stored, tenants::find_key},
    values::OrgId,
};
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast, watch},
    time::{Instant, timeout_at},
};

use super::{cloud_event::CloudEvent, filter::Filter, ndjson::place};
use crate::{credentials::Caller, error::ApiError, state::AppState};

const CHUNK: i64 = 500;
/// Between two looks at the log: other processes append too, and their bell is not heard here.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Between two comments that keep the connection alive.
const BEAT_EVERY: Duration = Duration::from_secs(15);

/// Reads `Last-Event-ID`.
pub(super) fn resume_after(value: Option<&HeaderValue>) -> Result<Option<i64>, ApiError> {
    let Some(value) = value else { return Ok(None) };
    let position = value.to_str().ok().and_then(|text| text.trim().parse::<i64>().ok());
    match position.filter(|position| *position >= 0) {
        Some(position) => Ok(Some(position)),
        None => Err(ApiError::BadHeader { name: "Last-Event-ID", expected: "a position" }),
    }
}

/// Answers what happens after a position, as it happens; after the head unless said otherwise.
pub(super) async fn stream(
    state: Data<AppState>,
    caller: Caller,
    filter: Filter,
    resume_after: Option<i64>,
) -> Result<HttpResponse, ApiError> {
    let place = place(&state)?;
    let bell = state.ledger.doorbell();
    let stopping = state.stopping.subscribe();
    let said = filter.after.is_some() || filter.from.is_some();
    let after = match resume_after {
        Some(position) => position,
        None if said => filter.start(&state.ledger, caller.org).await?,
        None => state.ledger.head(caller.org).await?.unwrap_or(0),
    };
    let now = Instant::now();
    let tail = Tail {
        state,
        caller,
        filter,
        after,
        bell,
        stopping,
        began: false,
        ended: false,
        beat_at: now + BEAT_EVERY,
        _place: place,
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .content_type("text/event-stream")
        .streaming(messages(tail)))
}

struct Tail {
    state: Data<AppState>,
    caller: Caller,
    filter: Filter,
    after: i64,
    bell: broadcast::Receiver<(OrgId, i64)>,
    stopping: watch::Receiver<bool>,
    began: bool,
    ended: bool,
    beat_at: Instant,
    _place: OwnedSemaphorePermit,
}

fn messages(tail: Tail) -> impl Stream<Item = Result<Bytes, ApiError>> {
    stream::try_unfold(tail, |mut tail| async move {
        if !tail.began {
            tail.began = true;
            // Sends the headers at once, and tells browsers when to come back.
            return Ok(Some((Bytes::from_static(b"retry: 2000\n\n"), tail)));
        }
        while !tail.ended && !*tail.stopping.borrow() {
            let chunk = tail.read().await?;
            if !chunk.is_empty() {
                return Ok(Some((chunk, tail)));
            }
            if Instant::now() >= tail.beat_at {
                tail.beat_at = Instant::now() + BEAT_EVERY;
                if !tail.may_go_on().await? {
                    break;
                }
                return Ok(Some((Bytes::from_static(b": still here\n\n"), tail)));
            }
            tail.wait().await;
        }
        Ok(None)
    })
}

impl Tail {
    /// What has happened since, as messages; passes over what does not match.
    async fn read(&mut self) -> Result<Bytes, ApiError> {
        let mut text = Vec::new();
        loop {
            let chunk = self.state.ledger.read(self.caller.org, self.after, CHUNK).await?;
            let Some(last) = chunk.last().map(|event| event.position) else { break };
            for event in chunk {
                if self.filter.is_past(&event) {
                    self.ended = true;
                    break;
                }
                if self.filter.matches(&event) {
                    write(&mut text, event)?;
                }
            }
            self.after = last;
            if self.ended || !text.is_empty() {
                break;
            }
        }
        Ok(text.into())
    }

    /// A key that was revoked or ran out hears no more, nor do those of a closed org.
    async fn may_go_on(&self) -> Result<bool, StoreError> {
        let ledger = &self.state.ledger;
        let key = find_key(ledger, self.caller.org, self.caller.key_id).await?;
        Ok(key.is_some_and(|key| key.is_valid_at(ledger.clock().now())))
    }

    /// Until the bell rings for this org, or it is time to look.
    async fn wait(&mut self) {
        let look_at = (Instant::now() + LOOK_EVERY).min(self.beat_at);
        loop {
            let heard = tokio::select! {
                heard = timeout_at(look_at, self.bell.recv()) => heard,
                _ = self.stopping.changed() => return,
            };
            match heard {
                Ok(Ok((org, position))) if org == self.caller.org && position > self.after => {
                    return;
                }
                // Somebody else's, or too many to keep up with: go on listening.
                Ok(Ok(_)) => {}
                Ok(Err(broadcast::error::RecvError::Lagged(_))) | Err(_) => return,
                Ok(Err(broadcast::error::RecvError::Closed)) => {
                    tokio::time::sleep_until(look_at).await;
                    return;
                }
            }
        }
    }
}

/// `id` is the position: what `Last-Event-ID` will say. JSON has no line breaks of its own here.
fn write(text: &mut Vec<u8>, event: Stored) -> Result<(), ApiError> {
    let head = format!("id: {}\nevent: {}\ndata: ", event.position, event.event_type);
    text.extend(head.as_bytes());
    let event = CloudEvent::try_from(event)?;
    serde_json::to_writer(&mut *text, &event).map_err(|error| ApiError::failed(&error))?;
    text.extend(b"\n\n");
    Ok(())
}
