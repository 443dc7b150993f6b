//! The settings, without the credentials.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::HardBoundary;
use crate::{
    statement::Channel,
    values::{Code, Currency, Money},
};

/// What the agent may do.
///
/// - **Source:** contract S4.9.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Statements up to this balance, it included, need nobody's approval.
    pub ai_autonomous_approval_threshold: Money,
    /// Whether overdue statements are escalated.
    pub auto_escalate_overdue: bool,
    /// Whether payment plans are offered.
    pub auto_offer_payment_plans: bool,
    /// Whether statements are sent.
    pub auto_send_statements: bool,
    /// Whether a letter follows an e-mail that failed.
    pub email_failover_to_mail: bool,
    /// Whether anything is delegated at all.
    pub enabled: bool,
    /// Days past due of escalation level 1, 2, 3, …; each later than the one before.
    pub escalation_schedule_days: Vec<u16>,
    /// Hours between a failed e-mail and the letter.
    pub failover_delay_hours: u16,
    /// The founder, as the caller knows them.
    pub founder_user_id: Option<Code>,
    /// What the agent never does.
    pub hard_boundaries: BTreeSet<HardBoundary>,
    /// At most so many monthly instalments.
    pub payment_plan_max_months: u16,
    /// Plans are offered from this balance on, it included.
    pub payment_plan_min_balance: Money,
    /// Which way to write first, where nothing else decides.
    pub preferred_channel_order: Vec<Channel>,
    /// Counts the changes; 0 where nothing was configured.
    pub revision: u32,
}

impl Terms {
    /// What holds when nothing was configured, in a currency.
    pub fn unconfigured(currency: Currency) -> Self {
        let major = |units: i64| {
            let scale = 10_i64.checked_pow(currency.minor_digits()).unwrap_or(1);
            Money::from_minor(units.saturating_mul(scale), currency)
        };
        Self {
            ai_autonomous_approval_threshold: major(500),
            auto_escalate_overdue: false,
            auto_offer_payment_plans: false,
            auto_send_statements: false,
            email_failover_to_mail: true,
            enabled: false,
            escalation_schedule_days: vec![30, 60, 90],
            failover_delay_hours: 48,
            founder_user_id: None,
            hard_boundaries: BTreeSet::from(HardBoundary::ALWAYS),
            payment_plan_max_months: 12,
            payment_plan_min_balance: major(200),
            preferred_channel_order: vec![Channel::Email, Channel::PhysicalMail, Channel::Sms],
            revision: 0,
        }
    }

    /// Of all amounts.
    pub const fn currency(&self) -> Currency {
        self.ai_autonomous_approval_threshold.currency()
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self::unconfigured(Currency::USD)
    }
}
