//! Pages of other origins, which a browser only lets through when we say so.

use actix_web::{
    HttpResponse,
    dev::ServiceRequest,
    http::{
        Method,
        header::{self, HeaderMap, HeaderValue},
    },
};

use crate::doors::Doors;

/// What pages may send.
const SENT: &str = "authorization, content-type, daybook-min-position, daybook-wait, if-match, \
                    if-none-match, idempotency-key, last-event-id, x-api-key, x-request-id";

/// What pages may read.
const READ: &str = "daybook-dry-run, daybook-position, daybook-reached, daybook-settled, etag, \
                    idempotency-replayed, location, retry-after, x-request-id";

/// The origin that the request names, if we open to it.
pub(super) fn origin(doors: &Doors, request: &ServiceRequest) -> Option<HeaderValue> {
    let given = request.headers().get(header::ORIGIN)?;
    doors.opens_to(given.to_str().ok()?).then(|| given.clone())
}

/// The answer to a browser that asks before it asks.
pub(super) fn preflight(request: &ServiceRequest) -> Option<HttpResponse> {
    let asks = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if request.method() != Method::OPTIONS || !asks {
        return None;
    }
    let mut answer = HttpResponse::NoContent();
    answer
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, SENT))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "600"));
    Some(answer.finish())
}

/// Says that pages of this origin may read the answer. No cookies are meant: keys come in headers.
pub(super) fn open(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
    headers.append(header::VARY, HeaderValue::from_static("origin"));
}
