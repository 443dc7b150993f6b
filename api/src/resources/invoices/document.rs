//! `GET /v1/billing/invoices/{invoice_id}/document`

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETAG},
    web,
};
use ledger::{
    documents::{Gathered, file_name},
    invoice::InvoiceError,
    values::InvoiceId,
};

use crate::{
    answer::POSITION, error::ApiError, people::open, query::Asked, reading::head, state::AppState,
};

/// The invoice as a paper, PDF; the same invoice is the same bytes. Who may not see people gets
/// it with the usual words in place of sealed ones.
#[utoipa::path(get, path = "/v1/billing/invoices/{invoice_id}/document", tag = "invoices",
    responses((status = 200, description = "The paper", body = Vec<u8>,
        content_type = "application/pdf")))]
pub(crate) async fn document(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let caller = asked.caller;
    // What follows is read after this, and knows all of it.
    let position = head(&state, caller.org, asked.when).await?;
    let gathered = match asked.when.position() {
        Some(at) => Gathered::of_invoice_at(&state.ledger, caller.org, *id, at).await?,
        None => Gathered::of_invoice(&state.ledger, caller.org, *id).await?,
    };
    let gathered = gathered.ok_or_else(|| ApiError::refused(&InvoiceError::Unknown))?;
    let opened = open(&state, &caller, &gathered.sealed()).await?;
    let paper = gathered.document(state.stationery.issuer.clone(), opened);
    let press = state.stationery.press.clone();
    let printed = web::block(move || press.invoice(&paper)).await;
    let bytes = printed
        .map_err(|error| ApiError::failed(&error))?
        .map_err(|error| ApiError::failed(&error))?;
    let name = file_name(gathered.number(), *id);
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((POSITION, position.to_string()))
        // Who may see people sees other bytes at the same version.
        .insert_header((ETAG, format!("\"{}-{}\"", gathered.version, caller.sees_people())))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")))
        .body(bytes))
}
