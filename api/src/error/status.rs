//! Codes and statuses.

use actix_web::http::StatusCode;
use ledger::{RefusalKind, store::ExecuteError};

use super::{ApiError, Plain};

impl ApiError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused { code, .. } | Self::RateLimited { code, .. } => code,
            Self::Execution(error) => execution_code(error),
            Self::Failed(_) => "internal",
            Self::Unavailable => "unavailable",
            Self::InvalidBody(_) => "invalid_body",
            Self::InvalidQuery(_) => "invalid_query",
            Self::Behind { .. } => "projection_behind",
            Self::Preparing(_) => "preparing",
            Self::Plain(plain) => plain.parts().1,
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::BadHeader { .. } => "invalid_header",
            Self::NotReady(_) => "not_ready",
            Self::NotSigned { .. } => "not_signed",
            Self::OfCommand { error, .. } => error.code(),
        }
    }

    /// Whether the same request may work later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Execution(error) => match error {
                ExecuteError::Conflict
                | ExecuteError::Busy { .. }
                | ExecuteError::NeedsUpgrade
                | ExecuteError::Indeterminate { .. }
                | ExecuteError::Closed
                | ExecuteError::Store(_) => true,
                ExecuteError::Refused(_)
                | ExecuteError::VersionMismatch { .. }
                | ExecuteError::KeyReused
                | ExecuteError::UnknownOrg
                | ExecuteError::Panicked => false,
            },
            Self::Unavailable
            | Self::Behind { .. }
            | Self::Preparing(_)
            | Self::RateLimited { .. }
            | Self::NotSigned { .. }
            | Self::NotReady(_) => true,
            Self::Plain(plain) => {
                matches!(plain, Plain::TimedOut | Plain::BodyIncomplete | Plain::WebhookOrgUnknown)
            }
            Self::OfCommand { error, .. } => error.is_retryable(),
            Self::Refused { .. }
            | Self::Failed(_)
            | Self::InvalidBody(_)
            | Self::InvalidQuery(_)
            | Self::MethodNotAllowed { .. }
            | Self::BadHeader { .. } => false,
        }
    }
}

impl ApiError {
    /// Whether what was asked for is there and cannot be seen at the moment: whoever has done
    /// something must not be told that it failed because its result cannot be read.
    pub(crate) fn is_out_of_sight(&self) -> bool {
        match self {
            Self::Behind { .. } | Self::Unavailable | Self::Failed(_) => true,
            Self::Execution(error) => {
                matches!(error, ExecuteError::Store(_) | ExecuteError::NeedsUpgrade)
            }
            _ => false,
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Refused { kind, .. } => refusal_status(*kind),
            Self::Execution(error) => execution_status(error),
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::InvalidBody(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::InvalidQuery(_) | Self::BadHeader { .. } => StatusCode::BAD_REQUEST,
            Self::Unavailable | Self::Behind { .. } | Self::NotReady(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Preparing(_) => StatusCode::ACCEPTED,
            Self::Plain(plain) => plain.parts().0,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NotSigned { .. } => StatusCode::CONFLICT,
            Self::OfCommand { error, .. } => error.status(),
        }
    }
}

fn execution_code(error: &ExecuteError) -> &'static str {
    match error {
        ExecuteError::Refused(refusal) => refusal.code(),
        ExecuteError::VersionMismatch { .. } => "version_mismatch",
        ExecuteError::Conflict => "conflict",
        ExecuteError::KeyReused => "idempotency_key_reused",
        ExecuteError::UnknownOrg => "org_unknown",
        ExecuteError::Busy { .. } => "busy",
        ExecuteError::NeedsUpgrade => "needs_upgrade",
        ExecuteError::Indeterminate { .. } => "commit_indeterminate",
        ExecuteError::Panicked => "internal",
        ExecuteError::Closed | ExecuteError::Store(_) => "unavailable",
    }
}

fn execution_status(error: &ExecuteError) -> StatusCode {
    match error {
        ExecuteError::Refused(refusal) => refusal_status(refusal.kind()),
        ExecuteError::VersionMismatch { .. } => StatusCode::PRECONDITION_FAILED,
        ExecuteError::Conflict => StatusCode::CONFLICT,
        ExecuteError::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ExecuteError::UnknownOrg => StatusCode::NOT_FOUND,
        ExecuteError::Busy { .. } => StatusCode::TOO_MANY_REQUESTS,
        ExecuteError::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        ExecuteError::NeedsUpgrade
        | ExecuteError::Indeterminate { .. }
        | ExecuteError::Closed
        | ExecuteError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn refusal_status(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Unknown => StatusCode::NOT_FOUND,
        RefusalKind::Invalid | RefusalKind::NotNow => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalKind::Conflict => StatusCode::CONFLICT,
        RefusalKind::NotAllowed => StatusCode::FORBIDDEN,
    }
}
