//! Everything that can go wrong with a request.

use ledger::{
    Refusal, RefusalKind,
    store::{ExecuteError, StoreError, notary::NotaryError},
};
use serde_json::Value;
use uuid::Uuid;

use super::{Plain, Unfit};
use crate::body::FieldError;

/// Why a request was not answered as asked. What is inside of a failure goes to the log; the
/// caller gets a stable `code`.
#[derive(Debug, Clone)]
pub enum ApiError {
    /// The business said no.
    Refused {
        /// `<aggregate>.<reason>`
        code: &'static str,
        /// What kind of no.
        kind: RefusalKind,
        /// In words.
        detail: String,
        /// The figures behind it.
        figures: Value,
    },
    /// The command failed otherwise than by refusal.
    Execution(ExecuteError),
    /// The world broke; already described for the log.
    Failed(String),
    /// The database cannot be reached.
    Unavailable,
    /// Fields of the body are wrong; all of them are listed.
    InvalidBody(Vec<FieldError>),
    /// Query parameters are wrong; all of them are listed.
    InvalidQuery(Vec<FieldError>),
    /// A read model has not reached the position that was asked for.
    Behind {
        /// The position that was asked for.
        wanted: i64,
        /// Where it is.
        reached: i64,
    },
    /// An answer of the past that is being prepared: `202`, and where to look.
    Preparing(Uuid),
    /// Something that has one code and one sentence.
    Plain(Plain),
    /// The method is not served here.
    MethodNotAllowed {
        /// Those that are.
        allowed: String,
    },
    /// Too many requests.
    RateLimited {
        /// When to come back.
        retry_after_seconds: u64,
        /// `rate_limited` or `too_many_streams`.
        code: &'static str,
    },
    /// A header that cannot be used.
    BadHeader {
        /// Which.
        name: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// No signed checkpoint goes as far as what was asked about.
    NotSigned {
        /// What was asked about.
        asked: i64,
        /// How far checkpoints go.
        signed: i64,
    },
    /// The service is not ready; the checks that failed.
    NotReady(Vec<String>),
    /// One command of several that were to be carried out together or not at all.
    OfCommand {
        /// Its place, counted from 0.
        index: usize,
        /// Its name.
        name: &'static str,
        /// What was wrong with it.
        error: Box<ApiError>,
    },
}

impl ApiError {
    /// Wrong fields of something that stands within the body, named from the body's root.
    pub(crate) fn within(self, prefix: &str) -> Self {
        match self {
            Self::InvalidBody(mut errors) => {
                for error in &mut errors {
                    error.pointer.insert_str(0, prefix);
                }
                Self::InvalidBody(errors)
            }
            other => other,
        }
    }
}

impl ApiError {
    /// A failure of the world, described for the log only.
    pub fn failed(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            text.push_str(": ");
            text.push_str(&inner.to_string());
            cause = inner.source();
        }
        Self::Failed(text)
    }
}

impl From<ExecuteError> for ApiError {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Refused(refusal) => Self::refused(refusal.as_ref()),
            other => Self::Execution(other),
        }
    }
}

impl ApiError {
    /// A refusal, as its aggregate gave it.
    pub fn refused(refusal: &dyn Refusal) -> Self {
        if let Some(unfit) = Unfit::find(refusal) {
            return Self::InvalidBody(vec![unfit.0.clone()]);
        }
        Self::Refused {
            code: refusal.code(),
            kind: refusal.kind(),
            detail: refusal.to_string(),
            figures: refusal.details(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::Execution(ExecuteError::Store(error))
    }
}

impl From<NotaryError> for ApiError {
    fn from(error: NotaryError) -> Self {
        match error {
            NotaryError::Store(error) => error.into(),
            NotaryError::NotSigned { asked, signed } => Self::NotSigned { asked, signed },
            NotaryError::Unknown { .. } => Plain::NotFound.into(),
            NotaryError::Damaged { .. } | NotaryError::Checkpoint { .. } | NotaryError::Key(_) => {
                Self::failed(&error)
            }
        }
    }
}

impl From<Plain> for ApiError {
    fn from(plain: Plain) -> Self {
        Self::Plain(plain)
    }
}
