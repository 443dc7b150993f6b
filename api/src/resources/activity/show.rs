//! `GET /v1/admin/activity`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::Worded,
    invoices::{Invoices, by_status},
};
use serde::Serialize;
use time::{Duration, OffsetDateTime};
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer::{at_position, instant},
    error::ApiError,
    query::Asked,
    reading::reading,
    state::AppState,
};

/// How finely.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct ActivityCountParams {
    /// minute (the last 60), hour (the last 24) or day (the last 30); hour unless said otherwise.
    by: Option<String>,
}

/// A stretch of time: how long, and how many of them are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    name: &'static str,
    length: Duration,
    count: i32,
}

const HOUR: Step = Step { name: "hour", length: Duration::hours(1), count: 24 };
const STEPS: &[(&str, Step)] = &[
    ("minute", Step { name: "minute", length: Duration::minutes(1), count: 60 }),
    ("hour", HOUR),
    ("day", Step { name: "day", length: Duration::days(1), count: 30 }),
];

/// Invoices that stand alike.
#[derive(Debug, Serialize, ToSchema)]
struct InvoiceStatusCount {
    /// draft, sent, partial, paid, overdue, failed or canceled.
    status: String,
    /// How many.
    count: i64,
}

/// Events of one stretch of time.
#[derive(Debug, Serialize, ToSchema)]
struct EventRate {
    /// After this instant.
    after: String,
    /// Up to this one.
    until: String,
    /// How many events were recorded.
    count: i64,
}

/// What stands and what happened, in counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActivityCounts {
    /// As of this position.
    position: i64,
    /// Invoices by where they stand; those that there are none of are left out.
    invoices: Vec<InvoiceStatusCount>,
    /// minute, hour or day.
    by: &'static str,
    /// Events by when they were recorded, the earliest first.
    events: Vec<EventRate>,
}

/// How many invoices stand where, and how many events were recorded lately.
#[utoipa::path(get, path = "/v1/admin/activity", tag = "events", params(ActivityCountParams),
    responses((status = 200, description = "Counts", body = ActivityCounts)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let step = asked.params.word("by", STEPS).unwrap_or(HOUR);
    std::mem::take(&mut asked.params).finish()?;
    let (org, when) = (asked.caller.org, asked.when);
    let reading = reading::<Invoices>(&state, org, when).await?;
    let position = reading.position;
    let found = by_status(&reading.snapshot).await?;
    reading.snapshot.close().await?;
    let until = when.as_of.map_or_else(|| state.ledger.clock().now(), |as_of| as_of.at);
    let instants: Vec<OffsetDateTime> =
        (0..=step.count).rev().filter_map(|back| until.checked_sub(step.length * back)).collect();
    // Positions are gapless: how far the log was is how many events there were.
    let mut positions = state.ledger.recorded_by_each(org, &instants).await?;
    positions.iter_mut().for_each(|by| *by = position.min(*by));
    let events = instants.windows(2).zip(positions.windows(2)).filter_map(|pair| match pair {
        ([after, until], [before, by]) => Some(EventRate {
            after: instant(*after),
            until: instant(*until),
            count: (by - before).max(0),
        }),
        _ => None,
    });
    let invoices = found
        .into_iter()
        .map(|(status, count)| InvoiceStatusCount { status: status.word().to_owned(), count })
        .collect();
    let events = events.collect();
    Ok(at_position(position, &ActivityCounts { position, invoices, by: step.name, events }))
}
