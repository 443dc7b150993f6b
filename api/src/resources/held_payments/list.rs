//! `GET /v1/admin/finance/held-payments`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::{Snapshot, Worded},
    held_payments::{self, HeldPayment, HeldPayments, Which},
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
    resources::{account::account_when, invoices::hold_word},
    state::AppState,
};

/// Which held payments.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct HeldParams {
    /// Those that found their place, too.
    all: Option<bool>,
    /// Payments of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A payment that fitted no invoice.
#[derive(Debug, Serialize, ToSchema)]
struct HeldListView {
    /// Names the payment.
    payment_id: Uuid,
    /// open, released or returned.
    status: String,
    /// currency_mismatch, invoice_not_open or unknown_invoice.
    reason: &'static str,
    /// stripe, card, bank_transfer, check, cash or other.
    method: String,
    /// How much.
    amount: String,
    /// ISO 4217.
    currency: String,
    /// The invoice it was meant for.
    invoice_id: Option<Uuid>,
    /// The day it was received.
    received_on: Date,
    /// Days since it was received, until it found its place or today.
    age_days: i64,
    /// The invoice it went to.
    released_to: Option<Uuid>,
    /// The day it found its place.
    resolved_on: Option<Date>,
    /// Who decided.
    resolved_by: Option<String>,
    /// Why it went back, or came back.
    reason_code: Option<String>,
}

/// A page of held payments, the oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldPage {
    held_payments: Vec<HeldListView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Payments that fit no invoice and wait for somebody, the oldest first.
#[utoipa::path(get, path = "/v1/admin/finance/held-payments", tag = "payments",
    params(HeldParams),
    responses((status = 200, description = "A page of held payments", body = HeldPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let all = asked.params.flag("all");
    let page = Page::<i64>::read(&state, &mut asked, "held-payments", &all)?;
    let org = asked.caller.org;
    let today = account_when(&state, org, asked.when).await?.today();
    let which = if all { Which::All } else { Which::Open };
    let reading = reading::<HeldPayments>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, HeldList { which, today }).await
}

struct HeldList {
    which: Which,
    today: Date,
}

impl List for HeldList {
    type Key = i64;
    type Item = HeldPayment;
    type View = HeldListView;
    type Page = HeldPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<HeldPayment>, ApiError> {
        Ok(held_payments::list(snapshot, self.which, self.today, after, limit).await?)
    }

    fn key(held: &HeldPayment) -> i64 {
        held.held_position
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<HeldPayment>,
    ) -> Result<Vec<HeldListView>, ApiError> {
        Ok(found.iter().map(HeldListView::from).collect())
    }

    fn page(&self, held_payments: Vec<HeldListView>, next_cursor: Option<String>) -> HeldPage {
        HeldPage { held_payments, next_cursor }
    }
}

impl From<&HeldPayment> for HeldListView {
    fn from(held: &HeldPayment) -> Self {
        Self {
            payment_id: held.payment_id,
            status: held.status.word().to_owned(),
            reason: hold_word(held.reason),
            method: held.method.word().to_owned(),
            amount: held.amount.to_string(),
            currency: held.amount.currency().to_string(),
            invoice_id: held.meant_for.map(|id| id.uuid()),
            received_on: held.received_on,
            age_days: held.age_days,
            released_to: held.released_to.map(|id| id.uuid()),
            resolved_on: held.resolved_on,
            resolved_by: held.resolved_by.clone(),
            reason_code: held.reason_code.clone(),
        }
    }
}
