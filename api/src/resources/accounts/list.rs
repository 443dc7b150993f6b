//! `GET /v1/admin/accounts`

use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode};
use ledger::journal::{Account, AccountClass};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{answer::json_with, error::ApiError, query::Asked};

/// An account of the chart.
#[derive(Debug, Serialize, ToSchema)]
struct ChartAccount {
    /// Number; what journal lines name.
    account: &'static str,
    /// Name.
    account_name: &'static str,
    /// asset, liability, equity, revenue or expense.
    class: &'static str,
    /// debit or credit: the side on which its class stands.
    normal_side: &'static str,
}

/// The chart of accounts, by number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChartView {
    accounts: Vec<ChartAccount>,
}

/// The chart of accounts.
#[utoipa::path(get, path = "/v1/admin/accounts", tag = "journal",
    responses((status = 200, description = "Every account, by number", body = ChartView)))]
pub(crate) async fn list(asked: Asked) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let accounts = Account::ALL.iter().map(|account| {
        let (class, normal_side) = words(account.class());
        ChartAccount { account: account.number(), account_name: account.name(), class, normal_side }
    });
    let view = ChartView { accounts: accounts.collect() };
    Ok(json_with(HttpResponseBuilder::new(StatusCode::OK), &view))
}

/// What a class is called, and its side.
pub(crate) fn words(class: AccountClass) -> (&'static str, &'static str) {
    match class {
        AccountClass::Asset => ("asset", "debit"),
        AccountClass::Liability => ("liability", "credit"),
        AccountClass::Equity => ("equity", "credit"),
        AccountClass::Revenue => ("revenue", "credit"),
        AccountClass::Expense => ("expense", "debit"),
    }
}
