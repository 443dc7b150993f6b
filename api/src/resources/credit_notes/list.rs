//! `GET /v1/billing/credit-notes` and `GET /v1/billing/invoices/{invoice_id}/credit-notes`

use actix_web::{HttpResponse, web};
use ledger::{invoice::InvoiceError, values::InvoiceId};
use projections::{
    credit_notes::{self, CreditNote, CreditNotes},
    engine::{Snapshot, Streams},
    invoices,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::view::{CreditNoteView, opened};
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

/// Which page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct PageParams {
    /// Credit notes of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of credit notes, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CreditNotePage {
    credit_notes: Vec<CreditNoteView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// The org's credit notes, the latest first.
#[utoipa::path(get, path = "/v1/billing/credit-notes", tag = "invoices", params(PageParams),
    responses((status = 200, description = "A page of credit notes", body = CreditNotePage)))]
pub(crate) async fn list(
    state: web::Data<AppState>,
    asked: Asked,
) -> Result<HttpResponse, ApiError> {
    page_of(state, asked, None).await
}

/// An invoice's credit notes, the latest first.
#[utoipa::path(get, path = "/v1/billing/invoices/{invoice_id}/credit-notes", tag = "invoices",
    params(PageParams),
    responses((status = 200, description = "A page of credit notes", body = CreditNotePage)))]
pub(crate) async fn of_invoice(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    page_of(state, asked, Some(*id)).await
}

async fn page_of(
    state: web::Data<AppState>,
    mut asked: Asked,
    invoice: Option<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let page = Page::<i64>::read(&state, &mut asked, "credit-notes", &invoice)?;
    let when = match invoice {
        Some(id) => asked.when.of(Streams::of(id)),
        None => asked.when,
    };
    let reading = reading::<CreditNotes>(&state, asked.caller.org, when).await?;
    if let Some(id) = invoice
        && invoices::get(&reading.snapshot, id).await?.is_none()
    {
        return Err(ApiError::refused(&InvoiceError::Unknown));
    }
    paging::list(state, asked, page, reading, NoteList { invoice }).await
}

struct NoteList {
    invoice: Option<InvoiceId>,
}

impl List for NoteList {
    type Key = i64;
    type Item = CreditNote;
    type View = CreditNoteView;
    type Page = CreditNotePage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<CreditNote>, ApiError> {
        Ok(credit_notes::list(snapshot, self.invoice, after, limit).await?)
    }

    fn key(note: &CreditNote) -> i64 {
        note.issued_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<CreditNote>,
    ) -> Result<Vec<CreditNoteView>, ApiError> {
        opened(state, caller, &found).await
    }

    fn page(
        &self,
        credit_notes: Vec<CreditNoteView>,
        next_cursor: Option<String>,
    ) -> CreditNotePage {
        CreditNotePage { credit_notes, next_cursor }
    }
}
