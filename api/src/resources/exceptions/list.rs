//! `GET /v1/admin/finance/exceptions`

use actix_web::{HttpResponse, web::Data};
use ledger::reconciliation::Class;
use projections::exceptions::{self, Entry, Exceptions, Filter, Stands};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::view::{ExceptionView, opened};
use crate::{
    error::ApiError, paging::Page, query::Asked, reading::reading, resources::account::account,
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
    let today = account(&state, asked.caller.org).await?.today();
    let reading = reading::<Exceptions>(&state, asked.caller.org, asked.min_position).await?;
    let found = exceptions::list(&reading.snapshot, &filter, page.after, page.fetch()).await?;
    reading.snapshot.close().await?;
    let (found, next) = page.cut(found, |entry: &Entry| entry.raised_position);
    let exceptions = opened(&state, &asked.caller, found, today).await?;
    page.answer(&state, &asked, reading.position, next, |next_cursor| ExceptionPage {
        exceptions,
        next_cursor,
    })
}
