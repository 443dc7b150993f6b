//! `GET /v1/admin/periods`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::Snapshot,
    periods::{self, Periods, Sealing, What},
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};

use super::month::name;
use crate::{
    answer::instant,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    people::open,
    query::Asked,
    reading::reading,
    state::AppState,
};

/// Which page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct PeriodParams {
    /// Closings and reopenings of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// One closing or reopening.
#[derive(Debug, Serialize, ToSchema)]
struct SealingView {
    /// closed or reopened.
    what: &'static str,
    /// The month, `YYYY-MM`.
    period: Option<String>,
    /// The last day that is sealed after it.
    closed_through: Option<Date>,
    /// The last day that was sealed before.
    before: Option<Date>,
    /// Who did it.
    actor: String,
    /// Why it was reopened.
    reason_code: Option<String>,
    /// A remark; masked for some roles.
    note: Option<String>,
    /// When.
    recorded_at: String,
    /// Its place in the log: what was booked up to here is what the period was sealed with.
    position: i64,
}

/// Where the books are sealed, and how that came, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodPage {
    /// The last day that is sealed.
    closed_through: Option<Date>,
    /// The first day that is not.
    open_from: Option<Date>,
    history: Vec<SealingView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Where the books are sealed, and every closing and reopening.
#[utoipa::path(get, path = "/v1/admin/periods", tag = "journal", params(PeriodParams),
    responses((status = 200, description = "A page of the history", body = PeriodPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let page = Page::<i64>::read(&state, &mut asked, "periods", &())?;
    let reading = reading::<Periods>(&state, asked.caller.org, asked.when).await?;
    let closed_through = periods::closed_through(&reading.snapshot).await?;
    paging::list(state, asked, page, reading, SealingList { closed_through }).await
}

struct SealingList {
    closed_through: Option<Date>,
}

impl List for SealingList {
    type Key = i64;
    type Item = Sealing;
    type View = SealingView;
    type Page = PeriodPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Sealing>, ApiError> {
        Ok(periods::history(snapshot, after, limit).await?)
    }

    fn key(sealing: &Sealing) -> i64 {
        sealing.position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Sealing>,
    ) -> Result<Vec<SealingView>, ApiError> {
        let sealed: Vec<_> = found.iter().map(|sealing| sealing.note.as_ref()).collect();
        let notes = open(state, caller, &sealed).await?;
        Ok(found.into_iter().zip(notes).map(view).collect())
    }

    fn page(&self, history: Vec<SealingView>, next_cursor: Option<String>) -> PeriodPage {
        let closed_through = self.closed_through;
        let open_from = closed_through.and_then(Date::next_day);
        PeriodPage { closed_through, open_from, history, next_cursor }
    }
}

fn view((sealing, note): (Sealing, Option<String>)) -> SealingView {
    let (what, day) = match sealing.what {
        What::Closed => ("closed", sealing.closed_through),
        What::Reopened => ("reopened", sealing.before),
    };
    SealingView {
        what,
        period: day.map(name),
        closed_through: sealing.closed_through,
        before: sealing.before,
        actor: sealing.actor,
        reason_code: sealing.reason_code,
        note,
        recorded_at: instant(sealing.recorded_at),
        position: sealing.position,
    }
}
