//! `GET /v1/billing/invoices/{invoice_id}`

use actix_web::{HttpResponse, web};
use ledger::values::InvoiceId;
use projections::{engine::Streams, invoices::Invoices};

use super::{
    InvoiceView,
    render::{find, opened},
};
use crate::{answer::of_version, error::ApiError, query::Asked, reading::reading, state::AppState};

/// One invoice.
#[utoipa::path(get, path = "/v1/billing/invoices/{invoice_id}", tag = "invoices", responses(
    (status = 200, description = "The invoice", body = InvoiceView),
))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let when = asked.when.of(Streams::of(*id));
    let reading = reading::<Invoices>(&state, asked.caller.org, when).await?;
    let invoice = find(&reading.snapshot, *id).await?;
    reading.snapshot.close().await?;
    let views = opened(&state, &asked.caller, std::slice::from_ref(&invoice)).await?;
    Ok(of_version(reading.position, invoice.version, &views.first()))
}
