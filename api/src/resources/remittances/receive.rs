//! `POST /v1/billing/remittances`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::remittance::{Remittance, RemittanceCommand, remittance_id};
use serde_json::json;

use super::{
    body::RemittanceBody,
    view::{RemittanceDetail, done},
};
use crate::{
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// Takes a payment in, if all of it adds up: every line, every claim, and the claims less the
/// provider adjustments with what was paid; otherwise it is refused with the figures. Each claim
/// is then posted, or parked until it can be. The same payment again changes nothing, whatever
/// file it comes in.
#[utoipa::path(post, path = "/v1/billing/remittances", tag = "remittances",
    request_body = RemittanceBody,
    responses((status = 201, description = "The payment; 200 if it was known already",
        body = RemittanceDetail)))]
pub(crate) async fn receive(
    state: web::Data<AppState>,
    order: Order<RemittanceBody>,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let account = account(&state, org).await?;
    let id = remittance_id(org, &order.body.key());
    let posted_on = order.body.posted_on.unwrap_or_else(|| account.today());
    let receive = order.body.command(account.currency(), posted_on)?;
    let plan = Plan::one::<Remittance>(id, RemittanceCommand::Receive(receive));
    let plan = plan.saying_of(move |outcome| {
        let known = outcome.decided.is_empty() && outcome.events.is_empty();
        let status = if known { StatusCode::OK } else { StatusCode::CREATED };
        (status, json!({"remittance_id": id}))
    });
    done(&state, &order, plan, id).await
}
