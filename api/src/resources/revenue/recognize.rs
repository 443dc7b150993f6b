//! `POST /v1/admin/finance/revenue/recognize`

use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode, web::Data};
use ledger::earning::EarningReport;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::earn_all;
use crate::{
    answer::{DRY_RUN, POSITION, SETTLED, json_with},
    body::{FieldError, Fields, FromBody, day},
    error::ApiError,
    order::{Order, settle_at},
    resources::account::account,
    state::AppState,
};

/// Through which day.
#[derive(Debug, ToSchema)]
pub(crate) struct RecognizeBody {
    /// The last day of service that counts; today in the org's zone unless said otherwise, and
    /// not after it.
    through: Option<Date>,
}

impl FromBody for RecognizeBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { through: fields.optional("through", day)? })
    }
}

/// What was earned in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct EarnedAmount {
    /// ISO 4217.
    currency: String,
    /// How much.
    amount: String,
    /// The same in minor units.
    amount_cents: i64,
}

/// What a run earned, or would earn.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EarnedView {
    /// The last day of service that counts.
    through: Date,
    /// Invoices with deferred revenue.
    invoices_seen: u64,
    /// Invoices that earned something.
    invoices_earned: u64,
    /// Invoices that said no: voided meanwhile, for example.
    invoices_refused: u64,
    /// One per currency.
    earned: Vec<EarnedAmount>,
}

/// A report as it is answered.
pub(crate) fn earned(through: Date, report: &EarningReport) -> EarnedView {
    let earned = report.earned.iter().map(|(currency, amount)| EarnedAmount {
        currency: currency.to_string(),
        amount: amount.to_string(),
        amount_cents: amount.minor(),
    });
    EarnedView {
        through,
        invoices_seen: report.invoices_seen,
        invoices_earned: report.invoices_earned,
        invoices_refused: report.invoices_refused,
        earned: earned.collect(),
    }
}

/// Earns what was billed ahead, through a day, on every invoice with deferred revenue. The same
/// day twice earns nothing.
#[utoipa::path(post, path = "/v1/admin/finance/revenue/recognize", tag = "journal",
    request_body = RecognizeBody,
    responses((status = 200, description = "What was earned", body = EarnedView)))]
pub(crate) async fn recognize(
    state: Data<AppState>,
    order: Order<RecognizeBody>,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let today = account(&state, org).await?.today();
    let through = order.body.through.unwrap_or(today);
    if through > today {
        let pointer = "/through".to_owned();
        let detail = format!("not after {today}").into();
        let error = FieldError { pointer, code: "invalid", detail };
        return Err(ApiError::InvalidBody(vec![error]));
    }
    let report = earn_all(&state, &order.caller, through, order.dry_run).await?;
    let mut builder = HttpResponseBuilder::new(StatusCode::OK);
    builder.insert_header((POSITION, report.position.to_string()));
    if order.dry_run {
        builder.insert_header((DRY_RUN, "true"));
    } else {
        let (position, deadline) = (report.position, state.deadline());
        let reached = settle_at(&state, org, position, order.wait, deadline).await;
        if let Some(settled) = reached.settled {
            builder.insert_header((SETTLED, settled.to_string()));
        }
    }
    Ok(json_with(builder, &earned(through, &report)))
}
