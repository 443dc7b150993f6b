//! `POST /v1/billing/invoices/{invoice_id}/cancel`

use actix_web::{HttpResponse, web};
use ledger::{
    invoice::{Cancel, Invoice, InvoiceCommand},
    values::{Code, InvoiceId},
};
use utoipa::ToSchema;

use super::{InvoiceView, done};
use crate::{
    body::{Fields, FromBody, code},
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// Why it is voided.
#[derive(Debug, ToSchema)]
#[schema(as = CancelInvoiceBody)]
pub(crate) struct CancelBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64)]
    reason_code: Code,
}

impl FromBody for CancelBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.required("reason_code", code)? })
    }
}

/// Voids it: a draft always, an issued one while it holds no money. Its number stays used.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/cancel", tag = "invoices",
    request_body = CancelBody,
    responses((status = 200, description = "The invoice, void", body = InvoiceView)))]
pub(crate) async fn cancel(
    state: web::Data<AppState>,
    order: Order<CancelBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<CancelBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let canceled_on = account(state, order.caller.org).await?.today();
    let reason_code = order.body.reason_code.clone();
    let cancel = InvoiceCommand::Cancel(Cancel { canceled_on, reason_code });
    Ok(Plan::one::<Invoice>(id, cancel))
}
