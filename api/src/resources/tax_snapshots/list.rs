//! `GET /v1/admin/finance/tax-snapshots`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::{self, Worded},
    tax_snapshot::{self, Snapshot, TaxSnapshot},
};
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

/// Which snapshots.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct TaxParams {
    /// Issued on or after this day.
    from: Option<Date>,
    /// Issued on or before this day.
    to: Option<Date>,
    /// Snapshots of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// One invoice's taxes, fixed at issue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxView {
    /// Which invoice.
    invoice_id: Uuid,
    /// Its number.
    invoice_number: String,
    /// The day it was issued.
    issued_on: Date,
    /// ISO 4217; `*_cents` are its minor units.
    currency: String,
    /// Sum of the lines.
    subtotal_cents: i64,
    /// Sum of the lines with a rate above zero.
    taxable_subtotal_cents: i64,
    /// Sum of the taxes.
    tax_cents: i64,
    /// Subtotal and tax.
    total_cents: i64,
    /// Effective rate: tax over taxable subtotal, six decimal places.
    #[schema(value_type = f64)]
    tax_rate_basis: serde_json::Number,
    /// Which tax law.
    jurisdiction: Option<String>,
    /// How halves were rounded.
    rounding: String,
    /// The day it was voided.
    canceled_on: Option<Date>,
}

/// A page of snapshots, by day of issue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxPage {
    tax_snapshots: Vec<TaxView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

impl From<Snapshot> for TaxView {
    fn from(snapshot: Snapshot) -> Self {
        Self {
            invoice_id: snapshot.invoice_id.uuid(),
            invoice_number: snapshot.number,
            issued_on: snapshot.issued_on,
            currency: snapshot.total.currency().to_string(),
            subtotal_cents: snapshot.subtotal.minor(),
            taxable_subtotal_cents: snapshot.taxable_subtotal.minor(),
            tax_cents: snapshot.tax.minor(),
            total_cents: snapshot.total.minor(),
            tax_rate_basis: serde_json::from_str(&snapshot.tax_rate_basis)
                .unwrap_or_else(|_| 0.into()),
            jurisdiction: snapshot.jurisdiction,
            rounding: snapshot.rounding.word().to_owned(),
            canceled_on: snapshot.canceled_on,
        }
    }
}

/// Taxes as they were when each invoice was issued.
#[utoipa::path(get, path = "/v1/admin/finance/tax-snapshots", tag = "reports",
    params(TaxParams),
    responses((status = 200, description = "A page of them", body = TaxPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let (from, to) = (asked.params.day("from"), asked.params.day("to"));
    let page = Page::<(Date, Uuid)>::read(&state, &mut asked, "tax", &(from, to))?;
    let reading = reading::<TaxSnapshot>(&state, asked.caller.org, asked.when).await?;
    let from = from.unwrap_or(FIRST_DAY);
    let until = to.and_then(Date::next_day).unwrap_or(LAST_DAY);
    paging::list(state, asked, page, reading, TaxList { from, until }).await
}

struct TaxList {
    from: Date,
    until: Date,
}

impl List for TaxList {
    type Key = (Date, Uuid);
    type Item = Snapshot;
    type View = TaxView;
    type Page = TaxPage;

    async fn fetch(
        &self,
        snapshot: &engine::Snapshot,
        after: Option<(Date, Uuid)>,
        limit: i64,
    ) -> Result<Vec<Snapshot>, ApiError> {
        Ok(tax_snapshot::list(snapshot, self.from, self.until, after, limit).await?)
    }

    fn key(snapshot: &Snapshot) -> (Date, Uuid) {
        (snapshot.issued_on, snapshot.invoice_id.uuid())
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Snapshot>,
    ) -> Result<Vec<TaxView>, ApiError> {
        Ok(found.into_iter().map(TaxView::from).collect())
    }

    fn page(&self, tax_snapshots: Vec<TaxView>, next_cursor: Option<String>) -> TaxPage {
        TaxPage { tax_snapshots, next_cursor }
    }
}

/// Days beyond which nobody issues.
const FIRST_DAY: Date = time::macros::date!(1900 - 01 - 01);
const LAST_DAY: Date = time::macros::date!(9000 - 01 - 01);
