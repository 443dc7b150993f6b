//! The stylesheet, the script and the icon: in the program, from nowhere else.

use actix_web::{
    HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};

const STYLE: &str = include_str!("assets/console.css");
const ICON: &str = include_str!("assets/icon.svg");
const SCRIPT: &str = include_str!("assets/console.js");

pub(crate) fn register(config: &mut ServiceConfig) {
    config
        .route("/assets/console.css", web::get().to(|| file("text/css; charset=utf-8", STYLE)))
        .route(
            "/assets/console.js",
            web::get().to(|| file("text/javascript; charset=utf-8", SCRIPT)),
        )
        .route("/assets/icon.svg", web::get().to(|| file("image/svg+xml", ICON)));
}

async fn file(media: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media)
        .insert_header((header::CACHE_CONTROL, "private, max-age=300"))
        .body(text)
}
