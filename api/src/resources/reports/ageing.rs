//! `GET /v1/admin/reports/ageing` and `…/ageing/invoices`

use actix_web::{HttpResponse, web::Data};
use ledger::values::Currency;
use projections::{
    aging::{self, AgedInvoice, Aging, aging},
    engine::{Snapshot, Worded},
    journal::Journal,
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::at_position,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::{Reading, known, reading},
    resources::account::account_when,
    state::AppState,
};

/// As of when.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct AgeingParams {
    /// At the end of this business day; today in the org's zone unless said otherwise. An instant
    /// here asks of the past, as everywhere; the day is then said with `effective_on`.
    as_of: Option<String>,
    /// As it was known at this position; as it is known now unless said otherwise.
    at_position: Option<i64>,
}

/// As of when, and a page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct AgedParams {
    /// At the end of this business day; today in the org's zone unless said otherwise. An instant
    /// here asks of the past, as everywhere; the day is then said with `effective_on`.
    as_of: Option<String>,
    /// As it was known at this position; as it is known now unless said otherwise.
    at_position: Option<i64>,
    /// ISO 4217; the account's currency unless said otherwise.
    currency: Option<String>,
    /// Invoices of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// What is owed of one age.
#[derive(Debug, Serialize, ToSchema)]
struct BucketView {
    /// current, 1-30, 31-60, 61-90, 91-120 or 120+: days past the due date.
    bucket: String,
    /// How much.
    amount: String,
    /// The same in minor units.
    amount_cents: i64,
}

/// What is owed in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct AgeingOfCurrency {
    /// ISO 4217.
    currency: String,
    /// Youngest first; every one is there.
    buckets: Vec<BucketView>,
    /// Booked on the account by hand, without an invoice.
    by_hand: String,
    /// The same in minor units.
    by_hand_cents: i64,
    /// Buckets and what was booked by hand: the balance of account 1100.
    total: String,
    /// The same in minor units.
    total_cents: i64,
    /// Unapplied credit, apart: the balance of account 2200.
    unapplied_credit: String,
    /// The same in minor units.
    unapplied_credit_cents: i64,
}

/// What is owed, by age.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgeingView {
    /// As of this position.
    position: i64,
    /// At the end of this business day.
    as_of: Date,
    /// One per currency.
    currencies: Vec<AgeingOfCurrency>,
}

/// An invoice that owes something.
#[derive(Debug, Serialize, ToSchema)]
struct AgedView {
    /// Which.
    invoice_id: Uuid,
    /// Its number.
    number: Option<String>,
    /// When payment was due.
    due_date: Date,
    /// Days past that; below zero before it.
    days_past_due: i64,
    /// current, 1-30, 31-60, 61-90, 91-120 or 120+
    bucket: String,
    /// What it owes.
    balance_due: String,
    /// The same in minor units.
    balance_due_cents: i64,
}

/// A page of invoices that owe something, the oldest due date first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgedPage {
    /// At the end of this business day.
    as_of: Date,
    invoices: Vec<AgedView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// What is owed at the end of a day, by days past due.
#[utoipa::path(get, path = "/v1/admin/reports/ageing", tag = "reports", params(AgeingParams),
    responses((status = 200, description = "One per currency", body = AgeingView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let (as_of, at) = day(&mut asked);
    asked.params.finish()?;
    let org = asked.caller.org;
    known(&state, org, at, asked.when).await?;
    let as_of = match as_of {
        Some(day) => day,
        None => account_when(&state, org, asked.when).await?.today(),
    };
    let reading = reading::<Journal>(&state, org, asked.when.knowing(at)).await?;
    let found = aging(&reading.snapshot, as_of, at).await?;
    let position = at.unwrap_or(reading.position);
    reading.snapshot.close().await?;
    let currencies = found.into_iter().map(AgeingOfCurrency::from).collect();
    Ok(at_position(position, &AgeingView { position, as_of, currencies }))
}

/// The invoices behind it, in one currency.
#[utoipa::path(get, path = "/v1/admin/reports/ageing/invoices", tag = "reports",
    params(AgedParams),
    responses((status = 200, description = "A page of invoices", body = AgedPage)))]
pub(crate) async fn invoices(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let (as_of, at) = day(&mut asked);
    let currency = asked.params.parsed("currency", "an ISO 4217 code is expected");
    let org = asked.caller.org;
    let account = account_when(&state, org, asked.when).await?;
    let (as_of, currency) =
        (as_of.unwrap_or_else(|| account.today()), currency.unwrap_or_else(|| account.currency()));
    let filters = (as_of, at, currency);
    let page = Page::<aging::After>::read(&state, &mut asked, "ageing", &filters)?;
    known(&state, org, at, asked.when).await?;
    let reading = reading::<Journal>(&state, org, asked.when.knowing(at)).await?;
    let reading = Reading { position: at.unwrap_or(reading.position), ..reading };
    paging::list(state, asked, page, reading, AgedList { as_of, at, currency }).await
}

struct AgedList {
    as_of: Date,
    at: Option<i64>,
    currency: Currency,
}

impl List for AgedList {
    type Key = aging::After;
    type Item = AgedInvoice;
    type View = AgedView;
    type Page = AgedPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<aging::After>,
        limit: i64,
    ) -> Result<Vec<AgedInvoice>, ApiError> {
        let (currency, as_of) = (self.currency, self.as_of);
        Ok(aging::invoices(snapshot, currency, as_of, self.at, after, limit).await?)
    }

    fn key(invoice: &AgedInvoice) -> aging::After {
        (invoice.due_on, invoice.invoice_id.uuid())
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<AgedInvoice>,
    ) -> Result<Vec<AgedView>, ApiError> {
        Ok(found.iter().map(AgedView::from).collect())
    }

    fn page(&self, invoices: Vec<AgedView>, next_cursor: Option<String>) -> AgedPage {
        AgedPage { as_of: self.as_of, invoices, next_cursor }
    }
}

fn day(asked: &mut Asked) -> (Option<Date>, Option<i64>) {
    let as_of = asked.last_day("as_of");
    let params = &mut asked.params;
    (as_of, params.parsed("at_position", "a position is expected"))
}

impl From<Aging> for AgeingOfCurrency {
    fn from(of: Aging) -> Self {
        let bucket = |(bucket, amount): &(aging::Bucket, ledger::values::Money)| BucketView {
            bucket: bucket.word().to_owned(),
            amount: amount.to_string(),
            amount_cents: amount.minor(),
        };
        Self {
            currency: of.currency.to_string(),
            buckets: of.buckets.iter().map(bucket).collect(),
            by_hand: of.by_hand.to_string(),
            by_hand_cents: of.by_hand.minor(),
            total: of.receivables.to_string(),
            total_cents: of.receivables.minor(),
            unapplied_credit: of.unapplied.to_string(),
            unapplied_credit_cents: of.unapplied.minor(),
        }
    }
}

impl From<&AgedInvoice> for AgedView {
    fn from(invoice: &AgedInvoice) -> Self {
        Self {
            invoice_id: invoice.invoice_id.uuid(),
            number: invoice.number.clone(),
            due_date: invoice.due_on,
            days_past_due: invoice.days_past_due,
            bucket: invoice.bucket.word().to_owned(),
            balance_due: invoice.balance.to_string(),
            balance_due_cents: invoice.balance.minor(),
        }
    }
}
