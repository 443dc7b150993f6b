//! `GET /v1/metrics`

use actix_web::{HttpRequest, HttpResponse, http::header::AUTHORIZATION, web::Data};
use projections::engine::{Checks, Health, checks};

use super::{delegated::delegated, operating::operating, reading::Reading, writer::writer};
use crate::{
    error::{ApiError, Plain},
    state::{AppState, MetricsAccess},
};

/// Metrics of this process, for Prometheus. Served only while metrics are enabled; protected by
/// the metrics token where one is configured.
#[utoipa::path(get, path = "/v1/metrics", tag = "operations", responses(
    (status = 200, description = "Prometheus text", body = String, content_type = "text/plain"),
))]
pub(crate) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    admit(&state, &request)?;
    let mut now = writer(&state.ledger.metrics());
    match state.engine.health().await {
        Ok(health) => now.extend(engine(&health)),
        // The rest is worth having all the more when the database is away.
        Err(error) => tracing::warn!(%error, "the engine's health could not be read"),
    }
    match checks(&state.ledger).await {
        Ok(checks) => now.extend(checked(&checks)),
        Err(error) => tracing::warn!(%error, "the checks of read models could not be read"),
    }
    now.extend(operating(&state).await);
    now.extend(delegated(&state).await);
    let text = state.metrics.render(&now).map_err(|error| ApiError::failed(&error))?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}

fn admit(state: &AppState, request: &HttpRequest) -> Result<(), ApiError> {
    let token = match &state.metrics_access {
        MetricsAccess::Off => return Err(Plain::NotFound.into()),
        MetricsAccess::Open => return Ok(()),
        MetricsAccess::Token(token) => token,
    };
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    match given.and_then(|given| given.strip_prefix("Bearer ")) {
        Some(given) if token.is(given.trim()) => Ok(()),
        _ => Err(Plain::Unauthorized.into()),
    }
}

fn engine(health: &Health) -> Vec<Reading> {
    let oldest = health.oldest_unprocessed.map_or(0.0, |age| age.as_seconds_f64());
    let count = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    vec![
        Reading::Count(
            "daybook_projection_orgs_behind",
            "Orgs with unprocessed events.",
            health.orgs_behind,
        ),
        Reading::Count(
            "daybook_projection_events_behind",
            "Events not processed yet.",
            health.events_behind,
        ),
        Reading::Seconds(
            "daybook_projection_oldest_unprocessed_seconds",
            "Age of the oldest unprocessed event.",
            oldest,
        ),
        Reading::Count(
            "daybook_projection_parked",
            "Projectors parked on an event.",
            health.parked,
        ),
        Reading::Count(
            "daybook_policy_failures",
            "Reactions refused without a declared answer.",
            health.policy_failures,
        ),
        Reading::Count(
            "daybook_projection_needs_upgrade",
            "Orgs whose next event is a newer program's.",
            count(health.needs_upgrade),
        ),
        Reading::Seconds(
            "daybook_projection_last_poll_age_seconds",
            "Time since the engine looked for work.",
            health.last_poll_age.as_seconds_f64(),
        ),
    ]
}

fn checked(checks: &Checks) -> Vec<Reading> {
    let oldest = checks.oldest.map_or(0.0, |age| age.as_secs_f64());
    vec![
        Reading::Count(
            "daybook_model_checks_differing",
            "Orgs whose read models differed from their log when last checked.",
            checks.differing,
        ),
        Reading::Count(
            "daybook_model_checks_unchecked",
            "Orgs that were never checked.",
            checks.unchecked,
        ),
        Reading::Seconds("daybook_model_checks_oldest_seconds", "Age of the oldest check.", oldest),
        Reading::Count(
            "daybook_model_checks_last_position",
            "Position up to which the last check went.",
            checks.last_position,
        ),
        Reading::Count(
            "daybook_rebuilds_waiting",
            "Rebuilt tables that differ and wait to be accepted.",
            checks.waiting,
        ),
    ]
}
