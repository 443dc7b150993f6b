//! `GET /v1/admin/queue/invoices`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::Snapshot,
    invoices::{self, Due, Invoice, Invoices, Queue},
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};

use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    resources::{
        account::account_when,
        invoices::{InvoiceView, opened},
    },
    state::AppState,
};

const STATUSES: &[(&str, Queue)] =
    &[("overdue", Queue::Overdue), ("unpaid", Queue::Unpaid), ("all", Queue::All)];

/// Which invoices.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct QueueParams {
    /// overdue (owed past the due date, noted or not; unless said otherwise), unpaid (owed) or
    /// all, in any case.
    status: Option<String>,
    /// Invoices of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// An invoice that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueuedInvoice {
    #[serde(flatten)]
    invoice: InvoiceView,
    /// Days since it was due while it is owed, in the org's zone; 0 where it is not overdue.
    days_overdue: i64,
}

/// A page of the queue, what is due first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceQueue {
    invoices: Vec<QueuedInvoice>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Invoices that wait for money, what is due first. The queues of photos and of assignments that
/// the contract lists belong to a dispatch product, and are not served here.
#[utoipa::path(get, path = "/v1/admin/queue/invoices", tag = "queues", params(QueueParams),
    responses((status = 200, description = "A page of the queue", body = InvoiceQueue)))]
pub(crate) async fn invoices(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let queue = asked.params.word("status", STATUSES).unwrap_or(Queue::Overdue);
    let today = account_when(&state, asked.caller.org, asked.when).await?.today();
    let page = Page::<Place>::read(&state, &mut asked, "queue/invoices", &queue.word())?;
    let reading = reading::<Invoices>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, WaitingInvoices { queue, today }).await
}

/// The place of an invoice in the queue.
type Place = (Date, i64);

struct WaitingInvoices {
    queue: Queue,
    today: Date,
}

impl List for WaitingInvoices {
    type Key = Place;
    type Item = Invoice;
    type View = QueuedInvoice;
    type Page = InvoiceQueue;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<Place>,
        limit: i64,
    ) -> Result<Vec<Invoice>, ApiError> {
        let after = after.map(|(on, position)| Due { on, position });
        Ok(invoices::queue(snapshot, self.queue, self.today, after, limit).await?)
    }

    fn key(invoice: &Invoice) -> Place {
        let Due { on, position } = Due::of(invoice);
        (on, position)
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Invoice>,
    ) -> Result<Vec<QueuedInvoice>, ApiError> {
        let late = |invoice: &Invoice| match invoice.due_on {
            Some(due_on) if invoice.is_overdue(self.today) => (self.today - due_on).whole_days(),
            _ => 0,
        };
        let late: Vec<i64> = found.iter().map(late).collect();
        let views = opened(state, caller, &found).await?.into_iter().zip(late);
        Ok(views.map(|(invoice, days_overdue)| QueuedInvoice { invoice, days_overdue }).collect())
    }

    fn page(&self, invoices: Vec<QueuedInvoice>, next_cursor: Option<String>) -> InvoiceQueue {
        InvoiceQueue { invoices, next_cursor }
    }
}
