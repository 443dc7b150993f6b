//! The columns of `statement_escalations`.

use ledger::{statement::By, values::Currency};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// How a level was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// The patient, or a payer, paid.
    Paid,
    /// The statement was taken back or replaced.
    Closed,
}

worded! {
    Resolution { Paid = "paid", Closed = "closed" }
}

columns! {
    /// One level that a statement reached.
    pub struct Row {
        key {
            /// Of which statement.
            statement_id: Uuid,
            /// Which level, from 1.
            level: i32,
        }
        /// Who escalated it.
        triggered_by: Word<By>,
        /// When.
        triggered_at: OffsetDateTime,
        /// Days past due.
        days_overdue: i32,
        /// What was due.
        balance_due_minor: i64,
        /// Of that.
        currency: Word<Currency>,
        /// When the next level is reached.
        next_escalation_on: Option<Date>,
        /// Whether instalments were offered with it.
        payment_plan_offered: bool,
        /// Which plan.
        plan_id: Option<Uuid>,
        /// How many instalments.
        plan_months: Option<i32>,
        /// The first instalment.
        plan_instalment_minor: Option<i64>,
        /// When it is due.
        plan_first_due_on: Option<Date>,
        /// Whether a reminder was sent.
        followed_up: bool,
        /// How it was settled.
        resolution: Option<Word<Resolution>>,
        /// When.
        resolved_at: Option<OffsetDateTime>,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// Where it was reached: the key that lists go by.
        triggered_position: i64,
    }
}
