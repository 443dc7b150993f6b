//! `POST …/payments/{payment_id}/dispute`, `…/disputes/{dispute_id}/won`, `…/lost`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{Invoice, InvoiceCommand, LoseDispute, OpenDispute, WinDispute},
    values::{Code, InvoiceId, Money},
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
    resources::account::{account, day_or_today},
    state::AppState,
};

/// What the bank took back.
#[derive(Debug, ToSchema)]
pub(crate) struct DisputeBody {
    /// How much; never more than the payment brought and was not refunded.
    #[schema(value_type = String, example = "100.00")]
    amount: Amount,
    /// What the provider charges for it; nothing unless said otherwise.
    #[schema(value_type = Option<String>, example = "15.00")]
    fee: Option<Amount>,
    /// The bank's reason: at most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "product_not_received")]
    reason_code: Code,
    /// The day the funds were withdrawn; today in the org's zone unless said otherwise.
    opened_on: Option<Date>,
    /// Names the dispute; drawn unless said otherwise.
    dispute_id: Option<Uuid>,
}

impl FromBody for DisputeBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let fee = fields.optional("fee", Amount::read);
        let reason_code = fields.required("reason_code", code);
        let opened_on = fields.optional("opened_on", day);
        let dispute_id = fields.optional("dispute_id", uuid);
        Some(Self {
            amount: amount?,
            fee: fee?,
            reason_code: reason_code?,
            opened_on: opened_on?,
            dispute_id: dispute_id?,
        })
    }
}

/// When the funds came back, and how much of the fee.
#[derive(Debug, ToSchema)]
pub(crate) struct WonBody {
    /// The day; today in the org's zone unless said otherwise.
    closed_on: Option<Date>,
    /// How much of the fee came back; nothing unless said otherwise.
    #[schema(value_type = Option<String>, example = "15.00")]
    fee_returned: Option<Amount>,
}

impl FromBody for WonBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let closed_on = fields.optional("closed_on", day);
        let fee_returned = fields.optional("fee_returned", Amount::read);
        Some(Self { closed_on: closed_on?, fee_returned: fee_returned? })
    }
}

/// When it was decided.
#[derive(Debug, ToSchema)]
pub(crate) struct LostBody {
    /// The day; today in the org's zone unless said otherwise.
    closed_on: Option<Date>,
}

impl FromBody for LostBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { closed_on: fields.optional("closed_on", day)? })
    }
}

/// Says that the customer's bank took a payment back while it looks into it. Until that is
/// decided the payment can be neither refunded nor reversed.
#[utoipa::path(post,
    path = "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/dispute", tag = "payments",
    request_body = DisputeBody,
    responses((status = 201, description = "The invoice; `dispute_id` names the dispute",
        body = InvoiceView)))]
pub(crate) async fn open(
    state: web::Data<AppState>,
    order: Order<DisputeBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, payment_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let plan = plan_open(&state, &order, id, payment_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_open(
    state: &AppState,
    order: &Order<DisputeBody>,
    id: InvoiceId,
    payment_id: Uuid,
) -> Result<Plan, ApiError> {
    let account = account(state, order.caller.org).await?;
    let (body, currency) = (&order.body, account.currency());
    let fee = body.fee.as_ref().map(|fee| fee.money(currency, "/fee")).transpose()?;
    let dispute_id = body.dispute_id.unwrap_or_else(|| order.new_id("dispute"));
    let dispute = OpenDispute {
        amount: body.amount.money(currency, "/amount")?,
        dispute_id,
        fee: fee.unwrap_or(Money::zero(currency)),
        opened_on: body.opened_on.unwrap_or_else(|| account.today()),
        payment_id,
        reason_code: body.reason_code.clone(),
    };
    let plan = Plan::one::<Invoice>(id, InvoiceCommand::OpenDispute(dispute));
    Ok(plan.saying(StatusCode::CREATED, json!({"dispute_id": dispute_id})))
}

/// Says that the disputed money came back.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/won",
    tag = "payments", request_body = WonBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn won(
    state: web::Data<AppState>,
    order: Order<WonBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, dispute_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let plan = plan_won(&state, &order, id, dispute_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_won(
    state: &AppState,
    order: &Order<WonBody>,
    id: InvoiceId,
    dispute_id: Uuid,
) -> Result<Plan, ApiError> {
    let account = account(state, order.caller.org).await?;
    let (body, currency) = (&order.body, account.currency());
    let fee = body.fee_returned.as_ref().map(|fee| fee.money(currency, "/fee_returned"));
    let win = WinDispute {
        closed_on: body.closed_on.unwrap_or_else(|| account.today()),
        dispute_id,
        fee_returned: fee.transpose()?.unwrap_or(Money::zero(currency)),
    };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::WinDispute(win)))
}

/// Says that the disputed money is gone. What is still owed of it is given up as a loss.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/lost",
    tag = "payments", request_body = LostBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn lost(
    state: web::Data<AppState>,
    order: Order<LostBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, dispute_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let plan = plan_lost(&state, &order, id, dispute_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_lost(
    state: &AppState,
    order: &Order<LostBody>,
    id: InvoiceId,
    dispute_id: Uuid,
) -> Result<Plan, ApiError> {
    let closed_on = day_or_today(state, order.caller.org, order.body.closed_on).await?;
    let lose = LoseDispute { closed_on, dispute_id };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::LoseDispute(lose)))
}
