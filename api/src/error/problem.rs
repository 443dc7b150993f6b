//! The problem as it goes out.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use ledger::store::ExecuteError;
use serde_json::{Value, json};

use super::{ApiError, Plain};
use crate::body::FieldError;

/// The media type of every error.
pub const PROBLEM_JSON: &str = "application/problem+json";

impl ApiError {
    /// The problem as JSON.
    pub fn body(&self) -> Value {
        let status = self.status_code();
        let mut problem = json!({
            "type": format!("urn:daybook:problem:{}", self.code()),
            "title": status.canonical_reason().unwrap_or("Problem"),
            "status": status.as_u16(),
            "code": self.code(),
            "detail": self.to_string(),
            "retryable": self.is_retryable(),
        });
        match self {
            Self::InvalidBody(errors) | Self::InvalidQuery(errors) => {
                problem["errors"] = errors.iter().map(FieldError::to_json).collect();
            }
            Self::Refused { figures, .. } if !figures.is_null() => {
                problem["figures"] = figures.clone();
            }
            Self::Behind { wanted, reached } => {
                problem["figures"] = json!({"wanted": wanted, "reached": reached});
            }
            Self::Execution(ExecuteError::VersionMismatch { expected, actual }) => {
                problem["figures"] = json!({"expected": expected, "actual": actual});
            }
            Self::Execution(ExecuteError::Indeterminate { command_id }) => {
                problem["figures"] = json!({"command_id": command_id});
            }
            Self::NotSigned { asked, signed } => {
                problem["figures"] = json!({"asked": asked, "signed": signed});
            }
            Self::NotReady(checks) => problem["errors"] = json!(checks),
            Self::OfCommand { index, name, error } => {
                problem = error.body();
                problem["failed_command"] = json!({"index": index, "command": name});
            }
            _ => {}
        }
        problem
    }

    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after_seconds, .. } => Some(*retry_after_seconds),
            Self::Execution(ExecuteError::Busy { retry_after_seconds }) => {
                Some(u64::from(*retry_after_seconds))
            }
            Self::Execution(ExecuteError::Conflict) | Self::Behind { .. } | Self::Preparing(_) => {
                Some(1)
            }
            Self::Execution(ExecuteError::NeedsUpgrade) => Some(30),
            Self::OfCommand { error, .. } => error.retry_after(),
            // Long enough for a database to come back, short enough for people who wait.
            _ => (self.status() == StatusCode::SERVICE_UNAVAILABLE).then_some(2),
        }
    }
}

/// The sentence for the caller: never what is inside of a failure.
impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { detail, .. } => formatter.write_str(detail),
            Self::Execution(ExecuteError::Store(_)) | Self::Unavailable => {
                formatter.write_str("the service cannot reach its database")
            }
            Self::Execution(error) => error.fmt(formatter),
            Self::Failed(_) => formatter.write_str("something broke; it is in our log"),
            Self::InvalidBody(errors) if errors.len() == 1 => {
                formatter.write_str("1 field is wrong")
            }
            Self::InvalidBody(errors) => write!(formatter, "{} fields are wrong", errors.len()),
            Self::InvalidQuery(errors) => {
                write!(formatter, "{} parameters are wrong", errors.len())
            }
            Self::Behind { wanted, reached } => {
                write!(formatter, "position {wanted} asked, the read model is at {reached}")
            }
            Self::Preparing(_) => formatter.write_str("the answer is being prepared"),
            Self::Plain(plain) => formatter.write_str(plain.parts().2),
            Self::MethodNotAllowed { allowed } => write!(formatter, "served here: {allowed}"),
            Self::RateLimited { retry_after_seconds, .. } => {
                write!(formatter, "too many requests; try again in {retry_after_seconds} s")
            }
            Self::BadHeader { name, expected } => write!(formatter, "{name}: {expected}"),
            Self::NotSigned { asked, signed } => {
                write!(formatter, "position {asked} asked, checkpoints are signed up to {signed}")
            }
            Self::NotReady(checks) => formatter.write_str(&checks.join("; ")),
            Self::OfCommand { error, .. } => error.fmt(formatter),
        }
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        self.log();
        let mut response = HttpResponse::build(self.status_code());
        response.content_type(PROBLEM_JSON);
        if let Some(seconds) = self.retry_after() {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if let Self::Preparing(id) = self {
            let href = format!("/v1/answers/{id}");
            response.content_type("application/json");
            response.insert_header((header::LOCATION, href.as_str()));
            return response.json(json!({"answer_id": id, "state": "filling", "href": href}));
        }
        if let Self::MethodNotAllowed { allowed } = self {
            response.insert_header((header::ALLOW, allowed.as_str()));
        }
        if matches!(self, Self::Plain(Plain::Unauthorized)) {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"daybook\""));
        }
        response.body(self.body().to_string())
    }
}

impl ApiError {
    /// Failures are logged here, where they stop; refusals are the caller's business.
    pub(crate) fn log(&self) {
        match self {
            Self::OfCommand { error, .. } => error.log(),
            Self::Failed(inside) => tracing::error!(error = %inside, "a request failed"),
            Self::Execution(ExecuteError::Store(error)) => {
                tracing::error!(error = %Chain(error), "the store failed");
            }
            Self::Execution(
                error @ (ExecuteError::Panicked | ExecuteError::Indeterminate { .. }),
            ) => tracing::error!(%error, "a command failed"),
            _ => {}
        }
    }
}

/// An error with its causes.
struct Chain<'a>(&'a dyn std::error::Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(inner) = cause {
            write!(formatter, ": {inner}")?;
            cause = inner.source();
        }
        Ok(())
    }
}
