//! `GET /v1/admin/journal/ledger`

use std::cell::Cell;

use actix_web::{HttpResponse, web::Data};
use ledger::{
    journal::Account as ChartAccount,
    values::{Currency, Money},
};
use projections::{
    engine::Snapshot,
    journal::{self, Journal, Posted},
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::instant,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::{Reading, known, reading},
    resources::account::account_when,
    state::AppState,
};

/// Which account, and which days.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct LedgerParams {
    /// Number in the chart of accounts.
    account: String,
    /// ISO 4217; the account's currency unless said otherwise.
    currency: Option<String>,
    /// Business day at or after.
    from: Option<Date>,
    /// Business day at or before.
    to: Option<Date>,
    /// As it was known at this position; as it is known now unless said otherwise.
    at_position: Option<i64>,
    /// Lines of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// One line of an account.
#[derive(Debug, Serialize, ToSchema)]
struct PostedView {
    /// The event's place in the log.
    position: i64,
    /// The event.
    event_id: Uuid,
    /// What happened.
    r#type: String,
    /// The day it belongs to.
    date: Date,
    /// The invoice, account or books it is about.
    subject_id: Uuid,
    /// The entry, where it was made by hand.
    entry_id: Option<Uuid>,
    /// On the left.
    debit: String,
    /// On the right.
    credit: String,
    /// Debits less credits up to and with this line.
    balance: String,
    /// When it was learned.
    recorded_at: String,
}

/// A page of an account, by business day and position.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerPage {
    /// Number in the chart of accounts.
    account: &'static str,
    /// Name in the chart of accounts.
    account_name: &'static str,
    /// ISO 4217.
    currency: String,
    /// Debits less credits before the first day.
    opening_balance: String,
    lines: Vec<PostedView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// An account's lines with their running balance.
#[utoipa::path(get, path = "/v1/admin/journal/ledger", tag = "journal", params(LedgerParams),
    responses((status = 200, description = "A page of an account", body = LedgerPage)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let to = asked.last_day("to");
    let params = &mut asked.params;
    let of: Option<ChartAccount> =
        params.parsed("account", "a number of the chart of accounts is expected");
    if of.is_none() {
        params.wrong("account", "a number of the chart of accounts is expected".into());
    }
    let currency = params.parsed("currency", "an ISO 4217 code is expected");
    let from = params.day("from");
    let at: Option<i64> = params.parsed("at_position", "a position is expected");
    let org = asked.caller.org;
    let currency = match currency {
        Some(currency) => currency,
        None => account_when(&state, org, asked.when).await?.currency(),
    };
    let filters = (of.map(ChartAccount::number), currency, from, to, at);
    let page = Page::<(Date, i64, i32)>::read(&state, &mut asked, "ledger", &filters)?;
    let Some(of) = of else { return Err(crate::error::Plain::NotFound.into()) };
    known(&state, org, at, asked.when).await?;
    let period = journal::Period { until_position: at, from, until: to.and_then(Date::next_day) };
    let reading = reading::<Journal>(&state, org, asked.when.knowing(at)).await?;
    let reading = Reading { position: at.unwrap_or(reading.position), ..reading };
    let opening = Cell::new(Money::zero(currency));
    let list = LedgerList { of, currency, period, opening };
    paging::list(state, asked, page, reading, list).await
}

struct LedgerList {
    of: ChartAccount,
    currency: Currency,
    period: journal::Period,
    /// What the page begins with; it is known once the page is fetched.
    opening: Cell<Money>,
}

impl List for LedgerList {
    type Key = (Date, i64, i32);
    type Item = Posted;
    type View = PostedView;
    type Page = LedgerPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<(Date, i64, i32)>,
        limit: i64,
    ) -> Result<Vec<Posted>, ApiError> {
        let (of, currency, period) = (self.of, self.currency, self.period);
        let found = journal::general_ledger(snapshot, of, currency, period, after, limit).await?;
        self.opening.set(found.opening);
        Ok(found.lines)
    }

    fn key(posted: &Posted) -> (Date, i64, i32) {
        (posted.line.business_on, posted.line.position, posted.line.line)
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Posted>,
    ) -> Result<Vec<PostedView>, ApiError> {
        Ok(found.into_iter().map(PostedView::from).collect())
    }

    fn page(&self, lines: Vec<PostedView>, next_cursor: Option<String>) -> LedgerPage {
        LedgerPage {
            account: self.of.number(),
            account_name: self.of.name(),
            currency: self.currency.to_string(),
            opening_balance: self.opening.get().to_string(),
            lines,
            next_cursor,
        }
    }
}

impl From<Posted> for PostedView {
    fn from(posted: Posted) -> Self {
        let line = posted.line;
        Self {
            position: line.position,
            event_id: line.event_id,
            r#type: line.event_type,
            date: line.business_on,
            subject_id: line.subject_id,
            entry_id: line.entry_id,
            debit: line.debit.to_string(),
            credit: line.credit.to_string(),
            balance: posted.balance.to_string(),
            recorded_at: instant(line.recorded_at),
        }
    }
}
