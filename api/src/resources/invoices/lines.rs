//! `GET /v1/billing/invoices/{invoice_id}/line-items`

use actix_web::{HttpResponse, web};
use ledger::values::InvoiceId;
use projections::{
    invoice_lines::{self, InvoiceLines},
    invoices::Invoices,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{render::find, view::LineView};
use crate::{
    error::ApiError, paging::Page, people::open, query::Asked, reading::reading, state::AppState,
};

/// Which lines.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct LineParams {
    /// Lines of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of lines, in the order they were added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LinePage {
    invoice_id: Uuid,
    line_items: Vec<LineView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// The invoice's lines, in the order they were added.
#[utoipa::path(get, path = "/v1/billing/invoices/{invoice_id}/line-items", tag = "invoices",
    params(LineParams),
    responses((status = 200, description = "A page of lines", body = LinePage)))]
pub(crate) async fn lines(
    state: web::Data<AppState>,
    mut asked: Asked,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let page = Page::<i64>::read(&state, &mut asked, "line-items", &*id)?;
    let org = asked.caller.org;
    // Both models at the demanded position, then one view of both.
    if asked.min_position.is_some() {
        reading::<InvoiceLines>(&state, org, asked.min_position).await?.snapshot.close().await?;
    }
    let reading = reading::<Invoices>(&state, org, asked.min_position).await?;
    let invoice = find(&reading.snapshot, *id).await?;
    let rate = invoice.configured_rate;
    let found =
        invoice_lines::of_invoice(&reading.snapshot, *id, rate, page.after, page.fetch()).await?;
    reading.snapshot.close().await?;
    let (found, next) = page.cut(found, |line| line.added_position);
    let sealed: Vec<_> = found.iter().map(|line| line.description.as_ref()).collect();
    let descriptions = open(&state, &asked.caller, &sealed).await?;
    let invoice_id = id.uuid();
    let line_items = found
        .iter()
        .zip(descriptions)
        .map(|(line, description)| LineView::of(invoice_id, line, description))
        .collect();
    page.answer(&state, &asked, reading.position, next, |next_cursor| LinePage {
        invoice_id,
        line_items,
        next_cursor,
    })
}
