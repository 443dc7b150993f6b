//! `GET /v1/founder-billing/dashboard/metrics`

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web::Data};
use projections::statements::{self, Share, Statements};
use serde::Serialize;
use serde_json::Number;
use utoipa::ToSchema;

use super::figures::{amount_in, number};
use crate::{
    answer::at_position, error::ApiError, query::Asked, reading::reading,
    resources::account::account_when, state::AppState,
};

/// The founder's figures; a rate is null where there is nothing to take it of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FounderMetrics {
    /// Drawn up today, in the org's zone.
    statements_generated_today: i64,
    /// Sent for the first time today.
    statements_sent_today: i64,
    /// Levels that were reached and are not settled.
    active_escalations: i64,
    /// Of those, at the third level.
    level_3_escalations: i64,
    /// What is due on statements beyond a draft.
    #[schema(value_type = f64)]
    total_balance_outstanding: Number,
    /// Acts of the agent today.
    ai_actions_today: i64,
    /// E-mails that succeeded, of those whose end is known.
    #[schema(value_type = Option<f64>)]
    email_success_rate: Option<Number>,
    /// Statements sent without the founder's approval, of those that were sent.
    #[schema(value_type = Option<f64>)]
    ai_autonomy_rate: Option<Number>,
    /// Letters after failed e-mails, of all e-mails.
    #[schema(value_type = Option<f64>)]
    mail_failover_rate: Option<Number>,
    /// Statements paid after a level was reached, of those that reached one.
    #[schema(value_type = Option<f64>)]
    escalation_effectiveness: Option<Number>,
    /// Plans accepted, of those that were answered.
    #[schema(value_type = Option<f64>)]
    payment_plan_acceptance: Option<Number>,
    /// Statements that the founder took over, of those that the agent drew up.
    #[schema(value_type = Option<f64>)]
    founder_override_rate: Option<Number>,
    /// What letters cost today.
    #[schema(value_type = f64)]
    mail_cost_today: Number,
    /// How many statements stand where.
    statements_by_state: BTreeMap<String, i64>,
}

/// The states that the guide names, none left out.
const STATES: [&str; 6] = ["drafted", "finalized", "sent", "delivered", "paid", "escalated"];

/// The founder's figures, of this moment.
#[utoipa::path(get, path = "/v1/founder-billing/dashboard/metrics", tag = "founder billing",
    responses((status = 200, description = "The figures", body = FounderMetrics)))]
pub(crate) async fn metrics(state: Data<AppState>, asked: Asked) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let org = asked.caller.org;
    let account = account_when(&state, org, asked.when).await?;
    let (today, currency) = (account.today(), account.currency());
    let rule = account.state.cycle_rule();
    let starts = |day| rule.and_then(|rule| rule.day_starts_at(day).ok());
    let bounds = today.next_day().and_then(|next| starts(today).zip(starts(next)));
    let bounds = bounds.ok_or_else(|| ApiError::Failed("no day".to_owned()))?;
    let reading = reading::<Statements>(&state, org, asked.when).await?;
    let found = statements::metrics(&reading.snapshot, today, bounds).await?;
    reading.snapshot.close().await?;
    let rate = |share: Share| share.rate().map(number);
    let mut by_state: BTreeMap<String, i64> =
        STATES.iter().map(|state| ((*state).to_owned(), 0)).collect();
    by_state.extend(found.by_state);
    let view = FounderMetrics {
        statements_generated_today: found.generated_today,
        statements_sent_today: found.sent_today,
        active_escalations: found.active_escalations,
        level_3_escalations: found.level_3_escalations,
        total_balance_outstanding: amount_in(&found.outstanding, currency),
        ai_actions_today: found.ai_actions_today,
        email_success_rate: rate(found.email_success),
        ai_autonomy_rate: rate(found.autonomy),
        mail_failover_rate: rate(found.failover),
        escalation_effectiveness: rate(found.escalation_effectiveness),
        payment_plan_acceptance: rate(found.plan_acceptance),
        founder_override_rate: rate(found.overrides),
        mail_cost_today: amount_in(&found.mail_cost_today, currency),
        statements_by_state: by_state,
    };
    Ok(at_position(reading.position, &view))
}
