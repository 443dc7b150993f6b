//! What every problem keeps to.

use actix_web::{ResponseError, http::StatusCode};
use ledger::store::{ExecuteError, StoreError};
use uuid::Uuid;

use super::{ApiError, Plain};

/// All that says that something is not to be had for the moment.
fn unavailable() -> Vec<ApiError> {
    let lost = || StoreError::Connection { operation: "appending", reason: "gone".to_owned() };
    let of_command = ApiError::OfCommand {
        index: 1,
        name: "pay",
        error: Box::new(ExecuteError::Store(lost()).into()),
    };
    let mut all = vec![
        ExecuteError::Closed.into(),
        ExecuteError::Indeterminate { command_id: Uuid::nil() }.into(),
        ExecuteError::NeedsUpgrade.into(),
        ExecuteError::Store(lost()).into(),
        ApiError::Behind { wanted: 2, reached: 1 },
        ApiError::NotReady(vec!["the log is behind".to_owned()]),
        ApiError::Unavailable,
        of_command,
    ];
    let plain = Plain::ALL.iter().map(|plain| ApiError::from(*plain));
    all.extend(plain.filter(|plain| plain.status_code() == StatusCode::SERVICE_UNAVAILABLE));
    all
}

#[test]
fn whatever_is_unavailable_says_when_to_ask_again() {
    for problem in unavailable() {
        let answer = problem.error_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{problem:?}");
        let wait = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let wait = wait.and_then(|value| value.parse::<u64>().ok());
        assert!(wait.is_some_and(|seconds| (1..=60).contains(&seconds)), "{problem:?} {wait:?}");
        assert!(problem.is_retryable(), "{problem:?}");
    }
}

#[test]
fn what_is_wrong_for_good_is_not_to_be_asked_again() {
    for plain in Plain::ALL {
        let answer = ApiError::from(*plain).error_response();
        let waits = answer.headers().contains_key("retry-after");
        assert_eq!(waits, answer.status() == StatusCode::SERVICE_UNAVAILABLE, "{plain:?}");
    }
}
