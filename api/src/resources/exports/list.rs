//! `GET /v1/admin/exports`

use actix_web::{HttpResponse, web::Data};
use data_encoding::HEXLOWER;
use projections::{
    engine::{Snapshot, Worded},
    exports::{self, Export},
};
use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::instant,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::Reading,
    state::AppState,
};

/// Which of them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct ExportParams {
    /// Files of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// One kept file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExportView {
    /// Identifies it.
    export_id: Uuid,
    /// accounting_csv.
    mode: String,
    /// stored, awaiting_delivery, delivered or dead.
    status: String,
    /// First day it covers.
    from: Date,
    /// Last day it covers.
    to: Option<Date>,
    /// The position it is as of.
    as_of_position: i64,
    /// Lines without the first.
    rows: i64,
    /// How long it is.
    bytes: i64,
    /// SHA-256 of the file, hexadecimal.
    sha256: String,
    /// What it is called.
    file_name: String,
    /// When it was made.
    created_at: String,
    /// Where it is downloaded.
    href: String,
}

/// A page of kept files, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExportPage {
    exports: Vec<ExportView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

impl From<Export> for ExportView {
    fn from(export: Export) -> Self {
        Self {
            export_id: export.export_id,
            mode: export.mode.word().to_owned(),
            status: export.status.word().to_owned(),
            from: export.starts_on,
            to: export.ends_on.previous_day(),
            as_of_position: export.position,
            rows: export.rows,
            bytes: export.bytes,
            sha256: HEXLOWER.encode(&export.sha256),
            file_name: export.file_name,
            created_at: instant(export.created_at),
            href: format!("/v1/admin/exports/{}", export.export_id),
        }
    }
}

struct Exports;

impl List for Exports {
    type Key = (i64, Uuid);
    type Item = Export;
    type View = ExportView;
    type Page = ExportPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<(i64, Uuid)>,
        limit: i64,
    ) -> Result<Vec<Export>, ApiError> {
        let after = after.and_then(|(micros, id)| {
            let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000);
            at.ok().map(|at| (at, id))
        });
        Ok(exports::list(snapshot, after, limit).await?)
    }

    fn key(export: &Export) -> (i64, Uuid) {
        let micros = export.created_at.unix_timestamp_nanos() / 1_000;
        (i64::try_from(micros).unwrap_or(i64::MAX), export.export_id)
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Export>,
    ) -> Result<Vec<ExportView>, ApiError> {
        Ok(found.into_iter().map(ExportView::from).collect())
    }

    fn page(&self, exports: Vec<ExportView>, next_cursor: Option<String>) -> ExportPage {
        ExportPage { exports, next_cursor }
    }
}

/// The files that the monthly job made, the latest first.
#[utoipa::path(get, path = "/v1/admin/exports", tag = "exports", params(ExportParams),
    responses((status = 200, description = "A page of them", body = ExportPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let page = Page::read(&state, &mut asked, "exports", &())?;
    let org = asked.caller.org;
    let position = state.ledger.head(org).await?.unwrap_or(0);
    let snapshot = Snapshot::open(state.ledger.app_pool(), org).await?;
    paging::list(state, asked, page, Reading { snapshot, position }, Exports).await
}
