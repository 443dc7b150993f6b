//! `POST /v1/billing/invoices/{invoice_id}/lines`, `DELETE …/lines/{line_id}`,
//! `POST …/recalculate-totals`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{Invoice, InvoiceCommand, RecalculateTotals, RemoveLine},
    store::account_id,
    subscription::Subscription,
    values::InvoiceId,
};
use serde_json::json;
use uuid::Uuid;

use super::{InvoiceView, done};
use crate::{
    body::NoBody,
    error::ApiError,
    order::{Order, Plan},
    resources::{
        account::account,
        charges::{ChargeBody, LineTerms},
    },
    state::AppState,
};

/// Adds a line to a draft.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/lines", tag = "invoices",
    request_body = ChargeBody,
    responses((status = 201, description = "The invoice with the line; `line_item_id` names it",
        body = InvoiceView)))]
pub(crate) async fn add_line(
    state: web::Data<AppState>,
    order: Order<ChargeBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<ChargeBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let line_id = order.new_id("line");
    let terms = LineTerms::of(state, order, line_id).await?;
    let read = account_id(order.caller.org);
    let plan = Plan::on(id).then_from::<Invoice, Subscription>(id, read, move |account| {
        Ok(InvoiceCommand::AddLine(terms.line(account, None)?))
    });
    Ok(plan.saying(StatusCode::CREATED, json!({"line_item_id": line_id})))
}

/// Takes a line off a draft.
#[utoipa::path(delete, path = "/v1/billing/invoices/{invoice_id}/lines/{line_id}",
    tag = "invoices",
    responses((status = 200, description = "The invoice without the line", body = InvoiceView)))]
pub(crate) async fn remove_line(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, line_id) = path.into_inner();
    let id = InvoiceId::new(id);
    done(&state, &order, plan_removal(id, line_id), id).await
}

pub(crate) fn plan_removal(id: InvoiceId, line_id: Uuid) -> Plan {
    Plan::one::<Invoice>(id, InvoiceCommand::RemoveLine(RemoveLine { line_id }))
}

/// Works a draft's tax out anew from its lines and the configured rate of today.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/recalculate-totals",
    tag = "invoices",
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn recalculate(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_recalculation(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_recalculation(
    state: &AppState,
    order: &Order<NoBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let org = order.caller.org;
    let today = account(state, org).await?.today();
    Ok(Plan::on(id).then_from::<Invoice, Subscription>(id, account_id(org), move |account| {
        let (configured_rate, _) = account.tax_on(today);
        Ok(InvoiceCommand::RecalculateTotals(RecalculateTotals { configured_rate }))
    }))
}
