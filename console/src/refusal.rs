//! What goes wrong, as a page.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use askama::Template;
use serde::Deserialize;

use crate::{ROOT, page::html, show::escaped};

/// A problem as the API says it (RFC 9457).
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Problem {
    #[serde(default)]
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) detail: String,
    #[serde(default)]
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) errors: Vec<serde_json::Value>,
}

impl Problem {
    /// What was wrong with the fields, one line each.
    pub(crate) fn fields(&self) -> Vec<String> {
        let text = |value: &serde_json::Value, name: &str| {
            value.get(name).and_then(|text| text.as_str()).unwrap_or_default().to_owned()
        };
        let line = |error: &serde_json::Value| match error.as_str() {
            Some(line) => line.to_owned(),
            None => format!("{}: {}", text(error, "pointer"), text(error, "detail")),
        };
        self.errors.iter().map(line).collect()
    }
}

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Nobody is signed in, or no longer; afterwards they want to be here.
    SignIn { then: String },
    /// The API said no.
    Said { status: StatusCode, problem: Problem },
    /// There was no such thing then; there may be one now, and this is its page.
    NotYet { now: String },
    /// The answer about the past is being made; look again in a moment.
    Preparing,
    /// A form that another site sent.
    CrossSite,
    /// It broke; the log says how.
    Failed,
}

impl Refusal {
    /// Broke for this reason, which is for the log alone.
    pub(crate) fn failed(error: &dyn fmt::Display) -> Self {
        tracing::error!(%error, "a page of the console failed");
        Self::Failed
    }

    /// There is no such thing.
    pub(crate) fn not_found() -> Self {
        let detail = "there is nothing here".to_owned();
        let problem = Problem { title: "Not found".to_owned(), detail, ..Problem::default() };
        Self::Said { status: StatusCode::NOT_FOUND, problem }
    }

    /// What was asked for cannot be.
    pub(crate) fn bad(detail: &str) -> Self {
        let title = "That cannot be asked".to_owned();
        let problem = Problem { title, detail: detail.to_owned(), ..Problem::default() };
        Self::Said { status: StatusCode::BAD_REQUEST, problem }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn { .. } => formatter.write_str("nobody is signed in"),
            Self::Said { problem, .. } => formatter.write_str(&problem.detail),
            Self::NotYet { .. } => formatter.write_str("there was no such thing at that moment"),
            Self::Preparing => formatter.write_str("the answer is being made"),
            Self::CrossSite => formatter.write_str("another site sent this form"),
            Self::Failed => formatter.write_str("it broke"),
        }
    }
}

#[derive(Template)]
#[template(path = "refused.html")]
struct Refused<'a> {
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    fields: Vec<String>,
    again: bool,
    now: Option<&'a str>,
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::Said { status, .. } => *status,
            Self::NotYet { .. } => StatusCode::NOT_FOUND,
            Self::Preparing => StatusCode::ACCEPTED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let problem = match self {
            Self::SignIn { then } => {
                let place = format!("{ROOT}/sign-in?then={}", escaped(then));
                return HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish();
            }
            Self::Said { problem, .. } => problem.clone(),
            Self::NotYet { .. } => said(
                "Not yet, at that moment",
                "nothing was known of it at the position or time that is asked for",
            ),
            Self::Preparing => {
                said("One moment", "the past is being worked out; this page looks again by itself")
            }
            Self::CrossSite => said(
                "Not from here",
                "this form was sent by another site; open the page here and send it again",
            ),
            Self::Failed => said(
                "Something broke",
                "the page could not be made; nothing was changed by looking",
            ),
        };
        let page = Refused {
            title: &problem.title,
            status: status.as_u16(),
            detail: &problem.detail,
            code: &problem.code,
            fields: problem.fields(),
            again: matches!(self, Self::Preparing),
            now: match self {
                Self::NotYet { now } => Some(now),
                _ => None,
            },
        };
        let mut response = html(&page);
        *response.status_mut() = status;
        response
    }
}

fn said(title: &str, detail: &str) -> Problem {
    Problem { title: title.to_owned(), detail: detail.to_owned(), ..Problem::default() }
}

/// No page has this address.
pub(crate) async fn nothing_here() -> Result<HttpResponse, Refusal> {
    Err(Refusal::not_found())
}
