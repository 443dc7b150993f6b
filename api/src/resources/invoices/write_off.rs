//! `POST /v1/billing/invoices/{invoice_id}/write-off`

use actix_web::{HttpResponse, web};
use ledger::{
    invoice::{Invoice, InvoiceCommand, WriteOff},
    values::{Code, InvoiceId},
};
use utoipa::ToSchema;

use super::{InvoiceView, done};
use crate::{
    body::{Fields, FromBody, code, text},
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// Why it is given up.
#[derive(Debug, ToSchema)]
pub(crate) struct WriteOffBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "uncollectible")]
    reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    note: Option<String>,
}

impl FromBody for WriteOffBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        Some(Self { reason_code: reason_code?, note: note? })
    }
}

/// Gives up all that is still owed.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/write-off", tag = "invoices",
    request_body = WriteOffBody,
    responses((status = 200, description = "The invoice, written off", body = InvoiceView)))]
pub(crate) async fn write_off(
    state: web::Data<AppState>,
    order: Order<WriteOffBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<WriteOffBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let note = match &order.body.note {
        Some(note) => Some(order.seal_own(state, "note", note).await?),
        None => None,
    };
    let command = InvoiceCommand::WriteOff(WriteOff {
        note,
        reason_code: order.body.reason_code.clone(),
        written_off_on: account(state, order.caller.org).await?.today(),
    });
    Ok(Plan::one::<Invoice>(id, command))
}
