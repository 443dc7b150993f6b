//! `GET /v1/admin/exports/accounting.csv`

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    web::Data,
};
use ledger::values::OrgId;
use projections::{
    accounting::{self, Filter},
    engine::{NotReached, Snapshot},
    invoices::Invoices,
    payment_status::PaymentStatus,
};
use time::{Date, macros::date};
use utoipa::IntoParams;

use super::attachment;
use crate::{
    answer::POSITION,
    error::ApiError,
    query::Asked,
    reading::{Reading, reading},
    resources::invoices::STATUSES,
    state::AppState,
    streaming::streamed,
    when::When,
};

/// Invoices read at a time.
const PAGE: i64 = 500;
/// Days beyond which nobody issues.
const FIRST_DAY: Date = date!(1900 - 01 - 01);
const LAST_DAY: Date = date!(9000 - 01 - 01);

/// Which invoices.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct AccountingParams {
    /// Issued on or after this day.
    from: Option<Date>,
    /// Issued on or before this day.
    to: Option<Date>,
    /// Repeated or separated by commas, in any case; all without.
    status: Option<String>,
}

/// Issued invoices with their payments and balances, as a CSV file: one line each, by day of
/// issue, all as of one position. A text cell that looks like a formula is prefixed with an
/// apostrophe. A file that breaks off ends without the last chunk of its transfer coding; it is
/// not the whole file, and no client takes it for one.
#[utoipa::path(get, path = "/v1/admin/exports/accounting.csv", tag = "exports",
    params(AccountingParams),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv")))]
pub(crate) async fn accounting(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let params = &mut asked.params;
    let (from, to) = (params.day("from"), params.day("to"));
    let statuses = params.words("status", STATUSES);
    asked.params.finish()?;
    let org = asked.caller.org;
    let (snapshot, position) = view(&state, org, asked.when).await?;
    let filter = Filter {
        from: from.unwrap_or(FIRST_DAY),
        until: to.and_then(Date::next_day).unwrap_or(LAST_DAY),
        statuses,
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((POSITION, position.to_string()))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, attachment(&file_name(from, to))));
    streamed(&state, response, |pieces| async move {
        pieces.send(accounting::header()).await?;
        let mut after = None;
        loop {
            let billed = page(&snapshot, &filter, after).await?;
            let Some(last) = billed.last() else { break };
            after = Some(last.key());
            pieces.send(accounting::lines(&billed)).await?;
        }
        Ok(snapshot.close().await?)
    })
}

/// Both read models at one position.
async fn view(state: &AppState, org: OrgId, when: When) -> Result<(Snapshot, i64), ApiError> {
    if when.as_of.is_some() {
        let Reading { snapshot, position } = reading::<Invoices>(state, org, when).await?;
        // Whatever takes long is done before the answer begins.
        snapshot.model::<PaymentStatus>().await?;
        return Ok((snapshot, position));
    }
    let wanted = when.min_position.unwrap_or(0);
    let opened =
        accounting::open(&state.engine, &state.ledger, org, wanted, state.deadline()).await;
    opened.map_err(|error| match error {
        NotReached::Deadline { reached, wanted, .. } => ApiError::Behind { wanted, reached },
        NotReached::Engine(error) => error.into(),
    })
}

async fn page(
    snapshot: &Snapshot,
    filter: &Filter,
    after: Option<(Date, uuid::Uuid)>,
) -> Result<Vec<accounting::Billed>, ApiError> {
    Ok(accounting::list(snapshot, filter, after, PAGE).await?)
}

/// `accounting-from-2026-01-01-to-2026-01-31.csv`, with the days that were given.
fn file_name(from: Option<Date>, to: Option<Date>) -> String {
    let from = from.map(|day| format!("-from-{day}")).unwrap_or_default();
    let to = to.map(|day| format!("-to-{day}")).unwrap_or_default();
    format!("accounting{from}{to}.csv")
}
