//! A query as it arrives: parameters, and the position it must know about.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::header::{ACCEPT, HeaderMap},
};

use crate::{
    body::Params,
    credentials::Caller,
    error::{ApiError, Plain},
    order::min_position,
    paging::NDJSON,
};

/// What a query asks.
pub(crate) struct Asked {
    pub(crate) caller: Caller,
    pub(crate) params: Params,
    pub(crate) min_position: Option<i64>,
    /// All of it as lines (NDJSON), where it is a list.
    pub(crate) lines: bool,
    /// The canonical path, for links and cursors.
    pub(crate) path: String,
    /// The query string, for links.
    pub(crate) query: String,
}

impl FromRequest for Asked {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(asked(request))
    }
}

fn asked(request: &HttpRequest) -> Result<Asked, ApiError> {
    let caller = request.extensions().get::<Caller>().copied().ok_or(Plain::Unauthorized)?;
    Ok(Asked {
        caller,
        params: Params::parse(request.query_string()),
        min_position: min_position(request.headers())?,
        lines: wants_lines(request.headers()),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
    })
}

/// Whether the first media type that we know is that of lines.
pub(crate) fn wants_lines(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wanted = accept.split(',').map(|media| media.split(';').next().unwrap_or_default().trim());
    let known = ["application/json", "application/*", "*/*", NDJSON, "application/ndjson"];
    let first = wanted.into_iter().find(|media| known.contains(media));
    first.is_some_and(|media| media.ends_with("ndjson"))
}

impl Asked {
    /// The address of the next page: this one with another cursor.
    pub(crate) fn next_link(&self, cursor: &str) -> String {
        let kept = self
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && *pair != "cursor" && !pair.starts_with("cursor="));
        let cursor = format!("cursor={cursor}");
        let query: Vec<&str> = kept.chain([cursor.as_str()]).collect();
        format!("<{}?{}>; rel=\"next\"", self.path, query.join("&"))
    }
}
