//! `POST /v1/billing/invoices/{invoice_id}/lines`, `DELETE …/lines/{line_id}`,
//! `POST …/recalculate-totals`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{Invoice, InvoiceCommand, RecalculateTotals, RemoveLine},
    store::account_id,
    subscription::Subscription,
    values::InvoiceId,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{InvoiceView, answered};
use crate::{
    body::NoBody,
    error::ApiError,
    order::Order,
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
    let account = account(&state, order.caller.org).await?;
    let line_id = order.new_id("line");
    let terms = LineTerms::of(&state, &order, &account, line_id).await?;
    let batch = order.batch_on(&state, *id).then_from::<Invoice, Subscription>(
        *id,
        account_id(order.caller.org),
        move |account| Ok(InvoiceCommand::AddLine(terms.line(account, None))),
    );
    let outcome = batch.run().await?;
    let facts = json!({"line_item_id": line_id});
    answered(&state, &order, &outcome, StatusCode::CREATED, *id, facts).await
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
    let command = InvoiceCommand::RemoveLine(RemoveLine { line_id });
    let outcome = order.execute::<Invoice>(&state, id, command).await?;
    answered(&state, &order, &outcome, StatusCode::OK, id, Value::Null).await
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
    let org = order.caller.org;
    let today = account(&state, org).await?.today();
    let batch = order.batch_on(&state, *id).then_from::<Invoice, Subscription>(
        *id,
        account_id(org),
        move |account| {
            let (configured_rate, _) = account.tax_on(today);
            Ok(InvoiceCommand::RecalculateTotals(RecalculateTotals { configured_rate }))
        },
    );
    let outcome = batch.run().await?;
    answered(&state, &order, &outcome, StatusCode::OK, *id, Value::Null).await
}
