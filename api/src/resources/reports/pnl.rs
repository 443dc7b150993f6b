//! `GET /v1/admin/reports/pnl`

use actix_web::{HttpResponse, web::Data};
use projections::{
    journal::Journal,
    profit_and_loss::{AccountAmount, Billed, ProfitAndLoss, profit_and_loss},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::period::{Days, PeriodParams, period};
use crate::{
    answer::at_position, error::ApiError, query::Asked, reading::reading, state::AppState,
};

/// What an account brought or cost.
#[derive(Debug, Serialize, ToSchema)]
struct AmountView {
    /// Number in the chart of accounts.
    account: &'static str,
    /// Name in the chart of accounts.
    account_name: &'static str,
    /// How much; below zero where revenue was cut or an expense came back.
    amount: String,
    /// The same in minor units.
    amount_cents: i64,
}

/// What was billed, whether earned in the period or not.
#[derive(Debug, Serialize, ToSchema)]
struct BilledView {
    /// Invoices issued in the period and not voided.
    invoices: i64,
    /// Their subtotals.
    subtotal: String,
    /// The same in minor units.
    subtotal_cents: i64,
    /// Their taxes.
    tax: String,
    /// The same in minor units.
    tax_cents: i64,
    /// Both.
    total: String,
    /// The same in minor units.
    total_cents: i64,
    /// Taken back by credit notes of the period, net of tax.
    credited: String,
    /// The same in minor units.
    credited_cents: i64,
    /// Tax taken back by them.
    credited_tax: String,
    /// The same in minor units.
    credited_tax_cents: i64,
}

/// Profit and loss in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct PnlOfCurrency {
    /// ISO 4217.
    currency: String,
    /// By account.
    revenue: Vec<AmountView>,
    /// By account.
    expenses: Vec<AmountView>,
    /// Sum of the revenue.
    total_revenue: String,
    /// The same in minor units.
    total_revenue_cents: i64,
    /// Sum of the expenses.
    total_expenses: String,
    /// The same in minor units.
    total_expenses_cents: i64,
    /// Revenue less expenses.
    net: String,
    /// The same in minor units.
    net_cents: i64,
    /// What was billed, from the invoices' snapshots.
    billed: BilledView,
}

/// Profit and loss of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PnlView {
    /// As of this position.
    position: i64,
    #[serde(flatten)]
    days: Days,
    /// One per currency.
    currencies: Vec<PnlOfCurrency>,
}

/// What was earned and spent in a period, by business day; what was billed stands beside it.
#[utoipa::path(get, path = "/v1/admin/reports/pnl", tag = "reports", params(PeriodParams),
    responses((status = 200, description = "One per currency", body = PnlView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let (days, period) = period(&state, &mut asked).await?;
    let reading = reading::<Journal>(&state, asked.caller.org, asked.when).await?;
    let found = profit_and_loss(&reading.snapshot, period).await?;
    let position = period.until_position.unwrap_or(reading.position);
    reading.snapshot.close().await?;
    let currencies = found.into_iter().map(PnlOfCurrency::from).collect();
    Ok(at_position(position, &PnlView { position, days, currencies }))
}

impl From<ProfitAndLoss> for PnlOfCurrency {
    fn from(of: ProfitAndLoss) -> Self {
        Self {
            currency: of.currency.to_string(),
            revenue: of.revenue.iter().map(AmountView::from).collect(),
            expenses: of.expenses.iter().map(AmountView::from).collect(),
            total_revenue: of.total_revenue.to_string(),
            total_revenue_cents: of.total_revenue.minor(),
            total_expenses: of.total_expenses.to_string(),
            total_expenses_cents: of.total_expenses.minor(),
            net: of.net.to_string(),
            net_cents: of.net.minor(),
            billed: BilledView::from(of.billed),
        }
    }
}

impl From<&AccountAmount> for AmountView {
    fn from(of: &AccountAmount) -> Self {
        Self {
            account: of.account.number(),
            account_name: of.account.name(),
            amount: of.amount.to_string(),
            amount_cents: of.amount.minor(),
        }
    }
}

impl From<Billed> for BilledView {
    fn from(billed: Billed) -> Self {
        Self {
            invoices: billed.invoices,
            subtotal: billed.net.to_string(),
            subtotal_cents: billed.net.minor(),
            tax: billed.tax.to_string(),
            tax_cents: billed.tax.minor(),
            total: billed.total.to_string(),
            total_cents: billed.total.minor(),
            credited: billed.credited_net.to_string(),
            credited_cents: billed.credited_net.minor(),
            credited_tax: billed.credited_tax.to_string(),
            credited_tax_cents: billed.credited_tax.minor(),
        }
    }
}
