//! `POST /v1/admin/policies/{policy}/unpark`, `POST /v1/admin/policies/{policy}/retry`

use std::sync::Arc;

use actix_web::{HttpResponse, HttpResponseBuilder, web};
use projections::engine::{Follower, failures, retry as retry_key};
use utoipa::ToSchema;

use super::{
    list::{named, standing},
    view::PolicyView,
};
use crate::{
    answer::json_with,
    body::{Fields, FromBody, text},
    credentials::Caller,
    error::{ApiError, Plain},
    order::Sent,
    state::AppState,
};

/// Lets a parked policy try again, in order, from the event that it stopped at: once the program
/// or the data was mended. It goes on after this answer, and parks again if it still cannot.
#[utoipa::path(post, path = "/v1/admin/policies/{policy}/unpark", tag = "projections",
    responses((status = 202, description = "It tries again", body = PolicyView)))]
pub(crate) async fn unpark(
    state: web::Data<AppState>,
    caller: Caller,
    policy: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let policy = named(&policy)?;
    let (org, name) = (caller.org, policy.name());
    if !state.engine.unpark(org, name).await? {
        return Err(Plain::NotParked.into());
    }
    tracing::info!(%org, policy = name, by = %caller.key_id, "unparked");
    answered(&state, &caller, policy, HttpResponse::Accepted()).await
}

/// Which subject is to be tried again.
#[derive(Debug, ToSchema)]
pub(crate) struct RetryBody {
    /// As it is listed.
    key: String,
}

impl FromBody for RetryBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { key: fields.required("key", text(255))? })
    }
}

/// Gives a policy's refused order again, and what waited behind it, in order. Whether it is still
/// refused stands in the answer.
#[utoipa::path(post, path = "/v1/admin/policies/{policy}/retry", tag = "projections",
    request_body = RetryBody,
    responses((status = 200, description = "What it waits for now", body = PolicyView)))]
pub(crate) async fn retry(
    state: web::Data<AppState>,
    caller: Caller,
    policy: web::Path<String>,
    sent: Sent<RetryBody>,
) -> Result<HttpResponse, ApiError> {
    let (policy, key) = (named(&policy)?, sent.0.key);
    let (org, name) = (caller.org, policy.name());
    let waiting = failures(&state.ledger, org).await?;
    if !waiting.iter().any(|failure| failure.policy == name && failure.key == key) {
        return Err(Plain::NothingRefused.into());
    }
    let done = retry_key(&state.ledger, policy.as_ref(), org, &key).await?;
    tracing::info!(%org, policy = name, done, by = %caller.key_id, "tried again");
    answered(&state, &caller, policy, HttpResponse::Ok()).await
}

async fn answered(
    state: &AppState,
    caller: &Caller,
    policy: Arc<dyn Follower>,
    response: HttpResponseBuilder,
) -> Result<HttpResponse, ApiError> {
    let found = standing(state, caller, &[policy]).await?.pop().ok_or(Plain::PolicyUnknown)?;
    Ok(json_with(response, &found))
}
