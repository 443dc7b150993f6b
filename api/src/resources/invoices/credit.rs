//! `POST /v1/billing/invoices/{invoice_id}/credits/apply`

use actix_web::{HttpResponse, web};
use ledger::{
    invoice::{ApplyCredit, Invoice, InvoiceCommand, ReleaseCredit},
    values::InvoiceId,
};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{InvoiceView, done};
use crate::{
    body::{Amount, FieldError, Fields, FromBody, uuid},
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// Where the credit comes from, and how much of it.
#[derive(Debug, ToSchema)]
pub(crate) struct CreditBody {
    /// The invoice that holds unapplied credit.
    from_invoice_id: Uuid,
    /// How much.
    #[schema(value_type = String, example = "10.00")]
    amount: Amount,
}

impl FromBody for CreditBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let from_invoice_id = fields.required("from_invoice_id", uuid);
        let amount = fields.required("amount", Amount::read);
        Some(Self { from_invoice_id: from_invoice_id?, amount: amount? })
    }
}

/// Takes another invoice's unapplied credit as payment: both invoices in one append.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/credits/apply", tag = "payments",
    request_body = CreditBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn apply(
    state: web::Data<AppState>,
    order: Order<CreditBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<CreditBody>,
    to: InvoiceId,
) -> Result<Plan, ApiError> {
    let from = InvoiceId::new(order.body.from_invoice_id);
    let account = account(state, order.caller.org).await?;
    let amount = order.body.amount.money(account.currency(), "/amount")?;
    if to == from {
        return Err(wrong("/from_invoice_id", "the invoice's own credit".into()));
    }
    let apply = ApplyCredit { amount, applied_on: account.today(), from };
    Ok(Plan::one::<Invoice>(to, InvoiceCommand::ApplyCredit(apply))
        .then::<Invoice>(from, InvoiceCommand::ReleaseCredit(ReleaseCredit { amount, to })))
}

fn wrong(pointer: &str, detail: std::borrow::Cow<'static, str>) -> ApiError {
    let pointer = pointer.to_owned();
    ApiError::InvalidBody(vec![FieldError { pointer, code: "invalid", detail }])
}
