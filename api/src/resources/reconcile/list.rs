//! `GET /v1/admin/finance/reconcile/invoices`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::Snapshot,
    reconcile::{self, Entry, Reconcile, Which},
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};

use super::view::ReconcileView;
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    resources::account::account_when,
    state::AppState,
};

const WHICH: &[(&str, Which)] = &[("mismatch", Which::Mismatch), ("all", Which::All)];

/// Which invoices.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct ReconcileParams {
    /// mismatch (unless said otherwise) or all, in any case.
    status: Option<String>,
    /// Rows of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of invoices and held payments, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReconcilePage {
    invoices: Vec<ReconcileView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Invoices whose status and payments disagree, and payments that fit no invoice.
#[utoipa::path(get, path = "/v1/admin/finance/reconcile/invoices", tag = "reconcile",
    params(ReconcileParams),
    responses((status = 200, description = "A page of them", body = ReconcilePage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let which = asked.params.word("status", WHICH).unwrap_or(Which::Mismatch);
    let page = Page::<i64>::read(&state, &mut asked, "reconcile", &(which == Which::All))?;
    let today = account_when(&state, asked.caller.org, asked.when).await?.today();
    let reading = reading::<Reconcile>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, ReconcileList { which, today }).await
}

struct ReconcileList {
    which: Which,
    today: Date,
}

impl List for ReconcileList {
    type Key = i64;
    type Item = Entry;
    type View = ReconcileView;
    type Page = ReconcilePage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(reconcile::list(snapshot, self.which, self.today, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.position()
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<ReconcileView>, ApiError> {
        Ok(found.into_iter().map(ReconcileView::from).collect())
    }

    fn page(&self, invoices: Vec<ReconcileView>, next_cursor: Option<String>) -> ReconcilePage {
        ReconcilePage { invoices, next_cursor }
    }
}
