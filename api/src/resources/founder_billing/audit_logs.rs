//! `GET /v1/founder-billing/audit-logs` and `…/dashboard/recent-activity`

use actix_web::{HttpResponse, web::Data};
use ledger::statement::By;
use projections::{
    billing_audit_logs::{self, Act, BillingAuditLogs, EXECUTED_BY, Entry},
    engine::{Snapshot, Worded},
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    deliveries::OfStatementParams,
    figures::{amount, spoken},
};
use crate::{
    answer::{at_position, instant},
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    people::open,
    query::Asked,
    reading::reading,
    state::AppState,
};

/// What the agent or the founder did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditLogView {
    /// Which: the act's place in the log.
    id: i64,
    /// With which statement.
    statement_id: Uuid,
    /// With which delivery.
    delivery_id: Option<Uuid>,
    /// statement_generated, statement_finalized, statement_sent, channel_selected,
    /// escalation_triggered, …
    action_type: String,
    /// In words.
    action_description: String,
    /// Always `AI Agent under Founder billing authority`.
    executed_by: &'static str,
    /// On whose word: agent, founder or staff.
    acted_by: String,
    /// Whether the founder intervened.
    founder_override: bool,
    /// Where the statement stood before.
    previous_state: Option<String>,
    /// Where it stands after.
    new_state: Option<String>,
    /// What it was decided on.
    #[schema(value_type = Object)]
    metadata: Value,
    /// When.
    created_at: String,
}

/// An entry of the feed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActivityView {
    /// Which: the act's place in the log.
    id: i64,
    /// When.
    timestamp: String,
    /// What.
    action: String,
    /// In words.
    description: String,
    /// Always `AI Agent under Founder billing authority`.
    executed_by: &'static str,
    /// With which statement.
    statement_number: Option<String>,
    /// What it was decided on.
    #[schema(value_type = Object)]
    metadata: Value,
}

/// Acts with the words about persons in them.
async fn described(
    state: &AppState,
    caller: &Caller,
    found: &[Entry],
) -> Result<Vec<String>, ApiError> {
    let sealed: Vec<_> =
        found.iter().flat_map(|entry| [entry.patient_id.as_ref(), entry.note.as_ref()]).collect();
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let words = |entry: &Entry| {
        let patient = plain.next().flatten();
        description(entry, patient, plain.next().flatten())
    };
    Ok(found.iter().map(words).collect())
}

fn description(entry: &Entry, patient: Option<String>, note: Option<String>) -> String {
    let row = &entry.row;
    let number = entry.statement_number.as_deref().unwrap_or("?");
    let who = match row.acted_by.0 {
        By::Agent => "AI",
        By::Founder => "Founder",
        By::Staff => "Staff",
    };
    let balance = entry.balance_due.map(spoken).unwrap_or_default();
    let channel = row.channel.map_or("", |channel| channel.0.word());
    let reason = row.reason.as_deref().unwrap_or_default();
    match row.action_type.0 {
        Act::StatementGenerated => {
            let patient = patient.as_deref().unwrap_or("[masked]");
            format!("{who} generated statement #{number} for patient {patient}. Balance: {balance}")
        }
        Act::StatementFinalized => {
            format!("{who} finalized statement #{number}. Balance: {balance}")
        }
        Act::StatementSent if row.is_failover => {
            format!("{who} escalated delivery to {}", reason.replacen("P", "p", 1))
        }
        Act::StatementSent => {
            let success =
                entry.success.map(|known| format!(" Success: {known}.")).unwrap_or_default();
            format!("{who} sent statement #{number} via {channel}.{success} Reason: {reason}")
        }
        Act::ChannelSelected => {
            format!("{who} selected {channel} for statement #{number}. Reason: {reason}")
        }
        Act::EscalationTriggered => {
            let (level, days) = (row.level.unwrap_or(0), row.days_overdue.unwrap_or(0));
            format!("{who} triggered level {level} escalation. {days} days overdue.")
        }
        Act::FailoverScheduled => {
            format!("{who} scheduled physical mail for statement #{number} after a failure")
        }
        Act::FounderOverride => {
            let note = note.as_deref().unwrap_or("[masked]");
            format!("Founder overrode AI action. Reason: {note}")
        }
        Act::PaymentPlanOffered => {
            format!("{who} offered a payment plan for statement #{number}. Balance: {balance}")
        }
        Act::StatementHeld => match &row.reason {
            Some(reason) => format!("{who} held statement #{number}. Reason: {reason}"),
            None => {
                format!("{who} held statement #{number} for Founder approval. Balance: {balance}")
            }
        },
        Act::StatementReleased => format!("{who} released statement #{number}"),
        Act::StatementVoided => format!("{who} voided statement #{number}"),
    }
}

