//! `GET /v1/founder-billing/statements` and `…/{id}`

use actix_web::{HttpResponse, web, web::Data};
use ledger::{statement::Lifecycle, values::StatementId};
use projections::{
    engine::Snapshot,
    statements::{self, Entry, Filter, Statements},
};
use utoipa::IntoParams;

use super::view::{StatementView, one, opened};
use crate::{
    answer::of_version,
    body::ForeignId,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

const STATES: &[(&str, Lifecycle)] = &[
    ("drafted", Lifecycle::Drafted),
    ("finalized", Lifecycle::Finalized),
    ("sent", Lifecycle::Sent),
    ("delivered", Lifecycle::Delivered),
    ("opened", Lifecycle::Opened),
    ("paid", Lifecycle::Paid),
    ("escalated", Lifecycle::Escalated),
    ("failed", Lifecycle::Failed),
    ("voided", Lifecycle::Voided),
];

/// Which statements.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct StatementParams {
    /// drafted, finalized, sent, delivered, opened, paid, escalated, failed or voided, in any
    /// case.
    lifecycle_state: Option<String>,
    /// Of this patient.
    patient_id: Option<String>,
    /// Only those that wait for the founder.
    requires_founder_approval: Option<bool>,
    /// Statements of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// Statements, the latest first.
#[utoipa::path(get, path = "/v1/founder-billing/statements", tag = "founder billing",
    params(StatementParams),
    responses((status = 200, description = "A page of them", body = Vec<StatementView>)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let org = asked.caller.org;
    let patient = asked.params.text("patient_id").and_then(|text| ForeignId::from_text(&text));
    let names = state.ledger.names();
    let filter = Filter {
        lifecycle_state: asked.params.word("lifecycle_state", STATES),
        patient: patient.map(|patient| names.anonymous_ref(org, patient.as_str()).0),
        held: asked.params.flag("requires_founder_approval"),
    };
    let page = Page::<i64>::read(&state, &mut asked, "statements", &format!("{filter:?}"))?;
    let reading = reading::<Statements>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, StatementList { filter }).await
}

/// One statement.
#[utoipa::path(get, path = "/v1/founder-billing/statements/{id}", tag = "founder billing",
    responses((status = 200, description = "The statement", body = StatementView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    asked: Asked,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let (view, position) = one(&state, &asked.caller, *id, asked.when).await?;
    Ok(of_version(position, view.version, &view))
}

struct StatementList {
    filter: Filter,
}

impl List for StatementList {
    type Key = i64;
    type Item = Entry;
    type View = StatementView;
    type Page = Vec<StatementView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(statements::list(snapshot, &self.filter, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.generated_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<StatementView>, ApiError> {
        opened(state, caller, found).await
    }

    fn page(&self, statements: Vec<StatementView>, _: Option<String>) -> Vec<StatementView> {
        statements
    }
}
