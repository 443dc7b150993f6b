//! How commands and queries answer.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use ledger::store::Outcome;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    error::ApiError,
    order::{Order, Reached, settle},
    preview::Preview,
    state::AppState,
};

/// The position of the answer in the org's log: a reader may ask for it in
/// `Daybook-Min-Position`.
pub(crate) const POSITION: &str = "daybook-position";
pub(crate) const SETTLED: &str = "daybook-settled";
const REACHED: &str = "daybook-reached";
pub(crate) const REPLAYED: &str = "idempotency-replayed";
pub(crate) const DRY_RUN: &str = "daybook-dry-run";

/// An answer with JSON in it.
pub(crate) fn json_with(mut builder: HttpResponseBuilder, body: &impl Serialize) -> HttpResponse {
    match serde_json::to_vec(body) {
        Ok(bytes) => builder.content_type("application/json").body(bytes),
        Err(error) => actix_web::ResponseError::error_response(&ApiError::failed(&error)),
    }
}

/// A query's answer: what the read model says at a position.
pub(crate) fn at_position(position: i64, body: &impl Serialize) -> HttpResponse {
    let mut builder = HttpResponse::Ok();
    builder.insert_header((POSITION, position.to_string()));
    json_with(builder, body)
}

/// The same, of one stream at a version.
pub(crate) fn of_version(position: i64, version: i64, body: &impl Serialize) -> HttpResponse {
    let mut builder = HttpResponse::Ok();
    builder.insert_header((POSITION, position.to_string()));
    builder.insert_header((header::ETAG, etag(version)));
    json_with(builder, body)
}

fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// Answers a command: after waiting as the caller asked, with what `render` reads from the read
/// models, or with the bare outcome where they have not got there in time. `facts` stand in
/// either: what only the command knows, such as the id of something new.
pub(crate) async fn command<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &Outcome,
    status: StatusCode,
    facts: Value,
    render: impl AsyncFnOnce(Reached) -> Result<Option<Value>, ApiError>,
) -> Result<HttpResponse, ApiError> {
    if outcome.dry_run {
        return would_happen(state, outcome).await;
    }
    let reached = settle(state, outcome, order.wait, state.deadline()).await;
    let rendered = match reached.settled {
        Some(_) => match render(reached).await {
            // It happened; that a read model is late or out of reach does not change that.
            Err(error) if error.is_out_of_sight() => {
                error.log();
                None
            }
            other => other?,
        },
        None => None,
    };
    let mut builder = HttpResponse::build(status);
    builder.insert_header((POSITION, outcome.position.to_string()));
    builder.insert_header((header::ETAG, etag(outcome.stream_version)));
    if let Some(settled) = reached.settled {
        builder.insert_header((SETTLED, settled.to_string()));
        builder.insert_header((REACHED, reached.position.to_string()));
    }
    if outcome.replayed {
        builder.insert_header((REPLAYED, "true"));
    }
    let mut body = rendered.unwrap_or_else(|| bare(outcome));
    if let (Value::Object(body), Value::Object(facts)) = (&mut body, facts) {
        body.extend(facts);
    }
    Ok(json_with(builder, &body))
}

/// What a command appended. It is the whole answer where nothing was waited for, or the read models
/// are late; what only the command knows, such as the id of something new, stands beside it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Appended {
    /// The position of the last event, or where nothing had to happen.
    position: i64,
    /// When it was learned.
    recorded_at: String,
    /// The events, in their order.
    events: Vec<AppendedEvent>,
}

/// An event by name.
#[derive(Debug, Serialize, ToSchema)]
struct AppendedEvent {
    /// The event.
    event_id: Uuid,
    /// Its place in the org's log.
    position: i64,
    /// What happened.
    r#type: String,
    /// The stream it happened to.
    subject: Uuid,
    /// Its place in that stream.
    sequence: i64,
}

/// What was appended, by name.
pub(crate) fn bare(outcome: &Outcome) -> Value {
    let events = outcome.events.iter().map(|event| AppendedEvent {
        event_id: event.event_id,
        position: event.position,
        r#type: event.name.to_string(),
        subject: event.aggregate_id,
        sequence: event.sequence,
    });
    json!(Appended {
        position: outcome.position,
        recorded_at: instant(outcome.recorded_at),
        events: events.collect(),
    })
}

/// What a dry run would have done.
async fn would_happen(state: &AppState, outcome: &Outcome) -> Result<HttpResponse, ApiError> {
    let preview = Preview::of(state, outcome).await?;
    let mut builder = HttpResponse::Ok();
    builder.insert_header((POSITION, outcome.position.to_string()));
    builder.insert_header((DRY_RUN, "true"));
    Ok(json_with(builder, &preview))
}

/// An instant on the wire: RFC 3339 in UTC.
pub(crate) fn instant(at: time::OffsetDateTime) -> String {
    let utc = at.to_offset(time::UtcOffset::UTC);
    utc.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

/// A rate as a JSON number (contract, "Rates stay numbers"). Six decimal places survive the way
/// through a double unharmed.
pub(crate) fn number(rate: &ledger::values::Rate) -> serde_json::Number {
    serde_json::from_str(&rate.to_string()).unwrap_or_else(|_| 0.into())
}

/// A view as JSON, for answers that are put together.
pub(crate) fn value(view: &impl Serialize) -> Result<Value, ApiError> {
    serde_json::to_value(view).map_err(|error| ApiError::failed(&error))
}
