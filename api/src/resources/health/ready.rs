//! `GET /readyz`

use actix_web::{HttpResponse, web::Data};

use super::live::Well;
use crate::{answer::json_with, error::ApiError, state::AppState};

/// Whether requests may be sent here: database reachable with its roles and policies as they
/// should be, schema at this program's version, read models not too far behind.
#[utoipa::path(get, path = "/readyz", tag = "operations", responses(
    (status = 200, description = "They may", body = Well),
    (status = 503, description = "`not_ready`: what is wrong stands in `errors`"),
))]
pub(crate) async fn ready(state: Data<AppState>) -> Result<HttpResponse, ApiError> {
    let mut wrong = Vec::new();
    if let Err(error) = state.ledger.ready().await {
        tracing::warn!(%error, "not ready");
        wrong.push("the database is not reachable as it should be".to_owned());
    } else {
        wrong.extend((state.ready)().await);
        wrong.extend(lag(&state).await);
    }
    if wrong.is_empty() {
        Ok(json_with(HttpResponse::Ok(), &Well::OK))
    } else {
        Err(ApiError::NotReady(wrong))
    }
}

/// What is wrong with the engine: it hangs, or it cannot keep up.
async fn lag(state: &AppState) -> Vec<String> {
    let Ok(health) = state.engine.health().await else {
        return vec!["the engine's health cannot be read".to_owned()];
    };
    let mut wrong = Vec::new();
    let oldest = health.oldest_unprocessed.map_or(0, |age| age.whole_seconds());
    if health.events_behind > state.limits.lag_events || oldest > state.limits.lag_seconds {
        wrong
            .push(format!("read models are {} events and {oldest} s behind", health.events_behind));
    }
    if health.last_poll_age.whole_seconds() > state.limits.lag_seconds {
        let age = health.last_poll_age.whole_seconds();
        wrong.push(format!("the engine has not looked for work for {age} s"));
    }
    wrong
}
