//! `POST /v1/billing/invoices/{invoice_id}/issue`, `…/send`, `…/mark-overdue`

use actix_web::{HttpResponse, web};
use ledger::{
    cycles::issue_on,
    invoice::{Invoice, InvoiceCommand, MarkOverdue, MarkSent},
    store::account_id,
    subscription::Subscription,
    values::InvoiceId,
};
use time::Date;
use utoipa::ToSchema;

use super::{InvoiceView, done};
use crate::{
    body::{Fields, FromBody, NoBody, day},
    error::ApiError,
    order::{Order, Plan},
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
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<IssueBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let org = order.caller.org;
    let issued_on = match order.body.issued_on {
        Some(day) => day,
        None => account(state, org).await?.today(),
    };
    Ok(Plan::on(id).then_from::<Invoice, Subscription>(id, account_id(org), move |account| {
        Ok(issue_on(account, issued_on))
    }))
}

/// Says that it went out to the customer.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/send", tag = "invoices",
    responses((status = 200, description = "The invoice, sent", body = InvoiceView)))]
pub(crate) async fn send(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    done(&state, &order, plan_send(&order, *id), *id).await
}

pub(crate) fn plan_send(order: &Order<NoBody>, id: InvoiceId) -> Plan {
    let sent_at = order.context.occurred_at;
    Plan::one::<Invoice>(id, InvoiceCommand::MarkSent(MarkSent { sent_at }))
}

/// Notes that the due date has passed with money owed; otherwise changes nothing.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/mark-overdue", tag = "invoices",
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn mark_overdue(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_overdue(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_overdue(
    state: &AppState,
    order: &Order<NoBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let today = account(state, order.caller.org).await?.today();
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::MarkOverdue(MarkOverdue { today })))
}
