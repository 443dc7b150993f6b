//! `GET /v1/admin/finance/disputes`

use actix_web::{HttpResponse, web::Data};
use ledger::values::InvoiceId;
use projections::{
    disputes::{self, Dispute, DisputeStatus, Disputes, Filter},
    engine::{Snapshot, Worded},
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

const STATUSES: &[(&str, DisputeStatus)] =
    &[("open", DisputeStatus::Open), ("won", DisputeStatus::Won), ("lost", DisputeStatus::Lost)];

/// Which disputes.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct DisputeParams {
    /// open, won or lost, in any case.
    status: Option<String>,
    /// Only on this invoice.
    invoice_id: Option<Uuid>,
    /// Disputes of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// One dispute. Amounts are decimal strings of its currency.
#[derive(Debug, Serialize, ToSchema)]
struct DisputeView {
    /// Names the dispute.
    dispute_id: Uuid,
    /// On which invoice.
    invoice_id: Uuid,
    /// Which payment.
    payment_id: Uuid,
    /// open, won or lost.
    status: String,
    /// How the payment had come.
    method: String,
    /// How much the bank took back.
    amount: String,
    /// What the provider charged for it.
    fee: String,
    /// How much of the fee came back.
    fee_returned: String,
    /// How much was given up as a loss.
    loss: String,
    /// ISO 4217.
    currency: String,
    /// The bank's reason.
    reason_code: String,
    /// The day the funds were withdrawn.
    opened_on: Date,
    /// The day it was decided.
    closed_on: Option<Date>,
}

/// A page of disputes, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DisputePage {
    disputes: Vec<DisputeView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Disputes, the latest first.
#[utoipa::path(get, path = "/v1/admin/finance/disputes", tag = "payments", params(DisputeParams),
    responses((status = 200, description = "A page of disputes", body = DisputePage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let status = asked.params.word("status", STATUSES);
    let invoice: Option<Uuid> = asked.params.parsed("invoice_id", "a UUID is expected");
    let filters = (status.map(|status| status.word().to_owned()), invoice);
    let filter = Filter { status, invoice: invoice.map(InvoiceId::new) };
    let page = Page::<i64>::read(&state, &mut asked, "disputes", &filters)?;
    let reading = reading::<Disputes>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, DisputeList { filter }).await
}

struct DisputeList {
    filter: Filter,
}

impl List for DisputeList {
    type Key = i64;
    type Item = Dispute;
    type View = DisputeView;
    type Page = DisputePage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Dispute>, ApiError> {
        Ok(disputes::list(snapshot, &self.filter, after, limit).await?)
    }

    fn key(dispute: &Dispute) -> i64 {
        dispute.opened_position
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Dispute>,
    ) -> Result<Vec<DisputeView>, ApiError> {
        Ok(found.iter().map(DisputeView::from).collect())
    }

    fn page(&self, disputes: Vec<DisputeView>, next_cursor: Option<String>) -> DisputePage {
        DisputePage { disputes, next_cursor }
    }
}

impl From<&Dispute> for DisputeView {
    fn from(dispute: &Dispute) -> Self {
        Self {
            dispute_id: dispute.dispute_id,
            invoice_id: dispute.invoice_id.uuid(),
            payment_id: dispute.payment_id,
            status: dispute.status.word().to_owned(),
            method: dispute.method.word().to_owned(),
            amount: dispute.amount.to_string(),
            fee: dispute.fee.to_string(),
            fee_returned: dispute.fee_returned.to_string(),
            loss: dispute.loss.to_string(),
            currency: dispute.amount.currency().to_string(),
            reason_code: dispute.reason_code.clone(),
            opened_on: dispute.opened_on,
            closed_on: dispute.closed_on,
        }
    }
}
