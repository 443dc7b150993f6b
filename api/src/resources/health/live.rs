//! `GET /healthz`

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::json_with;

/// That all is well.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Well {
    /// Always `ok`.
    status: &'static str,
}

impl Well {
    pub(super) const OK: Self = Self { status: "ok" };
}

/// Whether the process answers at all.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses(
    (status = 200, description = "It does", body = Well),
))]
pub(crate) async fn live() -> HttpResponse {
    json_with(HttpResponse::Ok(), &Well::OK)
}
