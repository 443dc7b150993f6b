//! `POST …/write-off/reverse`, `…/refunds/{refund_id}/cancel`, `…/credits/return`: each undoes by
//! an event of its own, with a reason.

use actix_web::{HttpResponse, web};
use ledger::{
    invoice::{CancelRefund, Invoice, InvoiceCommand, RegainCredit, ReturnCredit, ReverseWriteOff},
    values::{Code, InvoiceId},
};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{InvoiceView, done};
use crate::{
    body::{Amount, Fields, FromBody, code, day, text, uuid},
    error::ApiError,
    order::{Order, Plan},
    resources::account::{account, day_or_today},
    state::AppState,
};

/// Why it is undone.
#[derive(Debug, ToSchema)]
pub(crate) struct UndoBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "entered_in_error")]
    reason_code: Code,
    /// The day; today in the org's zone unless said otherwise.
    on: Option<Date>,
    /// A remark, at most 500 characters; kept sealed. Write-offs only.
    note: Option<String>,
}

impl FromBody for UndoBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let on = fields.optional("on", day);
        let note = fields.optional("note", text(500));
        Some(Self { reason_code: reason_code?, on: on?, note: note? })
    }
}

/// Which credit goes back, how much of it, and why.
#[derive(Debug, ToSchema)]
pub(crate) struct ReturnBody {
    /// The invoice whose credit was applied.
    from_invoice_id: Uuid,
    /// How much.
    #[schema(value_type = String, example = "10.00")]
    amount: Amount,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "wrong_invoice")]
    reason_code: Code,
}

impl FromBody for ReturnBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let from_invoice_id = fields.required("from_invoice_id", uuid);
        let amount = fields.required("amount", Amount::read);
        let reason_code = fields.required("reason_code", code);
        Some(Self { from_invoice_id: from_invoice_id?, amount: amount?, reason_code: reason_code? })
    }
}

/// Claims again what was given up: the balance is back.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/write-off/reverse",
    tag = "invoices", request_body = UndoBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn reverse_write_off(
    state: web::Data<AppState>,
    order: Order<UndoBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_write_off(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_write_off(
    state: &AppState,
    order: &Order<UndoBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let note = match &order.body.note {
        Some(note) => Some(order.seal_own(state, "note", note).await?),
        None => None,
    };
    let reverse = ReverseWriteOff {
        note,
        reason_code: order.body.reason_code.clone(),
        reversed_on: day_or_today(state, order.caller.org, order.body.on).await?,
    };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::ReverseWriteOff(reverse)))
}

/// Takes back a refund that has not left.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/cancel",
    tag = "payments", request_body = UndoBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn cancel_refund(
    state: web::Data<AppState>,
    order: Order<UndoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, refund_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let plan = plan_refund(&state, &order, id, refund_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_refund(
    state: &AppState,
    order: &Order<UndoBody>,
    id: InvoiceId,
    refund_id: Uuid,
) -> Result<Plan, ApiError> {
    let cancel = CancelRefund {
        canceled_on: day_or_today(state, order.caller.org, order.body.on).await?,
        reason_code: order.body.reason_code.clone(),
        refund_id,
    };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::CancelRefund(cancel)))
}

/// Gives applied credit back to the invoice it came from: both invoices in one append.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/credits/return", tag = "payments",
    request_body = ReturnBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn return_credit(
    state: web::Data<AppState>,
    order: Order<ReturnBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_credit(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_credit(
    state: &AppState,
    order: &Order<ReturnBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let account = account(state, order.caller.org).await?;
    let source = InvoiceId::new(order.body.from_invoice_id);
    let amount = order.body.amount.money(account.currency(), "/amount")?;
    let back = ReturnCredit {
        amount,
        reason_code: order.body.reason_code.clone(),
        returned_on: account.today(),
        to: source,
    };
    let regain = RegainCredit { amount, from: id };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::ReturnCredit(back))
        .then::<Invoice>(source, InvoiceCommand::RegainCredit(regain)))
}
