//! What became of each command.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    answer::{DRY_RUN, POSITION, REPLAYED, SETTLED, json_with},
    error::ApiError,
    order::{Order, settle_at},
    preview::Preview,
    state::AppState,
};

/// What became of many commands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkView {
    /// Whether it was all or nothing.
    pub(super) atomic: bool,
    /// Whether nothing was to be appended.
    pub(super) dry_run: bool,
    /// The last position of all of them.
    pub(super) position: i64,
    /// Commands that were carried out, or would be.
    pub(super) succeeded: usize,
    /// Commands that were not.
    pub(super) failed: usize,
    /// One for each command, in the order they came.
    pub(super) verdicts: Vec<Verdict>,
    /// What all together would do: of an atomic dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) preview: Option<Preview>,
}

/// What became of one command.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Verdict {
    /// Its place, counted from 0.
    index: usize,
    /// Its name, where it could be read.
    command: Option<&'static str>,
    /// The status its own route would have answered.
    status: u16,
    /// The last position of its events.
    position: Option<i64>,
    /// Whether it had been carried out before.
    replayed: bool,
    /// Ids of what it made, and its events; what it would do on a dry run.
    #[schema(value_type = Option<Object>)]
    outcome: Option<Value>,
    /// Why not, as problem+json.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
}

impl Verdict {
    /// Carried out.
    pub(super) fn done(
        (index, command): (usize, &'static str),
        status: StatusCode,
        (position, replayed): (i64, bool),
        outcome: Value,
    ) -> Self {
        Self {
            index,
            command: Some(command),
            status: status.as_u16(),
            position: Some(position),
            replayed,
            outcome: Some(outcome),
            problem: None,
        }
    }

    /// Not carried out.
    pub(super) fn failed(index: usize, command: Option<&'static str>, error: &ApiError) -> Self {
        error.log();
        Self {
            index,
            command,
            status: error.status_code().as_u16(),
            position: None,
            replayed: false,
            outcome: None,
            problem: Some(error.body()),
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.problem.is_none()
    }
}

/// Answers, after waiting as the caller asked.
pub(super) async fn answer<B>(
    state: &AppState,
    order: &Order<B>,
    replayed: bool,
    view: &BulkView,
) -> Result<HttpResponse, ApiError> {
    let mut builder = HttpResponse::Ok();
    builder.insert_header((POSITION, view.position.to_string()));
    if view.dry_run {
        builder.insert_header((DRY_RUN, "true"));
    } else {
        let (org, deadline) = (order.caller.org, state.deadline());
        let reached = settle_at(state, org, view.position, order.wait, deadline).await;
        if let Some(settled) = reached.settled {
            builder.insert_header((SETTLED, settled.to_string()));
        }
    }
    if replayed {
        builder.insert_header((REPLAYED, "true"));
    }
    Ok(json_with(builder, view))
}
