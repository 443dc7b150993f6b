//! Orders about a delegation.

use std::collections::BTreeSet;

use super::HardBoundary;
use crate::{
    statement::Channel,
    values::{Code, Currency, Money, Sealed},
};

/// Orders about a delegation.
#[derive(Debug, Clone, PartialEq)]
pub enum DelegationCommand {
    /// Change some settings.
    Configure(Box<Configure>),
}

/// See [`DelegationCommand::Configure`]: `None` leaves a setting as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Configure {
    /// Approval threshold.
    pub ai_autonomous_approval_threshold: Option<Money>,
    /// Escalate by itself.
    pub auto_escalate_overdue: Option<bool>,
    /// Offer plans by itself.
    pub auto_offer_payment_plans: Option<bool>,
    /// Send by itself.
    pub auto_send_statements: Option<bool>,
    /// Of all amounts: the org's.
    pub currency: Currency,
    /// A letter after a failed e-mail.
    pub email_failover_to_mail: Option<bool>,
    /// Anything at all.
    pub enabled: Option<bool>,
    /// Days past due, level by level.
    pub escalation_schedule_days: Option<Vec<u16>>,
    /// Hours before the letter.
    pub failover_delay_hours: Option<u16>,
    /// The founder.
    pub founder_user_id: Option<Code>,
    /// All that are to stand; none that stands may be missing.
    pub hard_boundaries: Option<BTreeSet<HardBoundary>>,
    /// Key of the letter service.
    pub lob_api_key: Option<Sealed<String>>,
    /// Longest plan.
    pub payment_plan_max_months: Option<u16>,
    /// Smallest balance of a plan.
    pub payment_plan_min_balance: Option<Money>,
    /// Key of the e-mail service.
    pub postmark_api_key: Option<Sealed<String>>,
    /// Which way first.
    pub preferred_channel_order: Option<Vec<Channel>>,
    /// Account of the text-message service.
    pub twilio_account_sid: Option<Sealed<String>>,
}

impl Configure {
    /// Changes nothing yet.
    pub const fn nothing(currency: Currency) -> Self {
        Self {
            ai_autonomous_approval_threshold: None,
            auto_escalate_overdue: None,
            auto_offer_payment_plans: None,
            auto_send_statements: None,
            currency,
            email_failover_to_mail: None,
            enabled: None,
            escalation_schedule_days: None,
            failover_delay_hours: None,
            founder_user_id: None,
            hard_boundaries: None,
            lob_api_key: None,
            payment_plan_max_months: None,
            payment_plan_min_balance: None,
            postmark_api_key: None,
            preferred_channel_order: None,
            twilio_account_sid: None,
        }
    }
}
