//! `GET /v1/founder-billing/decisions`

use actix_web::{HttpResponse, web::Data};
use projections::{
    billing_decisions::{self, BillingDecisions, Entry},
    engine::{Snapshot, Worded},
};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Number, Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::figures::number;
use crate::{
    answer::instant,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

/// Which of them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct DecisionParams {
    /// About this statement.
    statement_id: Option<Uuid>,
    /// Only those that the founder has to make, or only the others.
    requires_founder_approval: Option<bool>,
    /// Of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// What was decided, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionView {
    /// Which.
    id: Uuid,
    /// About which statement.
    statement_id: Uuid,
    /// approval, channel_selection, escalation, failover or payment_plan.
    decision_type: String,
    /// Why.
    decision_rationale: String,
    /// 0.0 to 1.0.
    #[schema(value_type = f64)]
    confidence_score: Number,
    /// low, medium or high.
    risk_assessment: String,
    /// What was looked at: names, channels and figures.
    #[schema(value_type = Vec<Object>)]
    factors_considered: Value,
    /// What could have been done instead, and why it was not.
    #[schema(value_type = Vec<Object>)]
    alternative_actions: Value,
    /// Whether it was carried out without asking.
    auto_executed: bool,
    /// Whether the founder has to decide.
    requires_founder_approval: bool,
    /// What came of it: executed, pending, succeeded or failed.
    outcome: &'static str,
    /// success, delivered and opened, where it led to a delivery.
    #[schema(value_type = Option<Object>)]
    outcome_metrics: Value,
    /// agent, founder or staff.
    decided_by: String,
    /// When it was learned.
    created_at: String,
}

impl From<&Entry> for DecisionView {
    fn from(entry: &Entry) -> Self {
        let row = &entry.row;
        let success = entry.outcome.map(|outcome| outcome.success);
        let outcome = match success {
            Some(Some(true)) => "succeeded",
            Some(Some(false)) => "failed",
            Some(None) => "pending",
            None if row.auto_executed => "executed",
            None => "pending",
        };
        Self {
            id: row.decision_id,
            statement_id: row.statement_id,
            decision_type: row.decision_type.0.word().to_owned(),
            decision_rationale: row.decision_rationale.clone(),
            confidence_score: number(Decimal::new(i64::from(row.confidence_bp), 4)),
            risk_assessment: row.risk_assessment.0.word().to_owned(),
            factors_considered: entry.factors_considered.clone(),
            alternative_actions: entry.alternative_actions.clone(),
            auto_executed: row.auto_executed,
            requires_founder_approval: row.requires_founder_approval,
            outcome,
            outcome_metrics: entry.outcome.map_or(Value::Null, |outcome| {
                json!({
                    "success": outcome.success,
                    "delivered": outcome.delivered,
                    "opened": outcome.opened,
                })
            }),
            decided_by: row.decided_by.0.word().to_owned(),
            created_at: instant(row.created_at),
        }
    }
}

const YES_NO: &[(&str, bool)] = &[("true", true), ("false", false)];

/// Decisions about statements, the latest first.
#[utoipa::path(get, path = "/v1/founder-billing/decisions", tag = "founder billing",
    params(DecisionParams),
    responses((status = 200, description = "A page of them", body = Vec<DecisionView>)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let statement = asked.params.parsed("statement_id", "a UUID is expected");
    let approval = asked.params.word("requires_founder_approval", YES_NO);
    let page = Page::<i64>::read(&state, &mut asked, "decisions", &(statement, approval))?;
    let org = asked.caller.org;
    let reading = reading::<BillingDecisions>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, DecisionList { statement, approval }).await
}

struct DecisionList {
    statement: Option<Uuid>,
    approval: Option<bool>,
}

impl List for DecisionList {
    type Key = i64;
    type Item = Entry;
    type View = DecisionView;
    type Page = Vec<DecisionView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        let Self { statement, approval } = *self;
        Ok(billing_decisions::list(snapshot, statement, approval, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.row.decided_position
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<DecisionView>, ApiError> {
        Ok(found.iter().map(DecisionView::from).collect())
    }

    fn page(&self, decisions: Vec<DecisionView>, _: Option<String>) -> Vec<DecisionView> {
        decisions
    }
}
