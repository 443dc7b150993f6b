//! `POST /v1/billing/claims`, `PUT …/{claim_id}`, `POST …/{claim_id}/validate`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    Refusal,
    claim::{Claim, ClaimCommand, ClaimError, Draft, Revise, Validate, claim_id},
    store::Outcome,
    values::{ClaimId, Code, OrgId},
};
use serde_json::json;

use super::{
    body::ClaimBody,
    content::{content, made_up},
    parts::ClaimDetail,
    render::done,
};
use crate::{
    body::NoBody,
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// Begins a claim. The same account again with the same content changes nothing.
#[utoipa::path(post, path = "/v1/billing/claims", tag = "claims", request_body = ClaimBody,
    responses((status = 201, description = "The draft; `claim_id` names it",
        body = ClaimDetail)))]
pub(crate) async fn draft(
    state: web::Data<AppState>,
    order: Order<ClaimBody>,
) -> Result<HttpResponse, ApiError> {
    let (id, _) = names(&order)?;
    let plan = plan(&state, &order).await?;
    done(&state, &order, plan, id).await
}

/// Which claim a new draft is, and its account.
fn names(order: &Order<ClaimBody>) -> Result<(ClaimId, Code), ApiError> {
    let account = match &order.body.account {
        Some(account) => account.clone(),
        None => made_up(order.new_id("claim"))?,
    };
    Ok((claim_id(order.caller.org, &account), account))
}

pub(crate) async fn plan(state: &AppState, order: &Order<ClaimBody>) -> Result<Plan, ApiError> {
    let (id, named) = names(order)?;
    let currency = account(state, order.caller.org).await?.currency();
    let said = named.to_string();
    let content = content(state, order, &order.body, (id, named), (currency, "")).await?;
    let plan = Plan::one::<Claim>(id, ClaimCommand::Draft(Draft { content }));
    Ok(plan.saying_of(move |outcome| (made(outcome), json!({"claim_id": id, "account": said}))))
}

/// 201 for something new, 200 for what was there already.
pub(crate) fn made(outcome: &Outcome) -> StatusCode {
    let new = outcome.replayed || !outcome.decided.is_empty() || !outcome.events.is_empty();
    if new { StatusCode::CREATED } else { StatusCode::OK }
}

/// Says all of it anew; the payer hears of it with the next submission only.
#[utoipa::path(put, path = "/v1/billing/claims/{claim_id}", tag = "claims",
    request_body = ClaimBody,
    responses((status = 200, description = "The claim", body = ClaimDetail)))]
pub(crate) async fn redraft(
    state: web::Data<AppState>,
    order: Order<ClaimBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_revision(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_revision(
    state: &AppState,
    order: &Order<ClaimBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let revise = revision(state, order, &order.body, id, "").await?;
    Ok(Plan::on(id).then_from::<Claim, Claim>(id, id, revise))
}

/// The command that says a body; a claim keeps its account.
pub(super) async fn revision<B>(
    state: &AppState,
    order: &Order<B>,
    body: &ClaimBody,
    id: ClaimId,
    within: &str,
) -> Result<
    impl Fn(&Claim) -> Result<ClaimCommand, Box<dyn Refusal>> + Send + Sync + 'static,
    ApiError,
> {
    let currency = account(state, order.caller.org).await?.currency();
    let given = body.account.is_some();
    let named = match &body.account {
        Some(account) => account.clone(),
        None => made_up(id.uuid())?,
    };
    let content = content(state, order, body, (id, named), (currency, within)).await?;
    Ok(move |claim: &Claim| {
        let known = claim.account().ok_or_else(unknown)?;
        let mut content = content.clone();
        if !given {
            content.account = known.clone();
        }
        Ok(ClaimCommand::Revise(Revise { content }))
    })
}

pub(super) fn unknown() -> Box<dyn Refusal> {
    Box::new(ClaimError::Unknown)
}

/// Looks it over: `findings` names what a payer would not take, by loop and element.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/validate", tag = "claims",
    responses((status = 200, description = "The claim with its findings", body = ClaimDetail)))]
pub(crate) async fn validate(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_validation(&state, order.caller.org, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_validation(
    state: &AppState,
    org: OrgId,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let today = account(state, org).await?.today();
    Ok(Plan::one::<Claim>(id, ClaimCommand::Validate(Validate { today })))
}
