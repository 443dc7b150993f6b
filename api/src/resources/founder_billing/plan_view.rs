//! A payment plan, as the founder sees it.

use projections::{engine::Worded, payment_plans::Entry};
use serde::Serialize;
use serde_json::Number;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::figures::amount;

/// An instalment, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstalmentView {
    /// Counts them, from 1.
    number: u16,
    /// How much.
    #[schema(value_type = f64)]
    amount: Number,
    /// The last day to pay it.
    due_date: Date,
    /// When it was covered.
    paid_on: Option<Date>,
    /// When its day had passed uncovered.
    missed_on: Option<Date>,
}

/// A plan to pay in instalments.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanTermsView {
    /// Which.
    plan_id: Uuid,
    /// Of which statement.
    statement_id: Uuid,
    /// offered, active, declined, completed or canceled.
    state: String,
    /// agent, founder or staff.
    offered_by: String,
    /// When.
    offered_on: Date,
    /// When the patient accepted.
    accepted_on: Option<Date>,
    /// When it ended.
    ended_on: Option<Date>,
    /// Why it was canceled.
    reason_code: Option<String>,
    /// The level of the schedule that it was offered at.
    escalation_level: Option<i32>,
    /// What was due when it was offered.
    #[schema(value_type = f64)]
    balance_due: Number,
    /// Month by month.
    instalments: Vec<InstalmentView>,
}

impl From<&Entry> for PlanTermsView {
    fn from(entry: &Entry) -> Self {
        let row = &entry.row;
        let instalments = entry.instalments.iter().map(|state| InstalmentView {
            number: state.instalment.number,
            amount: amount(state.instalment.amount),
            due_date: state.instalment.due_on,
            paid_on: state.paid_on,
            missed_on: state.missed_on,
        });
        Self {
            plan_id: row.plan_id,
            statement_id: row.statement_id,
            state: row.state.0.word().to_owned(),
            offered_by: row.offered_by.0.word().to_owned(),
            offered_on: row.offered_on,
            accepted_on: row.accepted_on,
            ended_on: row.ended_on,
            reason_code: row.reason_code.clone(),
            escalation_level: row.level,
            balance_due: amount(entry.balance_due),
            instalments: instalments.collect(),
        }
    }
}
