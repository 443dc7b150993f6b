//! `GET /v1/admin/reports/cash`

use actix_web::{HttpResponse, web::Data};
use ledger::{
    journal::Account,
    values::{Currency, Money, MoneyError},
};
use projections::journal::{DayAmount, Journal, by_day};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::period::{Days, PeriodParams, period};
use crate::{
    answer::at_position, error::ApiError, query::Asked, reading::reading, state::AppState,
};

/// What came and went on one business day.
#[derive(Debug, Serialize, ToSchema)]
struct CashOfDay {
    /// The day.
    date: Date,
    /// What came.
    received: String,
    /// The same in minor units.
    received_cents: i64,
    /// What went: refunds, returned payments, disputes.
    paid_out: String,
    /// The same in minor units.
    paid_out_cents: i64,
    /// What came less what went.
    net: String,
    /// The same in minor units.
    net_cents: i64,
}

/// What came and went in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct CashOfCurrency {
    /// ISO 4217.
    currency: String,
    /// What came.
    received: String,
    /// The same in minor units.
    received_cents: i64,
    /// What went: refunds, returned payments, disputes.
    paid_out: String,
    /// The same in minor units.
    paid_out_cents: i64,
    /// What came less what went.
    net: String,
    /// The same in minor units.
    net_cents: i64,
    /// Days on which something did, the earliest first.
    days: Vec<CashOfDay>,
}

/// The cash of the days that were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CashView {
    /// As of this position.
    position: i64,
    #[serde(flatten)]
    days: Days,
    /// One per currency.
    currencies: Vec<CashOfCurrency>,
}

/// Cash collected and paid out, day by day: what moved account 1000.
#[utoipa::path(get, path = "/v1/admin/reports/cash", tag = "reports", params(PeriodParams),
    responses((status = 200, description = "One per currency", body = CashView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let (days, period) = period(&state, &mut asked).await?;
    let reading = reading::<Journal>(&state, asked.caller.org, asked.when).await?;
    let found = by_day(&reading.snapshot, Account::Cash, period).await?;
    let position = period.until_position.unwrap_or(reading.position);
    reading.snapshot.close().await?;
    let by_currency = found.chunk_by(|one, next| one.debit.currency() == next.debit.currency());
    let currencies = by_currency.map(of_currency).collect::<Result<_, _>>();
    let currencies = currencies.map_err(|error| ApiError::failed(&error))?;
    Ok(at_position(position, &CashView { position, days, currencies }))
}

fn of_currency(days: &[DayAmount]) -> Result<CashOfCurrency, MoneyError> {
    let currency = days.first().map_or(Currency::USD, |day| day.debit.currency());
    let sum = |side: fn(&DayAmount) -> Money| {
        days.iter().try_fold(Money::zero(currency), |sum, day| sum.plus(side(day)))
    };
    let (received, paid_out) = (sum(|day| day.debit)?, sum(|day| day.credit)?);
    let net = received.minus(paid_out)?;
    Ok(CashOfCurrency {
        currency: currency.to_string(),
        received: received.to_string(),
        received_cents: received.minor(),
        paid_out: paid_out.to_string(),
        paid_out_cents: paid_out.minor(),
        net: net.to_string(),
        net_cents: net.minor(),
        days: days.iter().map(of_day).collect::<Result<_, _>>()?,
    })
}

fn of_day(day: &DayAmount) -> Result<CashOfDay, MoneyError> {
    let net = day.debit.minus(day.credit)?;
    Ok(CashOfDay {
        date: day.on,
        received: day.debit.to_string(),
        received_cents: day.debit.minor(),
        paid_out: day.credit.to_string(),
        paid_out_cents: day.credit.minor(),
        net: net.to_string(),
        net_cents: net.minor(),
    })
}
