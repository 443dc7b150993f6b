//! `GET` and `PUT /v1/founder-billing/config`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    delegation::{Configure, Delegation, DelegationCommand, delegation_id},
    values::{Currency, Sealed},
};
use serde_json::Value;

use super::settings::{ConfigBody, ConfigView};
use crate::{
    answer::{self, command, of_version},
    error::ApiError,
    order::Order,
    query::Asked,
    reading::reached,
    resources::account::{account, account_when},
    state::AppState,
};

/// What the founder lets the agent do; credentials are never told.
#[utoipa::path(get, path = "/v1/founder-billing/config", tag = "founder billing",
    responses((status = 200, description = "The settings", body = ConfigView)))]
pub(crate) async fn show(state: Data<AppState>, asked: Asked) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let org = asked.caller.org;
    let account = account_when(&state, org, asked.when).await?;
    reached(account.position, asked.when)?;
    let id = delegation_id(org);
    let (found, version) = match asked.when.position() {
        Some(position) => state.ledger.load_at::<Delegation>(org, id, position).await?,
        None => state.ledger.load::<Delegation>(org, id).await?,
    };
    Ok(of_version(account.position, version, &ConfigView::of(&found, account.currency())))
}

/// Changes some settings and leaves the others.
#[utoipa::path(put, path = "/v1/founder-billing/config", tag = "founder billing",
    request_body = ConfigBody,
    responses((status = 200, description = "The settings", body = ConfigView)))]
pub(crate) async fn change(
    state: Data<AppState>,
    order: Order<ConfigBody>,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let currency = account(&state, org).await?.currency();
    let configure = configure(&state, &order, currency).await?;
    let given = DelegationCommand::Configure(Box::new(configure));
    let outcome = order.execute::<Delegation>(&state, delegation_id(org), given).await?;
    command(&state, &order, &outcome, StatusCode::OK, Value::Null, async |_| {
        let (found, _) = state.ledger.load::<Delegation>(org, delegation_id(org)).await?;
        answer::value(&ConfigView::of(&found, currency)).map(Some)
    })
    .await
}

async fn configure(
    state: &AppState,
    order: &Order<ConfigBody>,
    currency: Currency,
) -> Result<Configure, ApiError> {
    let body = &order.body;
    let threshold = body.ai_autonomous_approval_threshold.as_ref();
    let threshold =
        threshold.map(|amount| amount.money(currency, "/ai_autonomous_approval_threshold"));
    let least = body.payment_plan_min_balance.as_ref();
    let least = least.map(|amount| amount.money(currency, "/payment_plan_min_balance"));
    let lob_api_key = secret(state, order, "lob_api_key", &body.lob_api_key);
    let postmark_api_key = secret(state, order, "postmark_api_key", &body.postmark_api_key);
    let twilio = secret(state, order, "twilio_account_sid", &body.twilio_account_sid);
    Ok(Configure {
        ai_autonomous_approval_threshold: threshold.transpose()?,
        auto_escalate_overdue: body.auto_escalate_overdue,
        auto_offer_payment_plans: body.auto_offer_payment_plans,
        auto_send_statements: body.auto_send_statements,
        currency,
        email_failover_to_mail: body.email_failover_to_mail,
        enabled: body.enabled,
        escalation_schedule_days: body.escalation_schedule_days.clone(),
        failover_delay_hours: body.failover_delay_hours,
        founder_user_id: body.founder_user_id.clone(),
        hard_boundaries: body.hard_boundaries.clone(),
        lob_api_key: lob_api_key.await?,
        payment_plan_max_months: body.payment_plan_max_months,
        payment_plan_min_balance: least.transpose()?,
        postmark_api_key: postmark_api_key.await?,
        preferred_channel_order: body.preferred_channel_order.clone(),
        twilio_account_sid: twilio.await?,
    })
}

async fn secret(
    state: &AppState,
    order: &Order<ConfigBody>,
    field: &str,
    plain: &Option<String>,
) -> Result<Option<Sealed<String>>, ApiError> {
    match plain {
        Some(plain) => order.seal_own(state, field, plain).await.map(Some),
        None => Ok(None),
    }
}
