//! `GET /v1/admin/journal/entries`

use actix_web::{HttpResponse, web::Data};
use ledger::journal::Account;
use projections::{
    engine::Snapshot,
    journal::{self, Journal, Line, Period},
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
    reading::reading,
    state::AppState,
};

/// Which entries.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct JournalParams {
    /// Only lines of this account, by number.
    account: Option<String>,
    /// Business day at or after.
    from: Option<Date>,
    /// Business day at or before.
    to: Option<Date>,
    /// Only up to this position.
    until_position: Option<i64>,
    /// Lines of a page, 1 to 200; 50 unless said otherwise. An entry is never torn apart.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// One line of an entry.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalLineView)]
pub(crate) struct LineView {
    /// Number in the chart of accounts.
    account: &'static str,
    /// Name in the chart of accounts.
    account_name: &'static str,
    /// On the left.
    debit: String,
    /// On the right.
    credit: String,
    /// ISO 4217.
    currency: String,
}

/// One entry: what one event means in double entry.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalEntryView)]
pub(crate) struct EntryView {
    /// The event's place in the log.
    position: i64,
    /// The event.
    event_id: Uuid,
    /// What happened.
    r#type: String,
    /// The day the entry belongs to.
    date: Date,
    /// The invoice or account it is about.
    subject_id: Uuid,
    /// When it was learned.
    recorded_at: String,
    /// Debits and credits are the same.
    lines: Vec<LineView>,
}

/// A page of entries, in order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalPage {
    entries: Vec<EntryView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// The journal, in order.
#[utoipa::path(get, path = "/v1/admin/journal/entries", tag = "journal", params(JournalParams),
    responses((status = 200, description = "A page of entries", body = JournalPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let to = asked.last_day("to");
    let params = &mut asked.params;
    let number = params.text("account");
    let account = number.as_deref().map(Account::of_number);
    if account == Some(None) {
        params.wrong("account", "a number of the chart of accounts is expected".into());
    }
    let account = account.flatten();
    let from = params.day("from");
    let until_position = params.parsed("until_position", "a position is expected");
    let period = Period { until_position, from, until: to.and_then(Date::next_day) };
    let filters = (account.map(Account::number), from, to, until_position);
    let page = Page::<(i64, i32)>::read(&state, &mut asked, "journal", &filters)?;
    let reading = reading::<Journal>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, EntryList { account, period }).await
}

struct EntryList {
    account: Option<Account>,
    period: Period,
}

impl List for EntryList {
    type Key = (i64, i32);
    type Item = Line;
    type View = EntryView;
    type Page = JournalPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<(i64, i32)>,
        limit: i64,
    ) -> Result<Vec<Line>, ApiError> {
        Ok(journal::lines(snapshot, self.account, self.period, after, limit).await?)
    }

    fn key(line: &Line) -> (i64, i32) {
        (line.position, line.line)
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        lines: Vec<Line>,
    ) -> Result<Vec<EntryView>, ApiError> {
        Ok(entries(lines))
    }

    fn page(&self, entries: Vec<EntryView>, next_cursor: Option<String>) -> JournalPage {
        JournalPage { entries, next_cursor }
    }

    fn cut(page: &Page<(i64, i32)>, found: Vec<Line>) -> (Vec<Line>, Option<(i64, i32)>) {
        let (lines, next) = page.cut(found, Self::key);
        whole_entries(lines, next)
    }
}

/// Leaves the last entry to the next page where it may not be whole, unless it is the only one.
fn whole_entries(
    mut lines: Vec<Line>,
    next: Option<(i64, i32)>,
) -> (Vec<Line>, Option<(i64, i32)>) {
    let Some((torn, _)) = next else { return (lines, None) };
    let whole = lines.iter().rposition(|line| line.position != torn);
    match whole {
        Some(last) => {
            lines.truncate(last + 1);
            let next = lines.last().map(|line| (line.position, line.line));
            (lines, next)
        }
        None => (lines, next),
    }
}

pub(super) fn entries(lines: Vec<Line>) -> Vec<EntryView> {
    let mut entries: Vec<EntryView> = Vec::new();
    for line in lines {
        let view = LineView {
            account: line.account.number(),
            account_name: line.account.name(),
            debit: line.debit.to_string(),
            credit: line.credit.to_string(),
            currency: line.debit.currency().to_string(),
        };
        match entries.last_mut() {
            Some(entry) if entry.position == line.position => entry.lines.push(view),
            _ => entries.push(EntryView {
                position: line.position,
                event_id: line.event_id,
                r#type: line.event_type,
                date: line.business_on,
                subject_id: line.subject_id,
                recorded_at: instant(line.recorded_at),
                lines: vec![view],
            }),
        }
    }
    entries
}
