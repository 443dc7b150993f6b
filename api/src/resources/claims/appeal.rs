//! `POST /v1/billing/claims/{claim_id}/appeal`, `…/appeal/{appeal_id}/decide`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    claim::{AppealOutcome, Claim, ClaimCommand, DecideAppeal, FileAppeal},
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
    body::{Fields, FromBody, code, day, one_of, text},
    error::ApiError,
    order::{Order, Plan},
    resources::account::day_or_today,
    state::AppState,
};

const OUTCOMES: &[(&str, AppealOutcome)] = &[
    ("overturned", AppealOutcome::Overturned),
    ("upheld", AppealOutcome::Upheld),
    ("withdrawn", AppealOutcome::Withdrawn),
];

/// Why the payer's answer is disputed.
#[derive(Debug, ToSchema)]
pub(crate) struct AppealBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "medical_necessity")]
    reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    note: Option<String>,
    /// When the payer must have decided.
    due_on: Option<Date>,
    /// The day; today in the org's zone unless said otherwise.
    filed_on: Option<Date>,
}

impl FromBody for AppealBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        let due_on = fields.optional("due_on", day);
        let filed_on = fields.optional("filed_on", day);
        Some(Self { reason_code: reason_code?, note: note?, due_on: due_on?, filed_on: filed_on? })
    }
}

/// Disputes the payer's answer.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/appeal", tag = "claims",
    request_body = AppealBody,
    responses((status = 200, description = "The claim; `appeal_id` names the dispute",
        body = ClaimDetail)))]
pub(crate) async fn file(
    state: web::Data<AppState>,
    order: Order<AppealBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<AppealBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let body = &order.body;
    let appeal_id = order.new_id("appeal");
    let command = FileAppeal {
        appeal_id,
        due_on: body.due_on,
        filed_on: day_or_today(state, order.caller.org, body.filed_on).await?,
        note: subject_note(state, order, id, body.note.as_deref()).await?,
        reason_code: body.reason_code.clone(),
    };
    let plan = Plan::one::<Claim>(id, ClaimCommand::FileAppeal(command));
    Ok(plan.saying(StatusCode::OK, json!({"appeal_id": appeal_id})))
}

/// How the dispute ended.
#[derive(Debug, ToSchema)]
pub(crate) struct DecisionBody {
    /// overturned (money follows by remittance), upheld or withdrawn.
    #[schema(value_type = String, example = "upheld")]
    outcome: AppealOutcome,
    /// The day; today in the org's zone unless said otherwise.
    decided_on: Option<Date>,
}

impl FromBody for DecisionBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let outcome = fields.required("outcome", one_of(OUTCOMES));
        let decided_on = fields.optional("decided_on", day);
        Some(Self { outcome: outcome?, decided_on: decided_on? })
    }
}

/// Ends the dispute.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/appeal/{appeal_id}/decide",
    tag = "claims", request_body = DecisionBody,
    responses((status = 200, description = "The claim", body = ClaimDetail)))]
pub(crate) async fn decide(
    state: web::Data<AppState>,
    order: Order<DecisionBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, appeal_id) = path.into_inner();
    let id = ClaimId::new(id);
    let plan = plan_decision(&state, &order, id, appeal_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_decision(
    state: &AppState,
    order: &Order<DecisionBody>,
    id: ClaimId,
    appeal_id: Uuid,
) -> Result<Plan, ApiError> {
    let decided_on = day_or_today(state, order.caller.org, order.body.decided_on).await?;
    let decide = DecideAppeal { appeal_id, decided_on, outcome: order.body.outcome };
    Ok(Plan::one::<Claim>(id, ClaimCommand::DecideAppeal(decide)))
}
