//! `POST /v1/billing/invoices/{invoice_id}/issue`, `…/send`, `…/mark-overdue`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    cycles::issue_on,
    invoice::{Invoice, InvoiceCommand, MarkOverdue, MarkSent},
    store::account_id,
    subscription::Subscription,
    values::InvoiceId,
};
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;

use super::{InvoiceView, answered};
use crate::{
    body::{Fields, FromBody, NoBody, day},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

/// When it is issued.
#[derive(Debug, ToSchema)]
pub(crate) struct IssueBody {
    /// The day; today in the org's zone unless said otherwise.
    issued_on: Option<Date>,
}

impl FromBody for IssueBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { issued_on: fields.optional("issued_on", day)? })
    }
}

/// Gives a draft its number, due date and tax snapshot. From then on it does not change.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/issue", tag = "invoices",
    request_body = IssueBody,
    responses((status = 200, description = "The invoice, issued", body = InvoiceView)))]
pub(crate) async fn issue(
    state: web::Data<AppState>,
    order: Order<IssueBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let issued_on = match order.body.issued_on {
        Some(day) => day,
        None => account(&state, org).await?.today(),
    };
    let batch = order.batch_on(&state, *id).then_from::<Invoice, Subscription>(
        *id,
        account_id(org),
        move |account| Ok(issue_on(account, issued_on)),
    );
    let outcome = batch.run().await?;
    answered(&state, &order, &outcome, StatusCode::OK, *id, Value::Null).await
}

/// Says that it went out to the customer.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/send", tag = "invoices",
    responses((status = 200, description = "The invoice, sent", body = InvoiceView)))]
pub(crate) async fn send(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let sent_at = order.context.occurred_at;
    let command = InvoiceCommand::MarkSent(MarkSent { sent_at });
    let outcome = order.execute::<Invoice>(&state, *id, command).await?;
    answered(&state, &order, &outcome, StatusCode::OK, *id, Value::Null).await
}

/// Notes that the due date has passed with money owed; otherwise changes nothing.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/mark-overdue", tag = "invoices",
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn mark_overdue(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let today = account(&state, order.caller.org).await?.today();
    let command = InvoiceCommand::MarkOverdue(MarkOverdue { today });
    let outcome = order.execute::<Invoice>(&state, *id, command).await?;
    answered(&state, &order, &outcome, StatusCode::OK, *id, Value::Null).await
}
