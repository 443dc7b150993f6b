//! `GET /v1/founder-billing/escalations`

use actix_web::{HttpResponse, web::Data};
use ledger::statement::By;
use projections::{
    engine::Snapshot,
    statement_escalations::{self, Entry, StatementEscalations},
};
use serde::Serialize;
use serde_json::{Number, Value, json};
use time::Date;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::figures::amount;
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
pub(crate) struct EscalationParams {
    /// true: only those that are settled; false: only those that are not.
    resolved: Option<bool>,
    /// Of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A level of the schedule that a statement reached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EscalationView {
    /// Of which statement.
    statement_id: Uuid,
    /// 1, 2, 3, …
    escalation_level: i32,
    /// When.
    triggered_at: String,
    /// AI Agent, Founder or Staff.
    triggered_by: &'static str,
    /// Why.
    trigger_reason: String,
    /// Days past due.
    days_overdue: i32,
    /// What was due.
    #[schema(value_type = f64)]
    balance_due: Number,
    /// What was done.
    action_taken: String,
    /// Whether instalments were offered with it.
    payment_plan_offered: bool,
    /// The plan: plan_id, months, amount of an instalment, first due day.
    #[schema(value_type = Option<Object>)]
    payment_plan_terms: Value,
    /// Whether it is settled.
    resolved: bool,
    /// When.
    resolved_at: Option<String>,
    /// The day on which the next level is reached.
    next_escalation_at: Option<Date>,
}

impl From<&Entry> for EscalationView {
    fn from(entry: &Entry) -> Self {
        let row = &entry.row;
        let terms = row.plan_id.map_or(Value::Null, |plan_id| {
            json!({
                "plan_id": plan_id,
                "months": row.plan_months,
                "instalment_amount": entry.plan_instalment.map(amount),
                "first_due_date": row.plan_first_due_on,
            })
        });
        let reminded = if row.followed_up { "Follow-up statement sent" } else { "Escalated" };
        let offered = if row.payment_plan_offered { "; payment plan offered" } else { "" };
        Self {
            statement_id: row.statement_id,
            escalation_level: row.level,
            triggered_at: instant(row.triggered_at),
            triggered_by: match row.triggered_by.0 {
                By::Agent => "AI Agent",
                By::Founder => "Founder",
                By::Staff => "Staff",
            },
            trigger_reason: format!("Statement {} days overdue", row.days_overdue),
            days_overdue: row.days_overdue,
            balance_due: amount(entry.balance_due),
            action_taken: format!("{reminded}{offered}"),
            payment_plan_offered: row.payment_plan_offered,
            payment_plan_terms: terms,
            resolved: row.resolution.is_some(),
            resolved_at: row.resolved_at.map(instant),
            next_escalation_at: row.next_escalation_on,
        }
    }
}

const YES_NO: &[(&str, bool)] = &[("true", true), ("false", false)];

/// Levels that statements reached, the latest first.
#[utoipa::path(get, path = "/v1/founder-billing/escalations", tag = "founder billing",
    params(EscalationParams),
    responses((status = 200, description = "A page of them", body = Vec<EscalationView>)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let open = asked.params.word("resolved", YES_NO).map(|resolved| !resolved);
    let page = Page::<i64>::read(&state, &mut asked, "escalations", &open)?;
    let org = asked.caller.org;
    let reading = reading::<StatementEscalations>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, EscalationList { open }).await
}

struct EscalationList {
    open: Option<bool>,
}

impl List for EscalationList {
    type Key = i64;
    type Item = Entry;
    type View = EscalationView;
    type Page = Vec<EscalationView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(statement_escalations::list(snapshot, self.open, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.row.triggered_position
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<EscalationView>, ApiError> {
        Ok(found.iter().map(EscalationView::from).collect())
    }

    fn page(&self, escalations: Vec<EscalationView>, _: Option<String>) -> Vec<EscalationView> {
        escalations
    }
}
