//! The columns of `billing_audit_logs`.

use ledger::{
    statement::{By, Channel},
    values::Currency,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// What was done.
///
/// - **Source:** contract S4.7; those after `EscalationTriggered` are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Drawn up.
    StatementGenerated,
    /// Let out.
    StatementFinalized,
    /// Handed over.
    StatementSent,
    /// A way to write was chosen.
    ChannelSelected,
    /// A level of the schedule was reached.
    EscalationTriggered,
    /// A letter is to follow an e-mail that failed.
    FailoverScheduled,
    /// The founder took it over.
    FounderOverride,
    /// Instalments were offered.
    PaymentPlanOffered,
    /// Left to the founder.
    StatementHeld,
    /// The founder let it go on.
    StatementReleased,
    /// Taken back.
    StatementVoided,
}

worded! {
    Act {
        StatementGenerated = "statement_generated",
        StatementFinalized = "statement_finalized",
        StatementSent = "statement_sent",
        ChannelSelected = "channel_selected",
        EscalationTriggered = "escalation_triggered",
        FailoverScheduled = "failover_scheduled",
        FounderOverride = "founder_override",
        PaymentPlanOffered = "payment_plan_offered",
        StatementHeld = "statement_held",
        StatementReleased = "statement_released",
        StatementVoided = "statement_voided",
    }
}

columns! {
    /// One act.
    pub struct Row {
        key {
            /// The event's place in the log.
            position: i64,
        }
        /// What was done.
        action_type: Word<Act>,
        /// On whose word.
        acted_by: Word<By>,
        /// With which statement.
        statement_id: Uuid,
        /// With which of its deliveries.
        delivery: Option<i32>,
        /// Where the statement stands after it, if that is told.
        new_state: Option<String>,
        /// In which way.
        channel: Option<Word<Channel>>,
        /// Why, in words made of codes and figures.
        reason: Option<String>,
        /// Whether it is a letter after an e-mail that failed.
        is_failover: bool,
        /// What it all costs.
        total_charges_minor: Option<i64>,
        /// What is the patient's to pay.
        patient_responsibility_minor: Option<i64>,
        /// What is due.
        balance_due_minor: Option<i64>,
        /// Of all amounts.
        currency: Option<Word<Currency>>,
        /// Which level.
        level: Option<i32>,
        /// Days past due.
        days_overdue: Option<i32>,
        /// When it was done.
        happened_at: OffsetDateTime,
        /// When it was learned.
        created_at: OffsetDateTime,
        /// The caller's own id of the patient, sealed.
        patient_id: Option<Vec<u8>>,
        /// The founder's words, sealed.
        note: Option<Vec<u8>>,
    }
}
