//! `GET /v1/billing/facesheet/requests`

use actix_web::{HttpResponse, web::Data};
use ledger::facesheet::Status;
use projections::{
    engine::Snapshot,
    facesheets::{self, Entry, Facesheets, Filter},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::view::{FacesheetView, opened};
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

const STATUSES: &[(&str, Filter)] = &[
    ("open", Filter::Open),
    ("requested", Filter::In(Status::Requested)),
    ("overdue", Filter::In(Status::Overdue)),
    ("received", Filter::In(Status::Received)),
    ("canceled", Filter::In(Status::Canceled)),
    ("all", Filter::All),
];

/// Which requests.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct FacesheetParams {
    /// open, requested, overdue, received, canceled or all (unless said otherwise), in any case.
    status: Option<String>,
    /// Requests of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of requests, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacesheetPage {
    requests: Vec<FacesheetView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Facesheets that were asked for, the latest request of each patient.
#[utoipa::path(get, path = "/v1/billing/facesheet/requests", tag = "facesheets",
    params(FacesheetParams),
    responses((status = 200, description = "A page of them", body = FacesheetPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let filter = asked.params.word("status", STATUSES).unwrap_or_default();
    let page = Page::<i64>::read(&state, &mut asked, "facesheets", &format!("{filter:?}"))?;
    let reading = reading::<Facesheets>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, FacesheetList { filter }).await
}

struct FacesheetList {
    filter: Filter,
}

impl List for FacesheetList {
    type Key = i64;
    type Item = Entry;
    type View = FacesheetView;
    type Page = FacesheetPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(facesheets::list(snapshot, self.filter, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.requested_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<FacesheetView>, ApiError> {
        opened(state, caller, found).await
    }

    fn page(&self, requests: Vec<FacesheetView>, next_cursor: Option<String>) -> FacesheetPage {
        FacesheetPage { requests, next_cursor }
    }
}
