//! `POST /v1/admin/projections/{model}/unpark`

use actix_web::{HttpResponse, web};

use super::{
    ProjectionView,
    show::{named, one},
};
use crate::{
    answer::json_with,
    credentials::Caller,
    error::{ApiError, Plain},
    state::AppState,
};

/// Lets a parked read model try again, in order, from the event that it stopped at. It goes on
/// after this answer, and parks again if it still cannot.
#[utoipa::path(post, path = "/v1/admin/projections/{model}/unpark", tag = "projections",
    responses((status = 202, description = "It tries again", body = ProjectionView)))]
pub(crate) async fn unpark(
    state: web::Data<AppState>,
    caller: Caller,
    model: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let chosen = named(&model)?;
    let (org, name) = (caller.org, chosen.name());
    if !state.engine.unpark(org, name).await? {
        return Err(Plain::NotParked.into());
    }
    tracing::info!(%org, model = name, by = %caller.key_id, "unparked");
    let found = one(&state, &caller, chosen).await?;
    Ok(json_with(HttpResponse::Accepted(), &ProjectionView::from(found)))
}
