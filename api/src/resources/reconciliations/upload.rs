//! A statement as it is uploaded.

use std::{borrow::Cow, sync::Arc};

use actix_web::{HttpRequest, dev::Payload, http::header::CONTENT_TYPE, web::Bytes};
use ledger::{
    ports::statements::{BadLine, StatementError, StatementReader},
    reconciliation::Statement,
};

use crate::{
    body::FieldError,
    error::{ApiError, Plain},
    order::read_body,
    state::AppState,
};

/// CSV, or a list in JSON; a file that says nothing of itself is looked at.
const TYPES: [&str; 4] =
    ["text/csv", "application/csv", "application/json", "application/octet-stream"];

/// The whole file, if it is not too large.
pub(super) async fn file(
    state: &AppState,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Bytes, ApiError> {
    let given = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = given.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let bytes = read_body(payload, state.limits.statement_bytes).await?;
    if !TYPES.iter().any(|known| known.eq_ignore_ascii_case(essence)) {
        return Err(Plain::UnsupportedMediaType.into());
    }
    Ok(bytes)
}

/// Reads it beside the threads that answer.
pub(super) async fn read(
    reader: Arc<dyn StatementReader>,
    bytes: Bytes,
) -> Result<Statement, ApiError> {
    let read = move || reader.read(&mut bytes.as_ref(), &mut |_| {});
    let read = tokio::task::spawn_blocking(read).await;
    read.map_err(|error| ApiError::failed(&error))?.map_err(refused)
}

/// Every bad line that is told stands in `errors`, as `/<line>/<column>`.
fn refused(error: StatementError) -> ApiError {
    let whole = |detail: String| {
        let detail = Cow::Owned(detail);
        ApiError::InvalidBody(vec![FieldError { pointer: String::new(), code: "invalid", detail }])
    };
    match error {
        StatementError::Lines { total, told } => {
            let mut errors: Vec<FieldError> = told.iter().map(bad_line).collect();
            let left =
                total.saturating_sub(told.iter().map(|bad| bad.line).fold((0, 0), distinct).1);
            if left > 0 {
                let detail = Cow::Owned(format!("and {left} lines more"));
                errors.push(FieldError { pointer: String::new(), code: "invalid", detail });
            }
            ApiError::InvalidBody(errors)
        }
        StatementError::TooLarge { .. } => Plain::TooLarge.into(),
        error @ (StatementError::Io(_)
        | StatementError::Empty
        | StatementError::Form(_)
        | StatementError::Columns(_)) => whole(error.to_string()),
    }
}

/// Counts lines that differ from the one before.
fn distinct((last, count): (u64, u64), line: u64) -> (u64, u64) {
    (line, if line == last { count } else { count + 1 })
}

fn bad_line(bad: &BadLine) -> FieldError {
    let column = bad
        .column
        .as_deref()
        .map(|column| format!("/{}", column.replace('~', "~0").replace('/', "~1")));
    FieldError {
        pointer: format!("/{}{}", bad.line, column.unwrap_or_default()),
        code: "invalid",
        detail: Cow::Owned(format!("line {}: {}", bad.line, bad.problem)),
    }
}
