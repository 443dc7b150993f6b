//! `GET /v1/admin/reports/revenue`

use actix_web::{HttpResponse, web::Data};
use ledger::{
    journal::{Account, AccountClass},
    values::Money,
};
use projections::{
    engine::Worded,
    journal::{AccountBalance, Entries, Journal, Period, account_balances},
    revenue::{DeferredMonth, Revenue, Totals, deferred_schedule, totals},
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::period::{Days, PeriodParams, period};
use crate::{
    answer::at_position, error::ApiError, query::Asked, reading::reading,
    resources::account::account_when, state::AppState,
};

/// What was earned on one account.
#[derive(Debug, Serialize, ToSchema)]
struct RecognizedView {
    /// Number in the chart of accounts.
    account: &'static str,
    /// Name in the chart of accounts.
    account_name: &'static str,
    /// ISO 4217.
    currency: String,
    /// How much.
    amount: String,
    /// The same in minor units.
    amount_cents: i64,
}

/// How deferred revenue (account 2000) moved.
#[derive(Debug, Serialize, ToSchema)]
struct DeferredView {
    /// ISO 4217.
    currency: String,
    /// Deferred before the first day.
    opening: String,
    /// Billed ahead.
    added: String,
    /// Earned or taken back.
    released: String,
    /// Deferred after the last day.
    closing: String,
    /// The same in minor units.
    closing_cents: i64,
}

/// All that was ever billed ahead for one item type: billed is earned, taken back, or deferred.
#[derive(Debug, Serialize, ToSchema)]
struct AheadView {
    /// setup_fee or subscription.
    item_type: String,
    /// ISO 4217.
    currency: String,
    /// Billed ahead.
    billed: String,
    /// Earned so far.
    recognized: String,
    /// Taken back before it was earned.
    taken_back: String,
    /// Neither.
    deferred: String,
    /// The same in minor units.
    deferred_cents: i64,
}

/// What one coming month will earn.
#[derive(Debug, Serialize, ToSchema)]
struct MonthView {
    /// Its last day.
    month_ends_on: Date,
    /// setup_fee or subscription.
    item_type: String,
    /// ISO 4217.
    currency: String,
    /// What it will earn of what is deferred now.
    amount: String,
    /// The same in minor units.
    amount_cents: i64,
    /// What will be left to earn after it.
    left: String,
}

/// What was earned, what is deferred, and when that will be earned.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevenueView {
    /// As of this position.
    position: i64,
    #[serde(flatten)]
    days: Days,
    /// Earned in the period, by account.
    recognized: Vec<RecognizedView>,
    /// Deferred revenue over the period, one per currency.
    deferred: Vec<DeferredView>,
    /// All that was ever billed ahead, as it stands now.
    billed_ahead: Vec<AheadView>,
    /// When what is deferred now will be earned.
    coming_months: Vec<MonthView>,
}

/// Revenue of a period by business day, what is deferred, and the schedule of the coming months.
#[utoipa::path(get, path = "/v1/admin/reports/revenue", tag = "reports", params(PeriodParams),
    responses((status = 200, description = "Per account and currency", body = RevenueView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let (days, period) = period(&state, &mut asked).await?;
    let org = asked.caller.org;
    let account = account_when(&state, org, asked.when).await?;
    let reading = reading::<Revenue>(&state, org, asked.when).await?;
    let snapshot = &reading.snapshot;
    let known = reading.position.min(snapshot.model::<Journal>().await?.position);
    let moved = account_balances(snapshot, period, Entries::All).await?;
    let before = match period.from {
        Some(from) => {
            let before = Period { from: None, until: Some(from), ..period };
            account_balances(snapshot, before, Entries::All).await?
        }
        None => Vec::new(),
    };
    let (ahead, months) =
        (totals(snapshot).await?, deferred_schedule(snapshot, account.today()).await?);
    let position = period.until_position.unwrap_or(known);
    reading.snapshot.close().await?;
    let earned = moved.iter().filter(|of| of.account.class() == AccountClass::Revenue);
    let view = RevenueView {
        position,
        days,
        recognized: earned.map(RecognizedView::from).collect(),
        deferred: deferred(&before, &moved),
        billed_ahead: ahead.iter().map(AheadView::from).collect(),
        coming_months: months.iter().map(MonthView::from).collect(),
    };
    Ok(at_position(position, &view))
}

/// Deferred revenue stands on the right.
fn deferred(before: &[AccountBalance], moved: &[AccountBalance]) -> Vec<DeferredView> {
    let of = |of: &&AccountBalance| of.account == Account::DeferredRevenue;
    let mut currencies: Vec<_> =
        before.iter().chain(moved).filter(of).map(|of| of.balance.currency()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let view = |currency| {
        let find = |balances: &[AccountBalance]| {
            let here = balances.iter().filter(of).find(|of| of.balance.currency() == currency);
            here.map_or((0, 0), |of| (of.debit.minor(), of.credit.minor()))
        };
        let (opening, (released, added)) = (find(before), find(moved));
        let opening = opening.1 - opening.0;
        let money = |minor| Money::from_minor(minor, currency);
        let closing = money(opening + added - released);
        DeferredView {
            currency: currency.to_string(),
            opening: money(opening).to_string(),
            added: money(added).to_string(),
            released: money(released).to_string(),
            closing: closing.to_string(),
            closing_cents: closing.minor(),
        }
    };
    currencies.into_iter().map(view).collect()
}

impl From<&AccountBalance> for RecognizedView {
    fn from(of: &AccountBalance) -> Self {
        let amount = Money::from_minor(-of.balance.minor(), of.balance.currency());
        Self {
            account: of.account.number(),
            account_name: of.account.name(),
            currency: amount.currency().to_string(),
            amount: amount.to_string(),
            amount_cents: amount.minor(),
        }
    }
}

impl From<&Totals> for AheadView {
    fn from(of: &Totals) -> Self {
        Self {
            item_type: of.item_type.word().to_owned(),
            currency: of.billed.currency().to_string(),
            billed: of.billed.to_string(),
            recognized: of.recognized.to_string(),
            taken_back: of.cut.to_string(),
            deferred: of.deferred.to_string(),
            deferred_cents: of.deferred.minor(),
        }
    }
}

impl From<&DeferredMonth> for MonthView {
    fn from(of: &DeferredMonth) -> Self {
        Self {
            month_ends_on: of.month_ends_on,
            item_type: of.item_type.word().to_owned(),
            currency: of.amount.currency().to_string(),
            amount: of.amount.to_string(),
            amount_cents: of.amount.minor(),
            left: of.left.to_string(),
        }
    }
}
