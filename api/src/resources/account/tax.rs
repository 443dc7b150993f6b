//! `POST /v1/billing/account/tax-rates`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    store::account_id,
    subscription::{ConfigureTax, SubscriptionCommand},
    values::{Code, Rate},
};
use time::Date;
use utoipa::ToSchema;

use super::{plan::plan_answered, view::PlanView};
use crate::{
    body::{Fields, FromBody, code, day, rate},
    error::ApiError,
    order::Order,
    state::AppState,
};

/// A tax rate from a day on.
#[derive(Debug, ToSchema)]
pub(crate) struct TaxBody {
    /// For example `CA-ON`.
    #[schema(value_type = String, example = "CA-ON")]
    jurisdiction: Code,
    /// A fraction of one, at most six decimal places: `0.13`.
    #[schema(value_type = f64, example = 0.13)]
    rate: Rate,
    /// First day on which it holds.
    valid_from: Date,
}

impl FromBody for TaxBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let jurisdiction = fields.required("jurisdiction", code);
        let rate = fields.required("rate", rate);
        let valid_from = fields.required("valid_from", day);
        Some(Self { jurisdiction: jurisdiction?, rate: rate?, valid_from: valid_from? })
    }
}

/// Configures a tax rate. Issued invoices keep theirs.
#[utoipa::path(post, path = "/v1/billing/account/tax-rates", tag = "account",
    request_body = TaxBody,
    responses((status = 200, description = "The plan now", body = PlanView)))]
pub(crate) async fn configure(
    state: Data<AppState>,
    order: Order<TaxBody>,
) -> Result<HttpResponse, ApiError> {
    let TaxBody { jurisdiction, rate, valid_from } = &order.body;
    let command = SubscriptionCommand::ConfigureTax(ConfigureTax {
        jurisdiction: jurisdiction.clone(),
        rate: *rate,
        valid_from: *valid_from,
    });
    let outcome = order.execute(&state, account_id(order.caller.org), command).await?;
    plan_answered(&state, &order, &outcome, StatusCode::OK).await
}
