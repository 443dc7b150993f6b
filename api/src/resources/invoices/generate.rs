//! `POST /v1/billing/invoices/generate-monthly`

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::ETAG},
    web::Data,
};
use ledger::{
    cycles::{CycleReport, CycleRequest, start_cycle},
    values::CycleKey,
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{InvoiceView, invoice_at};
use crate::{
    answer::{POSITION, SETTLED, json_with},
    body::{FieldError, Fields, ForeignId, FromBody, boolean, foreign_id, text},
    error::{ApiError, Plain},
    order::{Order, Wait, settle_at},
    state::AppState,
};

/// Which cycle.
#[derive(Debug, ToSchema)]
#[schema(as = GenerateInvoicesBody)]
pub(crate) struct GenerateBody {
    /// `YYYY-MM`; the cycle that runs now unless said otherwise.
    #[schema(value_type = Option<String>, example = "2026-01")]
    cycle: Option<CycleKey>,
    /// Whether to issue the draft of the cycle before.
    issue_previous: bool,
    /// The org; must be the caller's own.
    #[schema(value_type = Option<String>)]
    office_id: Option<ForeignId>,
}

impl FromBody for GenerateBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let cycle = fields.optional("cycle", |raw| {
            text(7)(raw)?.parse().map_err(|_| "a cycle is named YYYY-MM".into())
        });
        let issue_previous = fields.or("issue_previous", false, boolean);
        let office_id = fields.optional("office_id", foreign_id);
        Some(Self { cycle: cycle?, issue_previous: issue_previous?, office_id: office_id? })
    }
}

/// What the run did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Generated {
    /// The cycle, `YYYY-MM`.
    cycle: String,
    /// Its first day.
    billing_period_start: Date,
    /// Its last day.
    billing_period_end: Option<Date>,
    /// Its monthly invoice.
    invoice_id: Uuid,
    /// Patients looked at.
    patients_seen: u64,
    /// Patients billed by this run; the others were billed already or were not active.
    patients_billed: u64,
    /// The invoice of the cycle before, if this run issued it.
    issued_invoice_id: Option<Uuid>,
    /// The monthly invoice with the lines so far.
    invoice: Option<InvoiceView>,
}

/// Starts a cycle: every patient active at its first instant is billed on its monthly invoice.
/// Repeating it changes nothing. The job does the same by itself.
#[utoipa::path(post, path = "/v1/billing/invoices/generate-monthly", tag = "invoices",
    request_body = GenerateBody,
    responses((status = 200, description = "What the run did", body = Generated)))]
pub(crate) async fn generate(
    state: Data<AppState>,
    order: Order<GenerateBody>,
) -> Result<HttpResponse, ApiError> {
    let caller = order.caller;
    if order.dry_run {
        return Err(ApiError::InvalidQuery(vec![FieldError {
            pointer: "dry_run".to_owned(),
            code: "invalid",
            detail: "a cycle is started in many steps and cannot be tried out".into(),
        }]));
    }
    let own = caller.org.to_string();
    if order.body.office_id.as_ref().is_some_and(|office| office.as_str() != own) {
        return Err(Plain::ForeignOrg.into());
    }
    let request = CycleRequest {
        org: caller.org,
        cycle: order.body.cycle,
        now: order.context.occurred_at,
        actor: caller.actor(),
        issue_previous: order.body.issue_previous,
    };
    let ledger = state.ledger.clone();
    // In a task of its own: a run that has begun goes on when the caller hangs up.
    let run = tokio::spawn(async move { start_cycle(&ledger, &request, &mut |_| {}).await });
    let report = run.await.map_err(|error| ApiError::failed(&error))??;
    answered(&state, &order, &report).await
}

async fn answered(
    state: &AppState,
    order: &Order<GenerateBody>,
    report: &CycleReport,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let mut response = HttpResponse::build(StatusCode::OK);
    let mut position = report.position;
    let mut invoice = None;
    if order.wait == Wait::Settled {
        let reached = settle_at(state, org, position, order.wait, state.deadline()).await;
        let settled = reached.settled.unwrap_or(false);
        response.insert_header((SETTLED, settled.to_string()));
        position = reached.position;
        invoice = match invoice_at(state, &order.caller, report.invoice_id, position).await {
            Err(error) if error.is_out_of_sight() => {
                error.log();
                None
            }
            other => other?,
        };
    }
    response.insert_header((POSITION, position.to_string()));
    if let Some(invoice) = &invoice {
        response.insert_header((ETAG, format!("\"{}\"", invoice.version)));
    }
    let view = Generated {
        cycle: report.cycle.key.to_string(),
        billing_period_start: report.cycle.starts_on,
        billing_period_end: report.cycle.ends_on.previous_day(),
        invoice_id: report.invoice_id.uuid(),
        patients_seen: report.patients.patients_seen,
        patients_billed: report.patients.patients_billed,
        issued_invoice_id: report.issued.map(|id| id.uuid()),
        invoice,
    };
    Ok(json_with(response, &view))
}
