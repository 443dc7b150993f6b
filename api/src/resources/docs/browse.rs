//! `GET /v1/docs` and its assets.

use std::sync::Arc;

use actix_web::{HttpResponse, HttpResponseBuilder, http::header, web};
use utoipa_swagger_ui::Config;

use crate::error::{ApiError, Plain};

/// The page runs its own scripts and styles and talks to this service; nothing else.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; frame-ancestors 'none'";

/// The page for browsing the API.
#[utoipa::path(get, path = "/v1/docs", tag = "operations", responses(
    (status = 200, description = "The page", body = String, content_type = "text/html"),
))]
pub(crate) async fn page() -> HttpResponse {
    answer().content_type("text/html; charset=utf-8").body(include_str!("page.html"))
}

/// One of its assets.
#[utoipa::path(get, path = "/v1/docs/{file}", tag = "operations", responses(
    (status = 200, description = "The file", body = String, content_type = "text/css"),
))]
pub(crate) async fn asset(name: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let config = Arc::new(Config::new(["/v1/openapi.json"]));
    let found = utoipa_swagger_ui::serve(&name, config);
    let file = found.map_err(|error| ApiError::failed(error.as_ref()))?;
    let file = file.ok_or(Plain::NotFound)?;
    let mut response = answer();
    if file.gzpipped {
        response.insert_header((header::CONTENT_ENCODING, "gzip"));
    }
    Ok(response.content_type(file.content_type).body(file.bytes.into_owned()))
}

fn answer() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    response.insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    response
}
