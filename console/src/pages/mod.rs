//! One file per page.

mod overview;
mod sign_in;

use actix_web::web::{self, ServiceConfig};

/// Every page. The addresses are below [`crate::ROOT`].
pub(crate) fn register(config: &mut ServiceConfig) {
    config
        .route("", web::get().to(overview::show))
        .route("/sign-in", web::get().to(sign_in::show))
        .route("/sign-in", web::post().to(sign_in::enter))
        .route("/sign-out", web::post().to(sign_in::leave));
}
