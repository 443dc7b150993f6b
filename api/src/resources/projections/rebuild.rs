//! `POST /v1/admin/projections/{model}/rebuild`, `POST /v1/admin/projections/{model}/abort`

use std::sync::atomic::Ordering;

use actix_web::{HttpResponse, http::header::LOCATION, web};
use ledger::values::Code;
use projections::engine::{
    Acceptance, Asked, EngineError, RebuildOptions, ask_to_stop, begin_rebuild,
};
use utoipa::ToSchema;

use super::{
    ProjectionView,
    show::{named, one},
};
use crate::{
    answer::json_with,
    body::{Fields, FromBody, boolean, code},
    credentials::Caller,
    error::{ApiError, Plain},
    order::Sent,
    state::AppState,
};

/// How it is to be rebuilt.
#[derive(Debug, ToSchema)]
pub(crate) struct RebuildBody {
    /// Whether the rebuilt table is to answer, if it says what the live one says; true unless said
    /// otherwise.
    #[schema(value_type = Option<bool>)]
    switch: bool,
    /// Goes on with the table that is filled already, also to switch back to the one before.
    #[schema(value_type = Option<bool>)]
    resume: bool,
    /// Lets the table answer although it differs, for this reason, which the log keeps.
    #[schema(value_type = Option<String>, max_length = 64, example = "projector_fixed")]
    accept_reason_code: Option<Code>,
}

impl FromBody for RebuildBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let switch = fields.optional("switch", boolean);
        let resume = fields.optional("resume", boolean);
        let accept = fields.optional("accept_reason_code", code);
        Some(Self {
            switch: switch?.unwrap_or(true),
            resume: resume?.unwrap_or(false),
            accept_reason_code: accept?,
        })
    }
}

/// Rebuilds a read model of the org behind the table that answers, compares the two at the same
/// position, and switches if they say the same. It goes on after this answer: ask how far it is.
#[utoipa::path(post, path = "/v1/admin/projections/{model}/rebuild", tag = "projections",
    request_body = RebuildBody,
    responses((status = 202, description = "It has begun", body = ProjectionView)))]
pub(crate) async fn begin(
    state: web::Data<AppState>,
    caller: Caller,
    model: web::Path<String>,
    sent: Sent<RebuildBody>,
) -> Result<HttpResponse, ApiError> {
    let RebuildBody { switch, resume, accept_reason_code } = sent.0;
    let chosen = named(&model)?;
    let name = chosen.name();
    let place = state.long_answers.clone().try_acquire_owned();
    let busy = ApiError::RateLimited { retry_after_seconds: 5, code: "too_many_rebuilds" };
    let place = place.map_err(|_| busy)?;
    let acceptance = |reason_code| Acceptance { actor: caller.actor(), reason_code };
    let asked = Asked::by(&state.ledger, caller.org, caller.actor());
    let rebuild_id = asked.rebuild_id;
    let options = RebuildOptions {
        org: Some(caller.org),
        switch,
        resume,
        accept: accept_reason_code.map(acceptance),
        asked: Some(asked),
        ..state.engine.rebuild_options()
    };
    let (org, abort) = (caller.org, options.abort.clone());
    let mut stopping = state.stopping.subscribe();
    let rebuilding = match begin_rebuild(&state.ledger, &[name], options).await {
        Ok(rebuilding) => rebuilding,
        Err(EngineError::Contended { .. }) => return Err(Plain::RebuildRunning.into()),
        Err(error) => return Err(error.into()),
    };
    actix_web::rt::spawn(async move {
        let _place = place;
        let mut rebuilding = std::pin::pin!(rebuilding.run());
        let ended = tokio::select! {
            ended = &mut rebuilding => ended,
            _ = stopping.changed() => {
                abort.store(true, Ordering::Relaxed);
                rebuilding.await
            }
        };
        if let Err(error) = ended {
            tracing::warn!(%org, model = name, %error, "a rebuild that was asked for failed");
        }
    });
    tracing::info!(%org, model = name, rebuild = %rebuild_id, by = %caller.key_id, "rebuild");
    let begun = one(&state, &caller, chosen).await?;
    let mut response = HttpResponse::Accepted();
    response.insert_header((LOCATION, format!("/v1/admin/projections/{name}")));
    Ok(json_with(response, &ProjectionView::from(begun)))
}

/// Stops a rebuild that is on its way, in whichever process it runs; what answers stays as it is.
#[utoipa::path(post, path = "/v1/admin/projections/{model}/abort", tag = "projections",
    responses((status = 202, description = "It will stop", body = ProjectionView)))]
pub(crate) async fn abort(
    state: web::Data<AppState>,
    caller: Caller,
    model: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let chosen = named(&model)?;
    if !ask_to_stop(&state.ledger, caller.org, chosen.name()).await? {
        return Err(Plain::RebuildNotRunning.into());
    }
    let found = one(&state, &caller, chosen).await?;
    Ok(json_with(HttpResponse::Accepted(), &ProjectionView::from(found)))
}
