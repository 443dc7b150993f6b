//! What became of a message.

use serde::Serialize;
use serde_json::{Value, value::RawValue};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{message::attributes, take::Taken};
use crate::error::{ApiError, Plain};

/// What became of one event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerdictView {
    /// Its place in the request, from 0.
    index: usize,
    /// Its id, as sent.
    id: Value,
    /// Its source, as sent.
    source: Value,
    /// `accepted`; `duplicate`: it was taken before and changed nothing; `refused`: it will be
    /// refused again; `failed`: send it again later.
    verdict: &'static str,
    /// Its place in the org's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<i64>,
    /// Our id of the thing it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_id: Option<Uuid>,
    /// `first`, `correction`, or `superseded`: something said later is known, it has no effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<&'static str>,
    /// Whether the month it is about had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<bool>,
    /// Why not: a stable code.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// Why not, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Whether the same event may be taken later.
    #[serde(skip_serializing_if = "Option::is_none")]
    retryable: Option<bool>,
    /// Every wrong field, by JSON pointer into the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    errors: Option<Value>,
    /// The figures behind a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    figures: Option<Value>,
}

/// What became of the events, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceivedView {
    /// New ones.
    accepted: usize,
    /// Those that were here already.
    duplicates: usize,
    /// Those that cannot be taken.
    refused: usize,
    /// Those that could not be taken now.
    failed: usize,
    /// One verdict each.
    events: Vec<VerdictView>,
}

impl ReceivedView {
    pub(super) fn of(events: Vec<VerdictView>) -> Self {
        let count = |verdict: &str| events.iter().filter(|event| event.verdict == verdict).count();
        Self {
            accepted: count("accepted"),
            duplicates: count("duplicate"),
            refused: count("refused"),
            failed: count("failed"),
            events,
        }
    }

    /// Whether every event is in the log.
    pub(super) fn is_whole(&self) -> bool {
        self.refused + self.failed == 0
    }

    /// The last place in the log that it speaks of.
    pub(super) fn position(&self) -> Option<i64> {
        self.events.iter().filter_map(|event| event.position).max()
    }
}

impl VerdictView {
    pub(super) fn of(
        index: usize,
        pointer: &str,
        raw: &RawValue,
        outcome: &Result<Taken, ApiError>,
    ) -> Self {
        let sent = attributes(raw);
        let echoed = |name: &str| {
            let text: Option<String> = serde_json::from_str(sent.get(name)?.get()).ok();
            text.map(Value::String)
        };
        let view = Self {
            index,
            id: echoed("id").unwrap_or(Value::Null),
            source: echoed("source").unwrap_or(Value::Null),
            verdict: "refused",
            position: None,
            operation_id: None,
            standing: None,
            late: None,
            code: None,
            detail: None,
            retryable: None,
            errors: None,
            figures: None,
        };
        match outcome {
            Ok(taken) => view.taken(taken),
            Err(error) => view.refused(pointer, error),
        }
    }

    fn taken(self, taken: &Taken) -> Self {
        let note = taken.event.as_ref().map(ledger::operation::OperationEvent::note);
        Self {
            verdict: if taken.duplicate { "duplicate" } else { "accepted" },
            position: Some(taken.position),
            operation_id: Some(taken.operation_id.uuid()),
            standing: note.map(|note| note.standing.as_str()),
            late: note.map(|note| !note.late.is_empty()),
            ..self
        }
    }

    fn refused(self, pointer: &str, error: &ApiError) -> Self {
        let mut problem = error.body();
        let mut part = |name: &str| problem.get_mut(name).map(Value::take);
        let mut errors = part("errors");
        if matches!(error, ApiError::Plain(Plain::EventTypeUnknown)) {
            let pointer = format!("{pointer}/type");
            errors = Some(serde_json::json!([{"pointer": pointer, "code": "unknown",
                "detail": "no such type"}]));
        }
        let failed = error.is_retryable() || is_ours(error);
        Self {
            verdict: if failed { "failed" } else { "refused" },
            code: Some(error.code()),
            detail: Some(error.to_string()),
            retryable: Some(failed),
            errors,
            figures: part("figures"),
            ..self
        }
    }
}

/// Whether it is not the event's fault.
fn is_ours(error: &ApiError) -> bool {
    actix_web::ResponseError::status_code(error).is_server_error()
}
