//! `GET /v1/admin/policies`

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use projections::engine::{Follower, failures, parked, policies};

use super::view::{PolicyList, PolicyView};
use crate::{
    answer::json_with,
    credentials::Caller,
    error::{ApiError, Plain},
    state::AppState,
};

/// What each of the org's policies waits for: an event that it cannot digest, and orders of it
/// that were refused.
#[utoipa::path(get, path = "/v1/admin/policies", tag = "projections", responses(
    (status = 200, description = "All of them", body = PolicyList),
))]
pub(crate) async fn list(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<HttpResponse, ApiError> {
    let policies = standing(&state, &caller, &policies()).await?;
    Ok(json_with(HttpResponse::Ok(), &PolicyList { policies }))
}

/// What policies wait for in the caller's org.
pub(super) async fn standing(
    state: &AppState,
    caller: &Caller,
    of: &[Arc<dyn Follower>],
) -> Result<Vec<PolicyView>, ApiError> {
    let parked = parked(&state.ledger, Some(caller.org)).await?;
    let refused = failures(&state.ledger, caller.org).await?;
    Ok(of.iter().map(|policy| PolicyView::of(policy.name(), &parked, &refused)).collect())
}

/// The policy of this name.
pub(super) fn named(name: &str) -> Result<Arc<dyn Follower>, ApiError> {
    let found = policies().into_iter().find(|policy| policy.name() == name);
    found.ok_or_else(|| Plain::PolicyUnknown.into())
}
