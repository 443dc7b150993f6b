//! `GET /v1/answers/{answer_id}`

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use projections::engine::{AnswerState, AnswerStatus};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::json_with,
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// One read model of an answer.
#[derive(Debug, Serialize, ToSchema)]
struct ModelView {
    /// Its name.
    model: &'static str,
    /// filling, ready or failed.
    state: &'static str,
    /// The last event that was folded.
    position: i64,
}

/// An answer of the past that is prepared here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerView {
    /// Which.
    answer_id: Uuid,
    /// filling; ready: ask the question again; failed: asking it again begins anew.
    state: &'static str,
    /// As of which position.
    as_of_position: i64,
    /// What was asked for so far.
    models: Vec<ModelView>,
}

impl From<AnswerStatus> for AnswerView {
    fn from(status: AnswerStatus) -> Self {
        let models = status.models.into_iter();
        Self {
            answer_id: status.id,
            state: word(status.state),
            as_of_position: status.position,
            models: models
                .map(|(model, state, position)| ModelView { model, state: word(state), position })
                .collect(),
        }
    }
}

fn word(state: AnswerState) -> &'static str {
    match state {
        AnswerState::Filling => "filling",
        AnswerState::Ready => "ready",
        AnswerState::Failed => "failed",
    }
}

/// How an answer of the past comes along. A question about an org with a long log answers `202`
/// with a link to this; once it says ready, the same question is answered. Answers are kept by
/// the process that was asked, and go when nobody asks them for a while.
#[utoipa::path(get, path = "/v1/answers/{answer_id}", tag = "answers",
    responses((status = 200, description = "Its state", body = AnswerView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    asked: Asked,
    id: Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let found = state.history.status(asked.caller.org, *id).ok_or(Plain::AnswerUnknown)?;
    Ok(json_with(HttpResponse::Ok(), &AnswerView::from(found)))
}
