//! `GET /v1/admin/projections`, `GET /v1/admin/projections/{model}`

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use projections::engine::{Projector, Standing, read_models, standing};

use super::{ProjectionList, ProjectionView};
use crate::{
    answer::json_with,
    credentials::Caller,
    error::{ApiError, Plain},
    state::AppState,
};

/// Where each of the org's read models stands, and what became of its last rebuild.
#[utoipa::path(get, path = "/v1/admin/projections", tag = "projections", responses(
    (status = 200, description = "All of them", body = ProjectionList),
))]
pub(crate) async fn list(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<HttpResponse, ApiError> {
    let found = standing(&state.ledger, caller.org, &read_models()).await?;
    let projections = found.into_iter().map(ProjectionView::from).collect();
    Ok(json_with(HttpResponse::Ok(), &ProjectionList { projections }))
}

/// Where one of the org's read models stands, and what became of its last rebuild.
#[utoipa::path(get, path = "/v1/admin/projections/{model}", tag = "projections", responses(
    (status = 200, description = "It", body = ProjectionView),
))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    caller: Caller,
    model: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let found = one(&state, &caller, named(&model)?).await?;
    Ok(json_with(HttpResponse::Ok(), &ProjectionView::from(found)))
}

/// The read model of this name.
pub(super) fn named(name: &str) -> Result<Arc<dyn Projector>, ApiError> {
    let found = read_models().into_iter().find(|model| model.name() == name);
    found.ok_or_else(|| Plain::ProjectionUnknown.into())
}

pub(super) async fn one(
    state: &AppState,
    caller: &Caller,
    model: Arc<dyn Projector>,
) -> Result<Standing, ApiError> {
    let mut found = standing(&state.ledger, caller.org, &[model]).await?;
    found.pop().ok_or_else(|| Plain::ProjectionUnknown.into())
}
