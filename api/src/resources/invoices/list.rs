//! `GET /v1/billing/offices/{office_id}/invoices`

use actix_web::{HttpResponse, web};
use ledger::{
    invoice::{InvoiceType, Status},
    values::OrgId,
};
use projections::{
    engine::Snapshot,
    invoices::{self, Filter, Invoice, Invoices},
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{InvoiceView, render::opened};
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

/// The words for where an invoice stands.
pub(crate) const STATUSES: &[(&str, Status)] = &[
    ("draft", Status::Draft),
    ("sent", Status::Sent),
    ("partial", Status::Partial),
    ("paid", Status::Paid),
    ("overdue", Status::Overdue),
    ("failed", Status::Failed),
    ("canceled", Status::Canceled),
    ("cancelled", Status::Canceled),
];

const TYPES: &[(&str, InvoiceType)] = &[
    ("monthly", InvoiceType::Monthly),
    ("setup_fee", InvoiceType::SetupFee),
    ("one_off", InvoiceType::OneOff),
];

/// Which invoices.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct InvoiceParams {
    /// Repeated or separated by commas, in any case.
    status: Option<String>,
    /// monthly, setup_fee or one_off, in any case.
    r#type: Option<String>,
    /// First day of the billing period (else the day it was begun) at or after.
    from: Option<Date>,
    /// First day of the billing period (else the day it was begun) at or before.
    to: Option<Date>,
    /// The invoice's number, as it was issued.
    number: Option<String>,
    /// Invoices of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of invoices, the latest begun first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoicePage {
    invoices: Vec<InvoiceView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// The office's invoices, the latest first. The office is the caller's own org.
#[utoipa::path(get, path = "/v1/billing/offices/{office_id}/invoices", tag = "invoices",
    params(InvoiceParams),
    responses((status = 200, description = "A page of invoices", body = InvoicePage)))]
pub(crate) async fn list(
    state: web::Data<AppState>,
    mut asked: Asked,
    office: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    asked.caller.must_be(OrgId(*office))?;
    let params = &mut asked.params;
    let statuses = params.words("status", STATUSES);
    let invoice_type = params.word("type", TYPES);
    let (from, to) = (params.day("from"), params.day("to"));
    let number = params.text("number");
    let filters = serde_json::json!({
        "status": statuses, "type": invoice_type, "from": from, "to": to, "number": number,
    });
    let filter = Filter { statuses, invoice_type, from, to, number };
    let page = Page::<i64>::read(&state, &mut asked, "invoices", &filters)?;
    let reading = reading::<Invoices>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, InvoiceList { filter }).await
}

struct InvoiceList {
    filter: Filter,
}

impl List for InvoiceList {
    type Key = i64;
    type Item = Invoice;
    type View = InvoiceView;
    type Page = InvoicePage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Invoice>, ApiError> {
        Ok(invoices::list(snapshot, &self.filter, after, limit).await?)
    }

    fn key(invoice: &Invoice) -> i64 {
        invoice.opened_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Invoice>,
    ) -> Result<Vec<InvoiceView>, ApiError> {
        opened(state, caller, &found).await
    }

    fn page(&self, invoices: Vec<InvoiceView>, next_cursor: Option<String>) -> InvoicePage {
        InvoicePage { invoices, next_cursor }
    }
}
