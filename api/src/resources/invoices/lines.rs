//! `GET /v1/billing/invoices/{invoice_id}/line-items`

use actix_web::{HttpResponse, web};
use ledger::values::{InvoiceId, Rate};
use projections::{
    engine::{Snapshot, Streams},
    invoice_lines::{self, InvoiceLines, Line},
    invoices::Invoices,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{render::find, view::LineView};
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    people::open,
    query::Asked,
    reading::{awaited, reading},
    state::AppState,
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
    let when = asked.when.of(Streams::of(*id));
    awaited::<InvoiceLines>(&state, org, when).await?;
    let reading = reading::<Invoices>(&state, org, when).await?;
    let invoice = find(&reading.snapshot, *id).await?;
    let list = LineList { invoice: *id, rate: invoice.configured_rate };
    paging::list(state, asked, page, reading, list).await
}

struct LineList {
    invoice: InvoiceId,
    rate: Option<Rate>,
}

impl List for LineList {
    type Key = i64;
    type Item = Line;
    type View = LineView;
    type Page = LinePage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Line>, ApiError> {
        Ok(invoice_lines::of_invoice(snapshot, self.invoice, self.rate, after, limit).await?)
    }

    fn key(line: &Line) -> i64 {
        line.added_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Line>,
    ) -> Result<Vec<LineView>, ApiError> {
        let sealed: Vec<_> = found.iter().map(|line| line.description.as_ref()).collect();
        let descriptions = open(state, caller, &sealed).await?;
        let invoice = self.invoice.uuid();
        let view = |(line, description)| LineView::of(invoice, line, description);
        Ok(found.iter().zip(descriptions).map(view).collect())
    }

    fn page(&self, line_items: Vec<LineView>, next_cursor: Option<String>) -> LinePage {
        LinePage { invoice_id: self.invoice.uuid(), line_items, next_cursor }
    }
}
