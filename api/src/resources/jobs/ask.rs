//! `POST /v1/admin/cleanup`, `POST /v1/admin/email-scan`, `POST /v1/admin/retention/cleanup`

use actix_web::{HttpResponse, web::Data};
use ledger::values::OrgId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::json_with, credentials::Caller, error::ApiError, jobs::OrgJob, state::AppState,
};

/// What a job did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobDone {
    /// Which job.
    #[schema(example = "email-scan")]
    job: &'static str,
    /// For which org: the caller's own.
    #[schema(value_type = uuid::Uuid)]
    org_id: OrgId,
    /// How much it changed: keys forgotten, messages written down, bodies emptied.
    changed: usize,
}

/// Forgets the org's API keys that ended long ago. Safe to repeat.
#[utoipa::path(post, path = "/v1/admin/cleanup", tag = "operations", responses(
    (status = 200, description = "Done", body = JobDone),
))]
pub(crate) async fn cleanup(
    state: Data<AppState>,
    caller: Caller,
) -> Result<HttpResponse, ApiError> {
    run(&state, &caller, OrgJob::Cleanup).await
}

/// Writes down the org's e-mails that should have been and were not; they are sent with the next
/// delivery. Safe to repeat.
#[utoipa::path(post, path = "/v1/admin/email-scan", tag = "operations", responses(
    (status = 200, description = "Done", body = JobDone),
))]
pub(crate) async fn email_scan(
    state: Data<AppState>,
    caller: Caller,
) -> Result<HttpResponse, ApiError> {
    run(&state, &caller, OrgJob::EmailScan).await
}

/// Lets go of what the org's messages and webhooks said that were settled long ago. Safe to
/// repeat.
#[utoipa::path(post, path = "/v1/admin/retention/cleanup", tag = "operations", responses(
    (status = 200, description = "Done", body = JobDone),
))]
pub(crate) async fn retention_cleanup(
    state: Data<AppState>,
    caller: Caller,
) -> Result<HttpResponse, ApiError> {
    run(&state, &caller, OrgJob::RetentionCleanup).await
}

async fn run(state: &AppState, caller: &Caller, job: OrgJob) -> Result<HttpResponse, ApiError> {
    let (org, name) = (caller.org, job.as_str());
    let ran = state.jobs.run(job, org).await;
    let changed = ran.map_err(|error| ApiError::failed(&error))?;
    tracing::info!(%org, job = name, changed, by = %caller.key_id, "a job was asked for");
    Ok(json_with(HttpResponse::Ok(), &JobDone { job: name, org_id: org, changed }))
}
