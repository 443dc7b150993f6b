//! The columns of `payment_plans`.

use ledger::{
    statement::{By, Instalment, PlanState},
    values::Currency,
};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    PlanState {
        Offered = "offered",
        Active = "active",
        Declined = "declined",
        Completed = "completed",
        Canceled = "canceled",
    }
}

/// An instalment, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstalmentState {
    /// What was agreed.
    pub instalment: Instalment,
    /// When its day had passed uncovered.
    pub missed_on: Option<Date>,
    /// When it was covered.
    pub paid_on: Option<Date>,
}

columns! {
    /// One plan.
    pub struct Row {
        key {
            /// Which.
            plan_id: Uuid,
        }
        /// Of which statement.
        statement_id: Uuid,
        /// Where it stands.
        state: Word<PlanState>,
        /// Who offered it.
        offered_by: Word<By>,
        /// When.
        offered_on: Date,
        /// The level of the schedule that it was offered at.
        level: Option<i32>,
        /// When the patient accepted.
        accepted_on: Option<Date>,
        /// When it ended.
        ended_on: Option<Date>,
        /// Why it was canceled.
        reason_code: Option<String>,
        /// What was due when it was offered.
        balance_due_minor: i64,
        /// Of all amounts.
        currency: Word<Currency>,
        /// How many instalments are covered.
        paid_count: i32,
        /// How many were missed.
        missed_count: i32,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// Where it was offered: the key that lists go by.
        offered_position: i64,
        /// The instalments.
        instalments: Vec<u8>,
    }
}
