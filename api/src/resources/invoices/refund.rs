//! `POST /v1/billing/invoices/{invoice_id}/refunds`, `…/refunds/{refund_id}/settle`, `…/fail`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{CreateRefund, FailRefund, Invoice, InvoiceCommand, SettleRefund},
    values::{Code, InvoiceId},
};
use serde_json::json;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{InvoiceView, done};
use crate::{
    body::{Amount, Fields, FromBody, code, day, uuid},
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// Which payment goes back, how much of it, and why.
#[derive(Debug, ToSchema)]
pub(crate) struct RefundBody {
    /// Which payment.
    payment_id: Uuid,
    /// How much; never more than it brought and was not refunded yet.
    #[schema(value_type = String, example = "25.00")]
    amount: Amount,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "requested_by_customer")]
    reason_code: Code,
    /// The day; today in the org's zone unless said otherwise.
    created_on: Option<Date>,
}

impl FromBody for RefundBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let payment_id = fields.required("payment_id", uuid);
        let amount = fields.required("amount", Amount::read);
        let reason_code = fields.required("reason_code", code);
        let created_on = fields.optional("created_on", day);
        Some(Self {
            payment_id: payment_id?,
            amount: amount?,
            reason_code: reason_code?,
            created_on: created_on?,
        })
    }
}

/// When it happened.
#[derive(Debug, ToSchema)]
pub(crate) struct DayBody {
    /// The day; today in the org's zone unless said otherwise.
    on: Option<Date>,
}

impl FromBody for DayBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { on: fields.optional("on", day)? })
    }
}

impl Order<DayBody> {
    async fn day(&self, state: &AppState) -> Result<Date, ApiError> {
        match self.body.on {
            Some(day) => Ok(day),
            None => Ok(account(state, self.caller.org).await?.today()),
        }
    }
}

/// Grants a refund: out of unapplied credit first.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/refunds", tag = "payments",
    request_body = RefundBody,
    responses((status = 201, description = "The invoice; `refund_id` names the refund",
        body = InvoiceView)))]
pub(crate) async fn create(
    state: web::Data<AppState>,
    order: Order<RefundBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<RefundBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let account = account(state, order.caller.org).await?;
    let body = &order.body;
    let amount = body.amount.money(account.currency(), "/amount")?;
    let refund_id = order.new_id("refund");
    let command = InvoiceCommand::CreateRefund(CreateRefund {
        amount,
        created_on: body.created_on.unwrap_or_else(|| account.today()),
        payment_id: body.payment_id,
        reason_code: body.reason_code.clone(),
        refund_id,
    });
    let plan = Plan::one::<Invoice>(id, command);
    Ok(plan.saying(StatusCode::CREATED, json!({"refund_id": refund_id})))
}

/// Says that the refund left our account.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/settle",
    tag = "payments", request_body = DayBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn settle(
    state: web::Data<AppState>,
    order: Order<DayBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, refund_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let plan = plan_settled(&state, &order, id, refund_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_settled(
    state: &AppState,
    order: &Order<DayBody>,
    id: InvoiceId,
    refund_id: Uuid,
) -> Result<Plan, ApiError> {
    let settled_on = order.day(state).await?;
    let settle = SettleRefund { refund_id, settled_on };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::SettleRefund(settle)))
}

/// Says that the refund came back. It is still owed.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/fail",
    tag = "payments", request_body = DayBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn fail(
    state: web::Data<AppState>,
    order: Order<DayBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, refund_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let plan = plan_failed(&state, &order, id, refund_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_failed(
    state: &AppState,
    order: &Order<DayBody>,
    id: InvoiceId,
    refund_id: Uuid,
) -> Result<Plan, ApiError> {
    let failed_on = order.day(state).await?;
    let fail = FailRefund { failed_on, refund_id };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::FailRefund(fail)))
}
