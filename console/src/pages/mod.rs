//! One file per page.

mod books;
mod claims;
mod dead_letters;
mod event;
mod events;
mod explain;
mod find;
mod invoices;
mod list;
mod overview;
mod patients;
mod projections;
mod proofs;
mod queues;
mod reconcile;
mod sign_in;
mod statements;

use actix_web::web::{self, ServiceConfig};

/// Every page. The addresses are below [`crate::ROOT`].
pub(crate) fn register(config: &mut ServiceConfig) {
    config
        .route("", web::get().to(overview::show))
        .route("/books", web::get().to(books::show))
        .route("/claims", web::get().to(claims::list))
        .route("/claims/{id}", web::get().to(claims::show))
        .route("/dead-letters", web::get().to(dead_letters::show))
        .route("/dead-letters/{id}/replay", web::post().to(dead_letters::replay))
        .route("/events", web::get().to(events::show))
        .route("/events/by-id/{event_id}", web::get().to(event::by_id))
        .route("/events/live", web::get().to(events::live))
        .route("/events/{position}", web::get().to(event::show))
        .route("/explain", web::get().to(explain::show))
        .route("/find", web::get().to(find::find))
        .route("/invoices", web::get().to(invoices::list))
        .route("/invoices/{id}", web::get().to(invoices::show))
        .route("/invoices/{id}/document", web::get().to(invoices::document))
        .route("/patients", web::get().to(patients::list))
        .route("/patients/{id}", web::get().to(patients::show))
        .route("/projections", web::get().to(projections::list))
        .route("/projections/{model}", web::get().to(projections::show))
        .route("/projections/{model}/abort", web::post().to(projections::abort))
        .route("/projections/{model}/rebuild", web::post().to(projections::rebuild))
        .route("/proofs", web::get().to(proofs::show))
        .route("/proofs/bundle", web::get().to(proofs::bundle))
        .route("/proofs/checkpoint", web::get().to(proofs::checkpoint))
        .route("/proofs/log", web::get().to(proofs::log))
        .route("/queues", web::get().to(queues::show))
        .route("/reconcile", web::get().to(reconcile::show))
        .route("/reconcile/{invoice_id}", web::get().to(reconcile::back))
        .route("/reconcile/{invoice_id}", web::post().to(reconcile::repair))
        .route("/sign-in", web::get().to(sign_in::show))
        .route("/sign-in", web::post().to(sign_in::enter))
        .route("/sign-out", web::post().to(sign_in::leave))
        .route("/statements", web::get().to(statements::list))
        .route("/statements/{id}", web::get().to(statements::show));
}
