//! `POST /v1/billing/remittances/{remittance_id}/deposit`

use actix_web::{HttpResponse, web};
use ledger::{
    remittance::{MatchDeposit, Remittance, RemittanceCommand},
    values::{Code, RemittanceId},
};
use time::Date;
use utoipa::ToSchema;

use super::view::{RemittanceDetail, done};
use crate::{
    body::{Amount, Fields, FromBody, code, day},
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// What reached the bank.
#[derive(Debug, ToSchema)]
pub(crate) struct DepositBody {
    /// Exactly what was paid.
    #[schema(value_type = String, example = "80.00")]
    amount: Amount,
    /// The day; today in the org's zone unless said otherwise.
    deposited_on: Option<Date>,
    /// The bank's number of it.
    #[schema(value_type = Option<String>)]
    reference: Option<Code>,
}

impl FromBody for DepositBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let deposited_on = fields.optional("deposited_on", day);
        let reference = fields.optional("reference", code);
        Some(Self { amount: amount?, deposited_on: deposited_on?, reference: reference? })
    }
}

/// Notes that the money is at the bank.
#[utoipa::path(post, path = "/v1/billing/remittances/{remittance_id}/deposit",
    tag = "remittances", request_body = DepositBody,
    responses((status = 200, description = "The payment", body = RemittanceDetail)))]
pub(crate) async fn deposit(
    state: web::Data<AppState>,
    order: Order<DepositBody>,
    id: web::Path<RemittanceId>,
) -> Result<HttpResponse, ApiError> {
    let account = account(&state, order.caller.org).await?;
    let command = MatchDeposit {
        amount: order.body.amount.money(account.currency(), "/amount")?,
        deposited_on: order.body.deposited_on.unwrap_or_else(|| account.today()),
        reference: order.body.reference.clone(),
    };
    let plan = Plan::one::<Remittance>(*id, RemittanceCommand::MatchDeposit(command));
    done(&state, &order, plan, *id).await
}
