//! The columns of `billing_decisions`.

use ledger::statement::{By, Channel, DecisionType, Rationale, Risk};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    DecisionType {
        Approval = "approval",
        ChannelSelection = "channel_selection",
        Escalation = "escalation",
        Failover = "failover",
        PaymentPlan = "payment_plan",
    }
    Rationale {
        AboveThreshold = "above_threshold",
        ChosenByPerson = "chosen_by_person",
        ConfiguredOrder = "configured_order",
        EmailFailed = "email_failed",
        HighBalance = "high_balance",
        NoContact = "no_contact",
        NotEntitled = "not_entitled",
        OnlyContact = "only_contact",
        Overdue = "overdue",
        PlanEligible = "plan_eligible",
        SuccessRate = "success_rate",
        TextFailed = "text_failed",
        WithinThreshold = "within_threshold",
    }
    Risk { Low = "low", Medium = "medium", High = "high" }
}

columns! {
    /// One decision.
    pub struct Row {
        key {
            /// About which statement.
            statement_id: Uuid,
            /// Counts the statement's decisions, from 1.
            decision: i32,
        }
        /// Names it.
        decision_id: Uuid,
        /// What it was about.
        decision_type: Word<DecisionType>,
        /// Why, as a code.
        rationale: Word<Rationale>,
        /// Why, in words.
        decision_rationale: String,
        /// How sure, in hundredths of a percent.
        confidence_bp: i32,
        /// How much depends on it.
        risk_assessment: Word<Risk>,
        /// Who decided.
        decided_by: Word<By>,
        /// Under which settings.
        delegation_revision: Option<i64>,
        /// Whether it was carried out without asking.
        auto_executed: bool,
        /// Whether the founder has to decide.
        requires_founder_approval: bool,
        /// The way to write that was chosen.
        channel: Option<Word<Channel>>,
        /// The delivery it led to.
        delivery: Option<i32>,
        /// When.
        decided_on: Date,
        /// When it was learned.
        created_at: OffsetDateTime,
        /// Where: the key that lists go by.
        decided_position: i64,
        /// What was looked at: names, channels and figures.
        factors_considered: Vec<u8>,
        /// What could have been done instead.
        alternative_actions: Vec<u8>,
    }
}
