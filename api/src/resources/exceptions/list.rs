//! `GET /v1/admin/finance/exceptions`

use actix_web::{HttpResponse, web::Data};
use ledger::reconciliation::Class;
use projections::{
    engine::Snapshot,
    exceptions::{self, Entry, Exceptions, Filter, Stands},
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};

use super::view::{ExceptionView, opened};
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    resources::account::account_when,
    state::AppState,
};

const STATUSES: &[(&str, Option<Stands>)] =
    &[("open", Some(Stands::Open)), ("resolved", Some(Stands::Resolved)), ("all", None)];

const CLASSES: &[(&str, Class)] = &[
    ("amount", Class::Amount),
    ("currency", Class::Currency),
    ("duplicate", Class::Duplicate),
    ("missing_here", Class::MissingHere),
    ("missing_there", Class::MissingThere),
    ("status", Class::Status),
    ("tax", Class::Tax),
    ("timing", Class::Timing),
];

/// Which exceptions.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct ExceptionParams {
    /// open (unless said otherwise), resolved or all, in any case.
    status: Option<String>,
    /// missing_here, missing_there, amount, currency, timing, status, duplicate or tax.
    class: Option<String>,
    /// Owned by this desk.
    owner: Option<String>,
    /// Exceptions of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of exceptions, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExceptionPage {
    exceptions: Vec<ExceptionView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// What does not fit, the latest first.
#[utoipa::path(get, path = "/v1/admin/finance/exceptions", tag = "reconcile",
    params(ExceptionParams),
    responses((status = 200, description = "A page of them", body = ExceptionPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let filter = Filter {
        status: asked.params.word("status", STATUSES).unwrap_or(Some(Stands::Open)),
        class: asked.params.word("class", CLASSES),
        owner: asked.params.text("owner"),
    };
    let question =
        (format!("{:?}", filter.status), filter.class.map(Class::word), filter.owner.clone());
    let page = Page::<i64>::read(&state, &mut asked, "exceptions", &question)?;
    let today = account_when(&state, asked.caller.org, asked.when).await?.today();
    let reading = reading::<Exceptions>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, ExceptionList { filter, today }).await
}

struct ExceptionList {
    filter: Filter,
    today: Date,
}

impl List for ExceptionList {
    type Key = i64;
    type Item = Entry;
    type View = ExceptionView;
    type Page = ExceptionPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(exceptions::list(snapshot, &self.filter, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.raised_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<ExceptionView>, ApiError> {
        opened(state, caller, found, self.today).await
    }

    fn page(&self, exceptions: Vec<ExceptionView>, next_cursor: Option<String>) -> ExceptionPage {
        ExceptionPage { exceptions, next_cursor }
    }
}
