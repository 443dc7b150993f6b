//! `GET /v1/openapi.json`

use std::sync::OnceLock;

use actix_web::{HttpResponse, http::header};

use crate::{error::ApiError, openapi};

/// What is served here, as OpenAPI 3.1.
#[utoipa::path(get, path = "/v1/openapi.json", tag = "operations", responses(
    (status = 200, description = "The document", body = Object),
))]
pub(crate) async fn document() -> Result<HttpResponse, ApiError> {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    let text = match DOCUMENT.get() {
        Some(text) => text,
        None => {
            let written = openapi::document().to_json();
            let written = written.map_err(|error| ApiError::failed(&error))?;
            DOCUMENT.get_or_init(|| written)
        }
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    Ok(response.content_type("application/json").body(text.as_str()))
}
