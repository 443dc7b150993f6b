//! `POST /v1/integrations/events`

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::StatusCode,
    web::{Data, Payload},
};
use futures_util::{StreamExt, stream};

use super::{
    envelope::EventBody,
    message::{Messages, messages},
    take::take,
    verdict::{ReceivedView, VerdictView},
};
use crate::{
    answer::{POSITION, json_with},
    credentials::Caller,
    error::ApiError,
    order::{must_be_json, read_body},
    state::AppState,
};

/// How many messages of a request are worked on at a time; one append takes many of them.
const AT_A_TIME: usize = 16;

/// Takes operational facts: one event, or up to 500 in an array. An event is known by its source
/// and id: sending it again is harmless, and no idempotency key is needed.
///
/// Every event has its own verdict; a refused one costs its neighbours nothing. A single event
/// that is refused is answered by its problem. Binary mode (`ce-` headers) is understood too.
/// Plain `application/json` may hold either.
#[utoipa::path(post, path = "/v1/integrations/events", tag = "integrations",
    request_body(content(
        (EventBody = "application/cloudevents+json"),
        (Vec<EventBody> = "application/cloudevents-batch+json"),
    )),
    responses(
        (status = 202, description = "Every event is kept", body = ReceivedView),
        (status = 207, description = "Some events were refused or failed: see each verdict",
            body = ReceivedView)))]
pub(crate) async fn receive(
    state: Data<AppState>,
    caller: Caller,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let body = read_body(payload.into_inner(), state.limits.webhook_bytes).await?;
    must_be_json(&request)?;
    let now = state.ledger.clock().now();
    match messages(request.headers(), &body)? {
        Messages::One(raw) => {
            let outcome = take(&state, &caller, "", &raw, now).await;
            let verdict = VerdictView::of(0, "", &raw, &outcome);
            outcome.map(|_| answer(StatusCode::ACCEPTED, ReceivedView::of(vec![verdict])))
        }
        Messages::Batch(batch) => {
            let taken = stream::iter(batch.iter().enumerate()).map(|(index, raw)| {
                let (state, caller) = (&state, &caller);
                async move {
                    let pointer = format!("/{index}");
                    let outcome = take(state, caller, &pointer, raw, now).await;
                    log(&outcome);
                    VerdictView::of(index, &pointer, raw, &outcome)
                }
            });
            let received = ReceivedView::of(taken.buffered(AT_A_TIME).collect().await);
            let whole = received.is_whole();
            let status = if whole { StatusCode::ACCEPTED } else { StatusCode::MULTI_STATUS };
            Ok(answer(status, received))
        }
    }
}

/// Failures are logged although the answer as a whole is none.
fn log<T>(outcome: &Result<T, ApiError>) {
    if let Err(error) = outcome
        && error.status_code().is_server_error()
    {
        tracing::error!(error = ?error, "an event could not be taken");
    }
}

fn answer(status: StatusCode, received: ReceivedView) -> HttpResponse {
    let mut builder = HttpResponse::build(status);
    if let Some(position) = received.position() {
        builder.insert_header((POSITION, position.to_string()));
    }
    json_with(builder, &received)
}
