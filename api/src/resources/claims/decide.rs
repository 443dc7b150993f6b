//! `POST /v1/billing/claims/{claim_id}/write-off`, `…/write-off/{write_off_id}/reverse`,
//! `…/bill-patient`, `…/close`

use actix_web::{HttpResponse, web};
use ledger::{
    claim::{BillPatient, Claim, ClaimCommand, Close, ReverseWriteOff, WriteOff, WriteOffKind},
    values::{ClaimId, Code},
};
use serde_json::json;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    parts::ClaimDetail,
    render::{done, subject_note},
};
use crate::{
    body::{Amount, Fields, FromBody, code, day, one_of, text},
    error::ApiError,
    order::{Order, Plan},
    resources::account::{account, day_or_today},
    state::AppState,
};

const KINDS: &[(&str, WriteOffKind)] = &[
    ("charity_care", WriteOffKind::CharityCare),
    ("contractual", WriteOffKind::Contractual),
    ("payer_reduction", WriteOffKind::PayerReduction),
    ("price_concession", WriteOffKind::PriceConcession),
];

/// What is not collected, and why.
#[derive(Debug, ToSchema)]
pub(crate) struct ClaimWriteOffBody {
    /// How much.
    #[schema(value_type = String, example = "20.00")]
    amount: Amount,
    /// Of the payers' share: contractual or payer_reduction; of the patient's: charity_care or
    /// price_concession.
    #[schema(value_type = String, example = "payer_reduction")]
    kind: WriteOffKind,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "timely_filing")]
    reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    note: Option<String>,
    /// The day; today in the org's zone unless said otherwise.
    on: Option<Date>,
}

impl FromBody for ClaimWriteOffBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let kind = fields.required("kind", one_of(KINDS));
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        let on = fields.optional("on", day);
        Some(Self { amount: amount?, kind: kind?, reason_code: reason_code?, note: note?, on: on? })
    }
}

/// Gives up a part of what payers or the patient owe.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/write-off", tag = "claims",
    request_body = ClaimWriteOffBody,
    responses((status = 200, description = "The claim; `write_off_id` names the decision",
        body = ClaimDetail)))]
pub(crate) async fn write_off(
    state: web::Data<AppState>,
    order: Order<ClaimWriteOffBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<ClaimWriteOffBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let body = &order.body;
    let account = account(state, order.caller.org).await?;
    let write_off_id = order.new_id("write_off");
    let command = WriteOff {
        amount: body.amount.money(account.currency(), "/amount")?,
        kind: body.kind,
        note: subject_note(state, order, id, body.note.as_deref()).await?,
        reason_code: body.reason_code.clone(),
        write_off_id,
        written_off_on: body.on.unwrap_or_else(|| account.today()),
    };
    let plan = Plan::one::<Claim>(id, ClaimCommand::WriteOff(command));
    Ok(plan.saying(actix_web::http::StatusCode::OK, json!({"write_off_id": write_off_id})))
}

/// Why the decision is taken back.
#[derive(Debug, ToSchema)]
pub(crate) struct ClaimReversalBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "mistake")]
    reason_code: Code,
    /// The day; today in the org's zone unless said otherwise.
    on: Option<Date>,
}

impl FromBody for ClaimReversalBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let on = fields.optional("on", day);
        Some(Self { reason_code: reason_code?, on: on? })
    }
}

/// Takes a write-off back.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/write-off/{write_off_id}/reverse",
    tag = "claims", request_body = ClaimReversalBody,
    responses((status = 200, description = "The claim", body = ClaimDetail)))]
pub(crate) async fn reverse_write_off(
    state: web::Data<AppState>,
    order: Order<ClaimReversalBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, write_off_id) = path.into_inner();
    let id = ClaimId::new(id);
    let plan = plan_reversal(&state, &order, id, write_off_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_reversal(
    state: &AppState,
    order: &Order<ClaimReversalBody>,
    id: ClaimId,
    write_off_id: Uuid,
) -> Result<Plan, ApiError> {
    let reason_code = order.body.reason_code.clone();
    let reversed_on = day_or_today(state, order.caller.org, order.body.on).await?;
    let command = ReverseWriteOff { reason_code, reversed_on, write_off_id };
    Ok(Plan::one::<Claim>(id, ClaimCommand::ReverseWriteOff(command)))
}

/// The day on which it counts.
#[derive(Debug, ToSchema)]
pub(crate) struct OnBody {
    /// Today in the org's zone unless said otherwise.
    pub(super) on: Option<Date>,
}

impl FromBody for OnBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let on = fields.optional("on", day);
        Some(Self { on: on? })
    }
}

/// Expects no further payer: what was kept for one is the patient's to pay.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/bill-patient", tag = "claims",
    request_body = OnBody,
    responses((status = 200, description = "The claim", body = ClaimDetail)))]
pub(crate) async fn bill_patient(
    state: web::Data<AppState>,
    order: Order<OnBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_billing(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_billing(
    state: &AppState,
    order: &Order<OnBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let billed_on = day_or_today(state, order.caller.org, order.body.on).await?;
    Ok(Plan::one::<Claim>(id, ClaimCommand::BillPatient(BillPatient { billed_on })))
}

/// Says that nothing is left to collect.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/close", tag = "claims",
    request_body = OnBody,
    responses((status = 200, description = "The claim, closed", body = ClaimDetail)))]
pub(crate) async fn close(
    state: web::Data<AppState>,
    order: Order<OnBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_close(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_close(
    state: &AppState,
    order: &Order<OnBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let closed_on = day_or_today(state, order.caller.org, order.body.on).await?;
    Ok(Plan::one::<Claim>(id, ClaimCommand::Close(Close { closed_on })))
}
