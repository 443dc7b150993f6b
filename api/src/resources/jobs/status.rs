//! `GET /v1/admin/jobs/status`

use actix_web::{HttpResponse, web::Data};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::{instant, json_with},
    error::ApiError,
    jobs::JobStanding,
    state::AppState,
};

/// How the jobs stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobsStatus {
    /// Whether readiness wants a sign of life of every job (`JOB_HEARTBEAT_REQUIRED`).
    heartbeat_required: bool,
    /// How old one may be, in seconds; null when nobody asks.
    heartbeat_ttl_seconds: Option<u64>,
    /// Every job.
    jobs: Vec<JobView>,
}

/// How a job stands, over all orgs and nodes. What went wrong stands in the operator's log: it
/// may name other orgs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobView {
    /// Which.
    #[schema(example = "monthly-invoices")]
    job: &'static str,
    /// How often it runs, in seconds.
    every_seconds: u64,
    /// Whether a node is at it now.
    running: bool,
    /// Whether its sign of life is young enough; null when nobody asks.
    alive: Option<bool>,
    /// When a scheduler last showed that it cares for it.
    #[schema(value_type = Option<String>, format = DateTime)]
    heartbeat_at: Option<String>,
    /// When it last began.
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<String>,
    /// When it last ended well.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_success_at: Option<String>,
    /// How often in a row it has ended badly.
    consecutive_failures: i32,
    /// How often it has ended badly, ever.
    errors_total: i64,
    /// When it is due again; null when it never began: at once.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_due_at: Option<String>,
}

/// Signs of life, last successes and failures of every job.
#[utoipa::path(get, path = "/v1/admin/jobs/status", tag = "operations", responses(
    (status = 200, description = "How they stand", body = JobsStatus),
))]
pub(crate) async fn status(state: Data<AppState>) -> Result<HttpResponse, ApiError> {
    let ttl = state.jobs.heartbeat();
    let now = state.ledger.clock().now();
    let standing = state.jobs.standing().await.map_err(|error| ApiError::failed(&error))?;
    let view = |job: JobStanding| JobView {
        job: job.job,
        every_seconds: job.every.as_secs(),
        running: job.running,
        alive: ttl.map(|ttl| job.heartbeat_at.is_some_and(|beat| now - beat <= ttl)),
        heartbeat_at: job.heartbeat_at.map(instant),
        started_at: job.started_at.map(instant),
        last_success_at: job.last_success_at.map(instant),
        consecutive_failures: job.consecutive_failures,
        errors_total: job.errors,
        next_due_at: job.due_at.map(instant),
    };
    let status = JobsStatus {
        heartbeat_required: ttl.is_some(),
        heartbeat_ttl_seconds: ttl.map(|ttl| ttl.as_secs()),
        jobs: standing.into_iter().map(view).collect(),
    };
    Ok(json_with(HttpResponse::Ok(), &status))
}
