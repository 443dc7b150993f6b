//! `GET /v1/billing/payment-status/{invoice_id}`

use actix_web::{HttpResponse, web};
use ledger::values::InvoiceId;
use projections::{
    engine::{Streams, Worded},
    invoices::Invoices,
    payment_status::{self, PaymentState, PaymentStatus},
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    render::find,
    view::{PaymentView, cents},
};
use crate::{
    answer::{instant, of_version},
    error::ApiError,
    people::open,
    query::Asked,
    reading::{awaited, reading},
    state::AppState,
};

/// What was paid of an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentStatusView {
    /// Which invoice.
    invoice_id: Uuid,
    /// Where it stands.
    status: String,
    /// ISO 4217.
    currency: String,
    /// What it asks.
    total_amount: String,
    /// What was settled.
    amount_paid: String,
    /// The same in minor units.
    amount_paid_cents: i64,
    /// What is still owed.
    balance_due: String,
    /// The same in minor units.
    balance_due_cents: i64,
    /// Overpaid, neither applied elsewhere nor refunded.
    unapplied_credit: String,
    /// When payment is due.
    due_date: Option<Date>,
    /// Payments that succeeded.
    succeeded_payment_count: usize,
    /// When the last payment was heard of that succeeded.
    last_payment_at: Option<String>,
    /// All payments with their refunds, in the order they were heard of.
    payments: Vec<PaymentView>,
}

/// What was paid of an invoice: every payment and refund.
#[utoipa::path(get, path = "/v1/billing/payment-status/{invoice_id}", tag = "payments",
    responses((status = 200, description = "Payments and refunds", body = PaymentStatusView)))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let org = asked.caller.org;
    let when = asked.when.of(Streams::of(*id));
    awaited::<PaymentStatus>(&state, org, when).await?;
    let reading = reading::<Invoices>(&state, org, when).await?;
    let invoice = find(&reading.snapshot, *id).await?;
    let found = payment_status::of_invoice(&reading.snapshot, *id).await?;
    reading.snapshot.close().await?;
    let sealed: Vec<_> = found.iter().map(|payment| payment.reference.as_ref()).collect();
    let references = open(&state, &asked.caller, &sealed).await?;
    let brought =
        |state: PaymentState| matches!(state, PaymentState::Succeeded | PaymentState::Refunded);
    let succeeded: Vec<_> = found.iter().filter(|payment| brought(payment.state)).collect();
    let view = PaymentStatusView {
        invoice_id: id.uuid(),
        status: invoice.status.word().to_owned(),
        currency: invoice.total.currency().to_string(),
        total_amount: invoice.total.to_string(),
        amount_paid: invoice.paid.to_string(),
        amount_paid_cents: cents(invoice.paid),
        balance_due: invoice.balance.to_string(),
        balance_due_cents: cents(invoice.balance),
        unapplied_credit: invoice.credit.to_string(),
        due_date: invoice.due_on,
        succeeded_payment_count: succeeded.len(),
        last_payment_at: succeeded.iter().map(|payment| payment.updated_at).max().map(instant),
        payments: found
            .iter()
            .zip(references)
            .map(|(payment, reference)| PaymentView::of(payment, reference))
            .collect(),
    };
    Ok(of_version(reading.position, invoice.version, &view))
}
