//! `GET /v1/admin/reports/gst`

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web::Data};
use ledger::values::Money;
use projections::tax_ledger::{GstLine, TaxLedger, gst};
use serde::Serialize;
use utoipa::ToSchema;

use super::period::{Days, PeriodParams, period};
use crate::{
    answer::{at_position, number},
    error::ApiError,
    query::Asked,
    reading::reading,
    state::AppState,
};

/// One tax of one law in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct GstLineView {
    /// Which tax law; null where none was configured.
    jurisdiction: Option<String>,
    /// GST, HST, QST, TAX, …
    tax: String,
    /// A fraction of one.
    #[schema(value_type = f64)]
    tax_rate: serde_json::Number,
    /// The figures.
    #[serde(flatten)]
    figures: GstFigures,
}

/// What was charged and taken back.
#[derive(Debug, Serialize, ToSchema)]
struct GstFigures {
    /// ISO 4217.
    currency: String,
    /// Tax of invoices issued.
    collected: String,
    /// The same in minor units.
    collected_cents: i64,
    /// Tax taken back by credit notes, refunds and voids, less what of that was undone.
    taken_back: String,
    /// The same in minor units.
    taken_back_cents: i64,
    /// Collected less taken back: owed to the state.
    net: String,
    /// The same in minor units.
    net_cents: i64,
    /// What the net tax is taken on. Taxes on the same base each name it.
    taxable_subtotal: String,
    /// The same in minor units.
    taxable_subtotal_cents: i64,
}

/// Taxes of one currency.
#[derive(Debug, Serialize, ToSchema)]
struct GstTotal {
    /// ISO 4217.
    currency: String,
    /// Tax of invoices issued.
    collected: String,
    /// The same in minor units.
    collected_cents: i64,
    /// Tax taken back.
    taken_back: String,
    /// The same in minor units.
    taken_back_cents: i64,
    /// Owed to the state.
    net: String,
    /// The same in minor units.
    net_cents: i64,
}

/// The taxes of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GstView {
    /// As of this position.
    position: i64,
    #[serde(flatten)]
    days: Days,
    /// By law, name, rate and currency.
    lines: Vec<GstLineView>,
    /// By currency.
    totals: Vec<GstTotal>,
}

/// Tax charged and taken back in a period, from the snapshots of the documents: a rate that is
/// configured later changes nothing here.
#[utoipa::path(get, path = "/v1/admin/reports/gst", tag = "reports", params(PeriodParams),
    responses((status = 200, description = "By law, name, rate and currency", body = GstView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let (days, period) = period(&state, &mut asked).await?;
    let reading = reading::<TaxLedger>(&state, asked.caller.org, asked.when).await?;
    let found = gst(&reading.snapshot, period).await?;
    let position = period.until_position.unwrap_or(reading.position);
    reading.snapshot.close().await?;
    let totals = totals(&found);
    let lines = found.into_iter().map(GstLineView::from).collect();
    Ok(at_position(position, &GstView { position, days, lines, totals }))
}

impl From<GstLine> for GstLineView {
    fn from(line: GstLine) -> Self {
        Self {
            tax_rate: number(&line.rate),
            figures: GstFigures {
                currency: line.net.currency().to_string(),
                collected: line.collected.to_string(),
                collected_cents: line.collected.minor(),
                taken_back: line.taken_back.to_string(),
                taken_back_cents: line.taken_back.minor(),
                net: line.net.to_string(),
                net_cents: line.net.minor(),
                taxable_subtotal: line.taxable_base.to_string(),
                taxable_subtotal_cents: line.taxable_base.minor(),
            },
            jurisdiction: line.jurisdiction,
            tax: line.component,
        }
    }
}

fn totals(lines: &[GstLine]) -> Vec<GstTotal> {
    let mut sums: BTreeMap<String, (Money, Money)> = BTreeMap::new();
    for line in lines {
        let currency = line.net.currency();
        let zero = Money::zero(currency);
        let (collected, taken) = sums.entry(currency.to_string()).or_insert((zero, zero));
        *collected = Money::from_minor(collected.minor() + line.collected.minor(), currency);
        *taken = Money::from_minor(taken.minor() + line.taken_back.minor(), currency);
    }
    let total = |(currency, (collected, taken)): (String, (Money, Money))| {
        let net = Money::from_minor(collected.minor() - taken.minor(), collected.currency());
        GstTotal {
            currency,
            collected: collected.to_string(),
            collected_cents: collected.minor(),
            taken_back: taken.to_string(),
            taken_back_cents: taken.minor(),
            net: net.to_string(),
            net_cents: net.minor(),
        }
    };
    sums.into_iter().map(total).collect()
}
