//! As of when a question is asked: now, after a position that must be known, or at one of the
//! past (contract B.2).

use actix_web::http::header::HeaderMap;
use ledger::values::OrgId;
use projections::engine::Streams;
use time::OffsetDateTime;

use crate::{
    body::{FieldError, Params},
    error::{ApiError, Plain},
    order::min_position,
    past,
    roles::Rule,
    state::AppState,
};

/// The parameter that names a position.
pub(crate) const AS_OF_POSITION: &str = "as_of_position";
/// The parameter that names an instant.
pub(crate) const AS_OF: &str = "as_of";

/// A place in the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AsOf {
    /// The last event that counts.
    pub(crate) position: i64,
    /// The instant that was asked for, else when that event was recorded: what "today" was.
    pub(crate) at: OffsetDateTime,
}

/// As of when a question is asked.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct When {
    /// A position that must be known (`Daybook-Min-Position`).
    pub(crate) min_position: Option<i64>,
    /// The past, if that is asked.
    pub(crate) as_of: Option<AsOf>,
    /// The streams that make the answer, where it is about one subject.
    pub(crate) of: Option<Streams>,
}

/// Now, once a position is known.
impl From<Option<i64>> for When {
    fn from(min_position: Option<i64>) -> Self {
        Self { min_position, as_of: None, of: None }
    }
}

impl When {
    /// A question about one subject, whose rows come from these streams and no others.
    pub(crate) fn of(self, streams: Streams) -> Self {
        Self { of: Some(streams), ..self }
    }

    /// Once this position is known, too.
    pub(crate) fn knowing(self, position: Option<i64>) -> Self {
        Self { min_position: self.min_position.max(position), ..self }
    }

    /// The position of the past that is asked for.
    pub(crate) fn position(&self) -> Option<i64> {
        self.as_of.map(|as_of| as_of.position)
    }
}

/// Reads the headers and takes the parameters out of those that the route has yet to read.
///
/// `as_of` means the last position recorded at or before the instant. Where a route has a
/// business day of that name, a bare day stays for the route.
pub(crate) async fn when(
    state: &AppState,
    org: OrgId,
    rule: &Rule,
    headers: &HeaderMap,
    params: &mut Params,
) -> Result<When, ApiError> {
    let min_position = min_position(headers)?;
    let as_of = as_of(state, org, rule, params).await?;
    match (min_position, as_of) {
        (Some(wanted), Some(as_of)) if wanted > as_of.position => Err(Plain::AfterAsOf.into()),
        _ => Ok(When { min_position, as_of, of: None }),
    }
}

async fn as_of(
    state: &AppState,
    org: OrgId,
    rule: &Rule,
    params: &mut Params,
) -> Result<Option<AsOf>, ApiError> {
    let position = params.text(AS_OF_POSITION);
    let instant = if past::is_day(rule, params) { None } else { params.text(AS_OF) };
    match (position, instant) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(wrong(AS_OF, "as_of or as_of_position, not both")),
        (Some(text), None) => {
            let expected = || wrong(AS_OF_POSITION, "a position, 0 or above, is expected");
            let position = text.parse::<i64>().ok().filter(|position| *position >= 0);
            of_position(state, org, position.ok_or_else(expected)?).await.map(Some)
        }
        (None, Some(text)) => {
            let format = &time::format_description::well_known::Rfc3339;
            let expected = || wrong(AS_OF, "an instant is expected, such as 2026-03-31T21:59:59Z");
            let at = OffsetDateTime::parse(&text, format).map_err(|_| expected())?;
            // Nobody knows yet what will be recorded until then.
            if at > state.ledger.clock().now() {
                return Err(Plain::InFuture.into());
            }
            let position = state.ledger.recorded_by(org, at).await?;
            Ok(Some(AsOf { position, at }))
        }
    }
}

async fn of_position(state: &AppState, org: OrgId, position: i64) -> Result<AsOf, ApiError> {
    if position == 0 {
        return Ok(AsOf { position, at: OffsetDateTime::UNIX_EPOCH });
    }
    let at = state.ledger.recorded_at(org, position).await?.ok_or(Plain::BeyondLog)?;
    Ok(AsOf { position, at })
}

fn wrong(name: &str, detail: &'static str) -> ApiError {
    let pointer = name.to_owned();
    ApiError::InvalidQuery(vec![FieldError { pointer, code: "invalid", detail: detail.into() }])
}
