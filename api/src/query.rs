//! A query as it arrives: parameters, and the position it must know about.

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::header::{ACCEPT, HeaderMap},
    web::Data,
};
use futures_util::future::LocalBoxFuture;
use time::Date;

use crate::{
    body::Params,
    credentials::Caller,
    edge::Matched,
    error::{ApiError, Plain},
    explaining::Instead,
    paging::NDJSON,
    past,
    state::AppState,
    when::{When, when},
};

/// What a query asks.
pub(crate) struct Asked {
    pub(crate) caller: Caller,
    pub(crate) params: Params,
    /// As of when.
    pub(crate) when: When,
    /// The business day it is about, where a route can tell of one.
    effective_on: Option<Date>,
    /// All of it as lines (NDJSON), where it is a list.
    pub(crate) lines: bool,
    /// The canonical path, for links and cursors.
    pub(crate) path: String,
    /// The query string, for links.
    pub(crate) query: String,
}

impl FromRequest for Asked {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { asked(&request).await })
    }
}

async fn asked(request: &HttpRequest) -> Result<Asked, ApiError> {
    let caller = request.extensions().get::<Caller>().copied().ok_or(Plain::Unauthorized)?;
    let matched = request.extensions().get::<Matched>().copied();
    let state = request.app_data::<Data<AppState>>().cloned();
    let (Some(Matched(rule)), Some(state)) = (matched, state) else {
        return Err(ApiError::Failed("the service has no state".to_owned()));
    };
    // What explains an answer asks for it with the answer's own path and query.
    let instead = request.extensions().get::<Instead>().cloned();
    let lines = instead.is_none() && wants_lines(request.headers());
    let own =
        || Instead { path: request.path().to_owned(), query: request.query_string().to_owned() };
    let Instead { path, query } = instead.unwrap_or_else(own);
    let mut params = Params::parse(&query);
    let when = when(&state, caller.org, rule, request.headers(), &mut params).await?;
    if let Some(as_of) = when.as_of {
        let asked = past::Asked { position: as_of.position, at: as_of.at };
        request.extensions_mut().insert(asked);
    }
    let effective_on = params.day(past::EFFECTIVE_ON);
    Ok(Asked { caller, params, when, effective_on, lines, path, query })
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
    /// A last business day: the one of this name, or `effective_on`, which says the same.
    pub(crate) fn last_day(&mut self, name: &str) -> Option<Date> {
        let named = self.params.day(name);
        if named.is_some() && self.effective_on.is_some() {
            let detail = format!("effective_on or {name}, not both");
            self.params.wrong(past::EFFECTIVE_ON, detail.into());
        }
        named.or(self.effective_on)
    }

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
