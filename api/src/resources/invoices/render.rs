//! An invoice out of the read model, opened for its caller.

use actix_web::{HttpResponse, http::StatusCode};
use ledger::{invoice::InvoiceError, store::Outcome, values::InvoiceId};
use projections::{
    engine::Snapshot,
    invoices::{self, Invoice, Invoices},
};
use serde_json::Value;

use super::InvoiceView;
use crate::{
    answer::{self, command},
    body::ForeignId,
    credentials::Caller,
    error::ApiError,
    order::{Order, Plan},
    people::open,
    reading::reading,
    state::AppState,
};

/// One invoice of a view, or 404.
pub(crate) async fn find(snapshot: &Snapshot, id: InvoiceId) -> Result<Invoice, ApiError> {
    let found = invoices::get(snapshot, id).await?;
    found.ok_or_else(|| ApiError::refused(&InvoiceError::Unknown))
}

/// Invoices with what their caller may see of sealed values.
pub(crate) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: &[Invoice],
) -> Result<Vec<InvoiceView>, ApiError> {
    let sealed: Vec<_> = found
        .iter()
        .flat_map(|invoice| [invoice.customer_id.as_ref(), invoice.provider_invoice_id.as_ref()])
        .collect();
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let mut views = Vec::with_capacity(found.len());
    for invoice in found {
        let customer = plain.next().flatten();
        let customer = match (&invoice.customer_id, customer) {
            (Some(sealed), Some(text)) => ForeignId::opened(sealed, &text),
            _ => Value::Null,
        };
        views.push(InvoiceView::of(caller.org.0, invoice, customer, plain.next().flatten()));
    }
    Ok(views)
}

/// An invoice as the read model has it at a position or later.
pub(crate) async fn invoice_at(
    state: &AppState,
    caller: &Caller,
    id: InvoiceId,
    position: i64,
) -> Result<Option<InvoiceView>, ApiError> {
    let reading = reading::<Invoices>(state, caller.org, Some(position)).await?;
    let found = invoices::get(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    match found {
        Some(invoice) => Ok(opened(state, caller, std::slice::from_ref(&invoice)).await?.pop()),
        None => Ok(None),
    }
}

/// Answers a command with its invoice.
pub(crate) async fn answered<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &Outcome,
    status: StatusCode,
    id: InvoiceId,
    facts: Value,
) -> Result<HttpResponse, ApiError> {
    let caller = order.caller;
    command(state, order, outcome, status, facts, async |reached| {
        let view = invoice_at(state, &caller, id, reached.position).await?;
        view.map(|view| answer::value(&view)).transpose()
    })
    .await
}

/// Carries a plan out and answers with its invoice.
pub(crate) async fn done<B>(
    state: &AppState,
    order: &Order<B>,
    plan: Plan,
    id: InvoiceId,
) -> Result<HttpResponse, ApiError> {
    let (outcome, status, facts) = plan.carry_out(state, order).await?;
    answered(state, order, &outcome, status, id, facts).await
}
