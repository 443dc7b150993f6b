//! Which routes answer of the past: those that answer from the log, and no others. What cannot be
//! answered is refused; nothing is ever answered silently with now.
//!
//! The gate refuses by the tables here, and it checks every answer: one that does not carry the
//! position that was asked for is not given out.

use actix_web::{
    HttpMessage, ResponseError,
    body::BoxBody,
    dev::ServiceResponse,
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue},
    },
};
use time::OffsetDateTime;

use crate::{
    answer::{POSITION, instant},
    body::Params,
    error::{ApiError, Plain},
    roles::{Kind, Rule},
    when,
};

const AS_OF_HEADER: HeaderName = HeaderName::from_static("daybook-as-of");

/// The parameter that names a business day.
pub(crate) const EFFECTIVE_ON: &str = "effective_on";

/// Routes whose answers add up by business day, so that they can be told as of one.
const BY_DAY: [&str; 9] = [
    "/v1/admin/journal/entries",
    "/v1/admin/journal/ledger",
    "/v1/admin/journal/trial-balance",
    "/v1/admin/reports/ageing",
    "/v1/admin/reports/ageing/invoices",
    "/v1/admin/reports/cash",
    "/v1/admin/reports/gst",
    "/v1/admin/reports/pnl",
    "/v1/admin/reports/revenue",
];

/// Routes that read a snapshot, but of something that is not in the log.
const NOT_OF_THE_LOG: [&str; 1] = ["/v1/admin/finance/reconcile/stripe-events"];

/// Routes that read the log itself.
const THE_LOG: [&str; 2] = ["/v1/events", "/v1/events/{position}"];

/// Routes where `as_of` may be a business day.
const DAYS: [&str; 2] = ["/v1/admin/reports/ageing", "/v1/admin/reports/ageing/invoices"];

/// What a bare day looks like.
const DAY: &str = "2026-03-31";

/// Whether a route can be asked as of a position.
pub fn has_past(rule: &Rule) -> bool {
    let of_the_log = rule.kind == Kind::Query && !NOT_OF_THE_LOG.contains(&rule.pattern);
    rule.method == "GET" && (of_the_log || THE_LOG.contains(&rule.pattern))
}

/// Whether a route can be asked about a business day.
pub fn is_bitemporal(rule: &Rule) -> bool {
    rule.method == "GET" && BY_DAY.contains(&thing(rule))
}

/// What explains a figure knows the days that its answer knows.
fn thing(rule: &Rule) -> &'static str {
    rule.pattern.strip_suffix("/explain").unwrap_or(rule.pattern)
}

/// Whether `as_of` is a bare day, and the route's own.
pub(crate) fn is_day(rule: &Rule, params: &Params) -> bool {
    let is_bare = params.peek(when::AS_OF).is_some_and(|text| text.len() == DAY.len());
    is_bare && DAYS.contains(&thing(rule))
}

/// Refuses questions that a route cannot answer; whether this one is about the past.
pub(crate) fn admit(rule: &Rule, query: &str) -> Result<bool, ApiError> {
    if rule.method != "GET" {
        return Ok(false);
    }
    let params = Params::parse(query);
    let said = |name| params.peek(name).is_some_and(|text| !text.is_empty());
    if said(EFFECTIVE_ON) && !is_bitemporal(rule) {
        return Err(Plain::NotBitemporal.into());
    }
    let past = said(when::AS_OF_POSITION) || (said(when::AS_OF) && !is_day(rule, &params));
    if past && !has_past(rule) {
        return Err(Plain::NotAsOf.into());
    }
    Ok(past)
}

/// The place in the past that a request turned out to ask for; put there by the extractor.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) position: i64,
    pub(crate) at: OffsetDateTime,
}

/// Says on an answer of the past that it is one. An answer that does not carry the position was
/// not made of the past, whatever the tables say, and is kept back.
pub(crate) fn vouch(mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_success() || status == StatusCode::ACCEPTED {
        return response;
    }
    let asked = response.request().extensions().get::<Asked>().copied();
    let said = response.headers().get(POSITION).and_then(|value| value.to_str().ok());
    let said = said.and_then(|said| said.parse::<i64>().ok());
    match asked.filter(|asked| said == Some(asked.position)) {
        Some(asked) => {
            if let Ok(value) = HeaderValue::from_str(&instant(asked.at)) {
                response.headers_mut().insert(AS_OF_HEADER, value);
            }
            response
        }
        None => response.into_response(ApiError::from(Plain::NotAsOf).error_response()),
    }
}
