//! `GET /v1/admin/journal/trial-balance`

use actix_web::{HttpResponse, web::Data};
use projections::journal::{self, Entries, Journal, Period, TrialBalance};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer::at_position,
    error::ApiError,
    query::Asked,
    reading::{known, reading},
    state::AppState,
};

/// As of when.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct BalanceParams {
    /// As it was at this position; as it is now unless said otherwise.
    at_position: Option<i64>,
    /// Only entries of business days up to and with this one; `to` says the same.
    on: Option<Date>,
    /// Only entries of business days at or after this one.
    from: Option<Date>,
    /// Only entries of business days at or before this one.
    to: Option<Date>,
    /// include (unless said otherwise), or exclude adjusting entries and their reversals.
    adjusting: Option<String>,
}

const ADJUSTING: &[(&str, Entries)] =
    &[("include", Entries::All), ("exclude", Entries::BeforeAdjusting)];

/// What an account comes to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountView {
    /// Number in the chart of accounts.
    account: &'static str,
    /// Name in the chart of accounts.
    account_name: &'static str,
    /// Sum of the debits.
    debit: String,
    /// Sum of the credits.
    credit: String,
    /// Debits less credits.
    balance: String,
}

/// The trial balance of one currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BalanceView {
    /// ISO 4217.
    currency: String,
    /// Sum of all debits.
    total_debit: String,
    /// Sum of all credits.
    total_credit: String,
    /// Debits less credits: zero at every position.
    difference: String,
    /// Whether it is.
    balanced: bool,
    /// Accounts that were moved, by number.
    accounts: Vec<AccountView>,
}

/// Trial balances, one per currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BalancesView {
    /// As of this position.
    position: i64,
    balances: Vec<BalanceView>,
}

impl From<TrialBalance> for BalanceView {
    fn from(balance: TrialBalance) -> Self {
        let difference = balance.debit.minus(balance.credit);
        Self {
            currency: balance.currency.to_string(),
            total_debit: balance.debit.to_string(),
            total_credit: balance.credit.to_string(),
            difference: difference.map_or_else(|error| error.to_string(), |zero| zero.to_string()),
            balanced: balance.is_balanced(),
            accounts: balance
                .accounts
                .into_iter()
                .map(|account| AccountView {
                    account: account.account.number(),
                    account_name: account.account.name(),
                    debit: account.debit.to_string(),
                    credit: account.credit.to_string(),
                    balance: account.balance.to_string(),
                })
                .collect(),
        }
    }
}

/// What all accounts come to, at any position or on any day.
#[utoipa::path(get, path = "/v1/admin/journal/trial-balance", tag = "journal",
    params(BalanceParams),
    responses((status = 200, description = "One per currency", body = BalancesView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let on = asked.last_day("on");
    let params = &mut asked.params;
    let at: Option<i64> = params.parsed("at_position", "a position is expected");
    let (from, to) = (params.day("from"), params.day("to"));
    let entries = params.word("adjusting", ADJUSTING).unwrap_or_default();
    if on.is_some() && to.is_some() {
        params.wrong("on", "on or to, not both".into());
    }
    asked.params.finish()?;
    let org = asked.caller.org;
    known(&state, org, at, asked.when).await?;
    let reading = reading::<Journal>(&state, org, asked.when.knowing(at)).await?;
    let until = to.or(on).and_then(Date::next_day);
    let period = Period { until_position: at, from, until };
    let found = journal::trial_balance(&reading.snapshot, period, entries).await?;
    let position = at.unwrap_or(reading.position);
    reading.snapshot.close().await?;
    let balances = found.into_iter().map(BalanceView::from).collect();
    Ok(at_position(position, &BalancesView { position, balances }))
}
