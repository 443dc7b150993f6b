//! `GET /v1/billing/remittances`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::Snapshot,
    remittances::{self, Filter, Payment, Remittances},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::view::RemittanceView;
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

const PARKED: &[(&str, bool)] = &[("true", true), ("false", false)];

/// Which payments.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct RemittanceParams {
    /// Only of this payer.
    payer_id: Option<String>,
    /// true: only with claims that are parked; false: only without.
    parked: Option<bool>,
    /// Payments of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of payments, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemittancePage {
    remittances: Vec<RemittanceView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Payments of payers, the latest first.
#[utoipa::path(get, path = "/v1/billing/remittances", tag = "remittances",
    params(RemittanceParams),
    responses((status = 200, description = "A page of payments", body = RemittancePage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let filter = Filter {
        payer_id: asked.params.text("payer_id"),
        parked: asked.params.word("parked", PARKED),
    };
    let question = (&filter.payer_id, filter.parked);
    let page = Page::<i64>::read(&state, &mut asked, "remittances", &question)?;
    let reading = reading::<Remittances>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, RemittanceList { filter }).await
}

struct RemittanceList {
    filter: Filter,
}

impl List for RemittanceList {
    type Key = i64;
    type Item = Payment;
    type View = RemittanceView;
    type Page = RemittancePage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Payment>, ApiError> {
        Ok(remittances::list(snapshot, &self.filter, after, limit).await?)
    }

    fn key(payment: &Payment) -> i64 {
        payment.received_position
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Payment>,
    ) -> Result<Vec<RemittanceView>, ApiError> {
        Ok(found.into_iter().map(Into::into).collect())
    }

    fn page(
        &self,
        remittances: Vec<RemittanceView>,
        next_cursor: Option<String>,
    ) -> RemittancePage {
        RemittancePage { remittances, next_cursor }
    }
}
