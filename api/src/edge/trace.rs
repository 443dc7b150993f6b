//! A request's place in a trace (W3C Trace Context), and the span under which it is told.

use actix_web::http::header::{HeaderMap, HeaderName};
use ledger::traces::{TARGET, trace_id};
use tracing::{Span, field::Empty};
use uuid::Uuid;

const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");

/// A caller's span in a caller's trace. Whether the caller tells of it is nothing to us: what
/// follows from a request is told by its trace's id, or not, on every node alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parent {
    /// The trace's id. It becomes the correlation id of whatever the request leads to.
    pub(super) trace: Uuid,
    span: u64,
}

impl Parent {
    /// What `traceparent` says, if it says it well; anything else counts as not said.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        parse(headers.get(TRACE_PARENT)?.to_str().ok()?)
    }
}

fn parse(text: &str) -> Option<Parent> {
    let mut parts = text.split('-');
    let (version, trace, span, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let lower = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    // A version to come may say more after the four; this one may not.
    let known = version != "ff" && (version != "00" || parts.next().is_none());
    let well = lower(version, 2) && lower(trace, 32) && lower(span, 16) && lower(flags, 2);
    let trace = u128::from_str_radix(trace, 16).ok().filter(|trace| *trace != 0)?;
    let span = u64::from_str_radix(span, 16).ok().filter(|span| *span != 0)?;
    (known && well).then_some(Parent { trace: Uuid::from_u128(trace), span })
}

/// The span of a request. It learns its route when it is answered: the pattern, never the path.
pub(super) fn span(method: &'static str, correlation_id: Uuid, parent: Option<Parent>) -> Span {
    tracing::info_span!(
        target: TARGET,
        "request",
        otel.kind = "server",
        otel.name = Empty,
        otel.failed = Empty,
        trace.id = trace_id(correlation_id),
        parent.id = parent.map(|parent| parent.span),
        http.request.method = method,
        http.route = Empty,
        http.response.status_code = Empty,
    )
}

/// How it was answered.
pub(super) fn answered(span: &Span, method: &str, route: &str, status: u16) {
    if span.is_disabled() {
        return;
    }
    span.record("otel.name", format!("{method} {route}"));
    span.record("http.route", route);
    span.record("http.response.status_code", status);
    if status >= 500 {
        span.record("otel.failed", true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_callers_trace_is_taken_over() {
        let parent = parse(GOOD).unwrap();
        assert_eq!(parent.trace, Uuid::from_u128(0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c));
        assert_eq!(parent.span, 0xb7ad_6b71_6920_3331);
        let later = GOOD.replacen("00", "cc", 1) + "-what-comes-later";
        assert_eq!(parse(&later), Some(parent));
    }

    #[test]
    fn what_is_not_well_said_counts_as_not_said() {
        for bad in [
            String::new(),
            GOOD.to_uppercase(),
            GOOD.replacen("00", "ff", 1),
            format!("{GOOD}-more"),
            GOOD[..54].to_owned(),
            GOOD.replace("b7ad6b7169203331", "0000000000000000"),
            GOOD.replace("0af7651916cd43dd8448eb211c80319c", &"0".repeat(32)),
            GOOD.replace("0af7", "+af7"),
        ] {
            assert_eq!(parse(&bad), None, "{bad}");
        }
    }
}
