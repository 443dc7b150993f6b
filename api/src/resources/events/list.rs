//! `GET /v1/events`

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{ACCEPT, LINK},
    web::Data,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{cloud_event::CloudEvent, filter::Filter, live, ndjson};
use crate::{
    answer::{POSITION, json_with},
    cursor::Question,
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// Events that one request looks at while filtering; then it answers what it has, with a cursor.
const LOOKED_AT: i64 = 20_000;
const CHUNK: i64 = 1_000;

/// How to choose events.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct EventParams {
    /// Stored names, separated by commas; `billing.invoice.*` is all of an aggregate.
    r#type: Option<String>,
    /// subscription, patient_activation, invoice or subject.
    aggregate: Option<String>,
    /// Id of one stream.
    aggregate_id: Option<uuid::Uuid>,
    /// Only after this position.
    after: Option<i64>,
    /// Only up to this position.
    until: Option<i64>,
    /// Only recorded at or after this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<String>,
    /// Only recorded before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<String>,
    /// Events of a page, 1 to 1000; 100 unless said otherwise. Pages only.
    limit: Option<i64>,
    /// Where the next page begins. Pages only.
    cursor: Option<String>,
}

/// A page of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventPage {
    /// The events, oldest first.
    events: Vec<CloudEvent>,
    /// For the next page; null at the end of the log as it is now.
    next_cursor: Option<String>,
}

/// How a reader wants it.
enum Form {
    Page,
    Lines,
    Live,
}

/// Lists the log, oldest first: a page (`application/json`), all of it
/// (`application/x-ndjson`), or what happens from now on (`text/event-stream`; goes on after
/// `Last-Event-ID`, or after `after`).
#[utoipa::path(get, path = "/v1/events", tag = "events", params(EventParams,
    ("Accept" = Option<String>, Header,
        description = "application/json, application/x-ndjson or text/event-stream"),
    ("Last-Event-ID" = Option<i64>, Header,
        description = "Position after which the live tail goes on"),
), responses(
    (status = 200, description = "Events as CloudEvents 1.0", content(
        (EventPage = "application/json"),
        (String = "application/x-ndjson"),
        (String = "text/event-stream"),
    )),
))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut filter = Filter::read(&mut asked.params);
    if let Some(at) = asked.when.position() {
        filter.until = Some(filter.until.map_or(at, |until| until.min(at)));
    }
    match form(&request)? {
        Form::Page => page(&state, asked, filter).await,
        Form::Lines => {
            std::mem::take(&mut asked.params).finish()?;
            ndjson::stream(state, asked, filter).await
        }
        // What happens from now on is not the past.
        Form::Live if asked.when.as_of.is_some() => Err(Plain::NotAsOf.into()),
        Form::Live => {
            asked.params.finish()?;
            let last = request.headers().get("last-event-id");
            live::stream(state, asked.caller, filter, live::resume_after(last)?).await
        }
    }
}

fn form(request: &HttpRequest) -> Result<Form, ApiError> {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    let wanted = accept.unwrap_or("*/*").split(',');
    for media in wanted.map(|media| media.split(';').next().unwrap_or_default().trim()) {
        match media {
            "application/json" | "*/*" | "application/*" => return Ok(Form::Page),
            "application/x-ndjson" | "application/ndjson" => return Ok(Form::Lines),
            "text/event-stream" => return Ok(Form::Live),
            _ => {}
        }
    }
    Err(Plain::NotAcceptable.into())
}

async fn page(
    state: &AppState,
    mut asked: Asked,
    filter: Filter,
) -> Result<HttpResponse, ApiError> {
    let limit = asked.params.integer("limit", 100, 1, 1_000);
    let cursor = asked.params.text("cursor");
    std::mem::take(&mut asked.params).finish()?;
    let org = asked.caller.org;
    let question = Question::new(org, "events", &filter);
    let names = state.ledger.names();
    let mut after: i64 = match &cursor {
        Some(cursor) => question.place(names, cursor)?,
        None => filter.start(&state.ledger, org).await?,
    };
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut events, mut looked_at, mut more) = (Vec::new(), 0, true);
    while more && looked_at < LOOKED_AT && events.len() < most {
        let chunk = state.ledger.read(org, after, CHUNK.min(limit.max(100))).await?;
        more = !chunk.is_empty();
        for event in chunk {
            if filter.is_past(&event) {
                more = false;
                break;
            }
            (after, looked_at) = (event.position, looked_at + 1);
            if filter.matches(&event) {
                events.push(CloudEvent::try_from(event)?);
                if events.len() == most {
                    break;
                }
            }
        }
    }
    let next_cursor = if more { Some(question.cursor(names, &after)?) } else { None };
    let mut response = HttpResponse::Ok();
    let position = asked.when.position().unwrap_or(after);
    response.insert_header((POSITION, position.to_string()));
    if let Some(cursor) = &next_cursor {
        response.insert_header((LINK, asked.next_link(cursor)));
    }
    Ok(json_with(response, &EventPage { events, next_cursor }))
}