/// The figures behind an act.
fn metadata(entry: &Entry) -> Value {
    let row = &entry.row;
    let mut facts = Map::new();
    let mut say = |name: &str, value: Value| {
        if !value.is_null() {
            facts.insert(name.to_owned(), value);
        }
    };
    say("total_charges", json!(entry.total_charges.map(amount)));
    say("patient_responsibility", json!(entry.patient_responsibility.map(amount)));
    say("balance_due", json!(entry.balance_due.map(amount)));
    say("channel", json!(row.channel.map(|channel| channel.0.word())));
    say("success", json!(entry.success));
    say("reason", json!(row.reason));
    say("escalation_level", json!(row.level));
    say("days_overdue", json!(row.days_overdue));
    Value::Object(facts)
}

fn audit_log(entry: &Entry, action_description: String) -> AuditLogView {
    let row = &entry.row;
    AuditLogView {
        id: row.position,
        statement_id: row.statement_id,
        delivery_id: entry.delivery_id,
        action_type: row.action_type.0.word().to_owned(),
        action_description,
        executed_by: EXECUTED_BY,
        acted_by: row.acted_by.0.word().to_owned(),
        founder_override: row.action_type.0 == Act::FounderOverride,
        previous_state: entry.previous_state.clone(),
        new_state: row.new_state.clone(),
        metadata: metadata(entry),
        created_at: instant(row.created_at),
    }
}

/// Everything that was done with statements, the latest first.
#[utoipa::path(get, path = "/v1/founder-billing/audit-logs", tag = "founder billing",
    params(OfStatementParams),
    responses((status = 200, description = "A page of it", body = Vec<AuditLogView>)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let statement = asked.params.parsed("statement_id", "a UUID is expected");
    let page = Page::<i64>::read(&state, &mut asked, "audit-logs", &statement)?;
    let org = asked.caller.org;
    let reading = reading::<BillingAuditLogs>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, AuditLogList { statement }).await
}

/// The latest acts, as a feed.
#[utoipa::path(get, path = "/v1/founder-billing/dashboard/recent-activity",
    tag = "founder billing",
    params(("limit" = Option<i64>, Query, description = "1 to 200; 20 unless said otherwise")),
    responses((status = 200, description = "The feed", body = Vec<ActivityView>)))]
pub(crate) async fn recent(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let limit = asked.params.integer("limit", 20, 1, 200);
    let caller = asked.caller;
    asked.params.finish()?;
    let reading = reading::<BillingAuditLogs>(&state, caller.org, asked.when).await?;
    let found = billing_audit_logs::list(&reading.snapshot, None, None, limit).await?;
    reading.snapshot.close().await?;
    let words = described(&state, &caller, &found).await?;
    let feed: Vec<ActivityView> = found
        .iter()
        .zip(words)
        .map(|(entry, description)| ActivityView {
            id: entry.row.position,
            timestamp: instant(entry.row.created_at),
            action: entry.row.action_type.0.word().to_owned(),
            description,
            executed_by: EXECUTED_BY,
            statement_number: entry.statement_number.clone(),
            metadata: metadata(entry),
        })
        .collect();
    Ok(at_position(reading.position, &feed))
}

struct AuditLogList {
    statement: Option<Uuid>,
}

impl List for AuditLogList {
    type Key = i64;
    type Item = Entry;
    type View = AuditLogView;
    type Page = Vec<AuditLogView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(billing_audit_logs::list(snapshot, self.statement, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.row.position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<AuditLogView>, ApiError> {
        let words = described(state, caller, &found).await?;
        Ok(found.iter().zip(words).map(|(entry, words)| audit_log(entry, words)).collect())
    }

    fn page(&self, acts: Vec<AuditLogView>, _: Option<String>) -> Vec<AuditLogView> {
        acts
    }
}
