//! HOW PEOPLE LOOK: pages for a browser at `/console`.
//!
//! Every page is rendered here, on the server, and works without script. What it shows it asks of
//! the API, in the same process and with the key of whoever signed in ([`within`]): the console
//! can show nothing that the key may not see, masks what the API masks, and what it opens is
//! recorded where the API records it.
//!
//! A page is a file in [`pages`]: what it asks, a template of the same name, and a line in
//! `pages::register`. Shared parts are templates in `templates/parts`.

mod assets;
mod cell;
mod chart;
mod doc;
mod filters;
mod lists;
mod moment;
mod once;
mod page;
mod pages;
mod refusal;
mod session;
mod show;
mod subject;
mod timeline;
mod visit;
mod within;

use std::rc::Rc;

use actix_web::{
    middleware::from_fn,
    web::{self, Data, ServiceConfig},
};
use api::AppState;

use crate::within::Within;

/// Where the console lives.
pub const ROOT: &str = "/console";

/// Serves the console beside the API. Called once in every worker.
pub fn configure(state: Data<AppState>, config: &mut ServiceConfig) {
    let scope = web::scope(ROOT)
        .app_data(Rc::new(Within::new(state)))
        .wrap(from_fn(page::guarded))
        .configure(assets::register)
        .configure(pages::register)
        .default_service(web::to(refusal::nothing_here));
    config.service(web::redirect("/", ROOT)).service(scope);
}
