//! `POST /v1/admin/orgs/{org_id}/suspend`, `…/reinstate`, `…/close`

use actix_web::{HttpResponse, web};
use ledger::{
    store::{
        StoreError,
        tenants::{Org, close_org, reinstate_org, suspend_org},
    },
    values::OrgId,
};
use uuid::Uuid;

use super::OrgView;
use crate::{
    answer::json_with,
    error::{ApiError, Plain},
    state::AppState,
};

/// Refuses the org's keys until it is reinstated.
#[utoipa::path(post, path = "/v1/admin/orgs/{org_id}/suspend", tag = "orgs", responses(
    (status = 200, description = "The org", body = OrgView),
))]
pub(crate) async fn suspend(
    state: web::Data<AppState>,
    org: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let org = OrgId(*org);
    changed(&state, org, suspend_org(&state.ledger, org).await)
}

/// Honours the org's keys again.
#[utoipa::path(post, path = "/v1/admin/orgs/{org_id}/reinstate", tag = "orgs", responses(
    (status = 200, description = "The org", body = OrgView),
))]
pub(crate) async fn reinstate(
    state: web::Data<AppState>,
    org: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let org = OrgId(*org);
    changed(&state, org, reinstate_org(&state.ledger, org).await)
}

/// Refuses the org's keys for good. Its log stays.
#[utoipa::path(post, path = "/v1/admin/orgs/{org_id}/close", tag = "orgs", responses(
    (status = 200, description = "The org", body = OrgView),
))]
pub(crate) async fn close(
    state: web::Data<AppState>,
    org: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let org = OrgId(*org);
    changed(&state, org, close_org(&state.ledger, org).await)
}

fn changed(
    state: &AppState,
    org: OrgId,
    changed: Result<Option<Org>, StoreError>,
) -> Result<HttpResponse, ApiError> {
    let found = changed?.ok_or(Plain::OrgUnknown)?;
    state.keys.forget(org);
    Ok(json_with(HttpResponse::Ok(), &OrgView::from(found)))
}
