//! What happens before routing, and last of all.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Uri,
        header::{HeaderName, HeaderValue, LOCATION},
        uri::PathAndQuery,
    },
    middleware::Next,
    web::Data,
};
use ledger::traces::correlated;
use tracing::Instrument;
use uuid::Uuid;

use super::{
    cors,
    headers::secure,
    paths::canonical,
    trace::{self, Parent},
};
use crate::{
    error::{ApiError, Plain},
    resources::metrics::known,
    roles::Rule,
    state::AppState,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The rule of the route that matched; put there by the gate.
#[derive(Clone, Copy)]
pub(crate) struct Matched(pub(crate) &'static Rule);

/// The outermost middleware.
pub(crate) async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let parent = Parent::of(request.headers());
    let drawn = drawn();
    let id = request_id(&request).unwrap_or_else(|| drawn.to_string());
    // Whatever the request leads to bears it.
    let correlation_id = parent.map_or(drawn, |parent| parent.trace);
    let state = request.app_data::<Data<AppState>>().cloned();
    let method = known(request.method());
    let span = trace::span(method, correlation_id, parent);
    let origin = state.as_ref().and_then(|state| cors::origin(&state.doors, &request));
    let preflight = origin.is_some().then(|| cors::preflight(&request)).flatten();
    let at_once = preflight.or_else(|| moved(&request));
    let routed = rewrite(&mut request);
    let mut response = if let Some(answer) = at_once {
        request.into_response(answer).map_into_boxed_body()
    } else if routed {
        let answered = next.call(request).instrument(span.clone());
        match correlated(correlation_id, answered).await {
            Ok(response) => response.map_into_boxed_body(),
            Err(error) => return Err(error),
        }
    } else {
        let problem = ApiError::from(Plain::NotFound).error_response();
        request.into_response(problem).map_into_boxed_body()
    };
    secure(response.headers_mut());
    if let Some(origin) = origin {
        cors::open(response.headers_mut(), origin);
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    if let Some(state) = state {
        // The pattern, never the path: paths hold patients' ids.
        let matched = response.request().extensions().get::<Matched>().copied();
        let route = matched.map_or("unmatched", |Matched(rule)| rule.pattern);
        let (status, took) = (response.status(), began.elapsed());
        state.metrics.observe(method, route, status, took);
        trace::answered(&span, method, route, status.as_u16());
        tracing::debug!(
            http.method = method,
            http.route = route,
            http.status = status.as_u16(),
            duration_ms = took.as_secs_f64() * 1_000.0,
            request.id = id,
            trace.id = %correlation_id.simple(),
            "answered"
        );
    }
    Ok(response)
}

/// A path that ends in a slash is no other spelling of one that does not, but people type this one.
fn moved(request: &ServiceRequest) -> Option<HttpResponse> {
    let docs = matches!(request.path(), "/v1/docs/" | "/api/v1/docs/" | "/api/docs/");
    let read = matches!(request.method().as_str(), "GET" | "HEAD");
    (docs && read)
        .then(|| HttpResponse::PermanentRedirect().insert_header((LOCATION, "/v1/docs")).finish())
}

/// False where there is nothing by rule.
fn rewrite(request: &mut ServiceRequest) -> bool {
    let original = request.uri().clone();
    let Some(path) = canonical(original.path()) else { return false };
    if path != original.path() {
        let rewritten = match original.query() {
            Some(query) => format!("{path}?{query}"),
            None => path.into_owned(),
        };
        let Ok(path_and_query) = PathAndQuery::from_maybe_shared(rewritten) else { return false };
        let mut parts = original.clone().into_parts();
        parts.path_and_query = Some(path_and_query);
        let Ok(uri) = Uri::from_parts(parts) else { return false };
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
    true
}

/// The caller's id of the request, if it is a plain one.
fn request_id(request: &ServiceRequest) -> Option<String> {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    given.filter(plain).map(str::to_owned)
}

#[expect(clippy::disallowed_methods, reason = "a request's id is drawn at the edge")]
fn drawn() -> Uuid {
    Uuid::now_v7()
}
