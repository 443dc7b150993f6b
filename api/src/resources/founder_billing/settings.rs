//! The settings, as the founder writes and reads them.

use std::{borrow::Cow, collections::BTreeSet};

use ledger::{
    delegation::{Delegation, HardBoundary, Terms},
    statement::Channel,
    values::{Code, Currency},
};
use serde::Serialize;
use serde_json::{Number, value::RawValue};
use utoipa::ToSchema;

use super::figures::amount;
use crate::body::{Amount, Fields, ForeignId, FromBody, Wrong, boolean, foreign_id, integer, text};

/// What stands in place of a credential.
const REDACTED: &str = "<redacted>";

/// Some of the settings; the others stay as they are.
#[derive(Debug, ToSchema)]
pub(crate) struct ConfigBody {
    /// Whether anything is delegated at all.
    pub(super) enabled: Option<bool>,
    /// The founder, as the caller knows them.
    #[schema(value_type = Option<String>)]
    pub(super) founder_user_id: Option<Code>,
    /// Statements up to this balance, it included, need nobody's approval.
    #[schema(value_type = Option<f64>)]
    pub(super) ai_autonomous_approval_threshold: Option<Amount>,
    /// Whether statements are sent.
    pub(super) auto_send_statements: Option<bool>,
    /// Whether overdue statements are escalated.
    pub(super) auto_escalate_overdue: Option<bool>,
    /// Whether payment plans are offered.
    pub(super) auto_offer_payment_plans: Option<bool>,
    /// email, physical_mail, sms, patient_portal: which way first.
    #[schema(value_type = Option<Vec<String>>)]
    pub(super) preferred_channel_order: Option<Vec<Channel>>,
    /// Whether a letter follows an e-mail that failed.
    pub(super) email_failover_to_mail: Option<bool>,
    /// Hours before the letter.
    pub(super) failover_delay_hours: Option<u16>,
    /// Days past due, level by level.
    pub(super) escalation_schedule_days: Option<Vec<u16>>,
    /// Plans are offered from this balance on.
    #[schema(value_type = Option<f64>)]
    pub(super) payment_plan_min_balance: Option<Amount>,
    /// At most so many instalments.
    pub(super) payment_plan_max_months: Option<u16>,
    /// What the agent never does; none that stands may be missing.
    #[schema(value_type = Option<Vec<String>>)]
    pub(super) hard_boundaries: Option<BTreeSet<HardBoundary>>,
    /// Kept sealed, never told again.
    pub(super) lob_api_key: Option<String>,
    /// Kept sealed, never told again.
    pub(super) postmark_api_key: Option<String>,
    /// Kept sealed, never told again.
    pub(super) twilio_account_sid: Option<String>,
}

impl FromBody for ConfigBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let enabled = fields.optional("enabled", boolean);
        let founder_user_id = fields.optional("founder_user_id", founder);
        let threshold = fields.optional("ai_autonomous_approval_threshold", Amount::read);
        let auto_send_statements = fields.optional("auto_send_statements", boolean);
        let auto_escalate_overdue = fields.optional("auto_escalate_overdue", boolean);
        let auto_offer_payment_plans = fields.optional("auto_offer_payment_plans", boolean);
        let preferred_channel_order = fields.optional("preferred_channel_order", channels);
        let email_failover_to_mail = fields.optional("email_failover_to_mail", boolean);
        let failover_delay_hours = fields.optional("failover_delay_hours", small);
        let escalation_schedule_days = fields.optional("escalation_schedule_days", days);
        let payment_plan_min_balance = fields.optional("payment_plan_min_balance", Amount::read);
        let payment_plan_max_months = fields.optional("payment_plan_max_months", small);
        let hard_boundaries = fields.optional("hard_boundaries", boundaries);
        let lob_api_key = fields.optional("lob_api_key", text(500));
        let postmark_api_key = fields.optional("postmark_api_key", text(500));
        let twilio_account_sid = fields.optional("twilio_account_sid", text(500));
        Some(Self {
            enabled: enabled?,
            founder_user_id: founder_user_id?,
            ai_autonomous_approval_threshold: threshold?,
            auto_send_statements: auto_send_statements?,
            auto_escalate_overdue: auto_escalate_overdue?,
            auto_offer_payment_plans: auto_offer_payment_plans?,
            preferred_channel_order: preferred_channel_order?,
            email_failover_to_mail: email_failover_to_mail?,
            failover_delay_hours: failover_delay_hours?,
            escalation_schedule_days: escalation_schedule_days?,
            payment_plan_min_balance: payment_plan_min_balance?,
            payment_plan_max_months: payment_plan_max_months?,
            hard_boundaries: hard_boundaries?,
            lob_api_key: lob_api_key?,
            postmark_api_key: postmark_api_key?,
            twilio_account_sid: twilio_account_sid?,
        })
    }
}

fn founder(raw: &RawValue) -> Result<Code, Wrong> {
    let id: ForeignId = foreign_id(raw)?;
    id.as_str().parse().map_err(|error: ledger::values::CodeError| Cow::Owned(error.to_string()))
}

fn small(raw: &RawValue) -> Result<u16, Wrong> {
    integer(0, i64::from(u16::MAX))(raw).map(|number| u16::try_from(number).unwrap_or(u16::MAX))
}

fn days(raw: &RawValue) -> Result<Vec<u16>, Wrong> {
    serde_json::from_str(raw.get()).map_err(|_| Cow::Borrowed("an array of days is expected"))
}

fn channels(raw: &RawValue) -> Result<Vec<Channel>, Wrong> {
    let expected = "an array out of email, physical_mail, sms, patient_portal is expected";
    serde_json::from_str(raw.get()).map_err(|_| Cow::Borrowed(expected))
}

fn boundaries(raw: &RawValue) -> Result<BTreeSet<HardBoundary>, Wrong> {
    let known = || HardBoundary::ALL.map(HardBoundary::word).join(", ");
    serde_json::from_str(raw.get())
        .map_err(|_| Cow::Owned(format!("an array out of {} is expected", known())))
}

/// What the founder lets the agent do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConfigView {
    enabled: bool,
    founder_user_id: Option<String>,
    #[schema(value_type = f64)]
    ai_autonomous_approval_threshold: Number,
    auto_send_statements: bool,
    auto_escalate_overdue: bool,
    auto_offer_payment_plans: bool,
    preferred_channel_order: Vec<&'static str>,
    email_failover_to_mail: bool,
    failover_delay_hours: u16,
    escalation_schedule_days: Vec<u16>,
    #[schema(value_type = f64)]
    payment_plan_min_balance: Number,
    payment_plan_max_months: u16,
    hard_boundaries: Vec<&'static str>,
    /// `<redacted>` where one is known.
    lob_api_key: Option<&'static str>,
    /// `<redacted>` where one is known.
    postmark_api_key: Option<&'static str>,
    /// `<redacted>` where one is known.
    twilio_account_sid: Option<&'static str>,
    /// Counts the changes.
    revision: u32,
}

impl ConfigView {
    pub(super) fn of(delegation: &Delegation, currency: Currency) -> Self {
        let terms: Terms = delegation.terms(currency);
        let known = delegation.credentials();
        let redacted = |there: bool| there.then_some(REDACTED);
        Self {
            enabled: terms.enabled,
            founder_user_id: terms.founder_user_id.map(|founder| founder.to_string()),
            ai_autonomous_approval_threshold: amount(terms.ai_autonomous_approval_threshold),
            auto_send_statements: terms.auto_send_statements,
            auto_escalate_overdue: terms.auto_escalate_overdue,
            auto_offer_payment_plans: terms.auto_offer_payment_plans,
            preferred_channel_order: terms
                .preferred_channel_order
                .iter()
                .map(|channel| channel.word())
                .collect(),
            email_failover_to_mail: terms.email_failover_to_mail,
            failover_delay_hours: terms.failover_delay_hours,
            escalation_schedule_days: terms.escalation_schedule_days,
            payment_plan_min_balance: amount(terms.payment_plan_min_balance),
            payment_plan_max_months: terms.payment_plan_max_months,
            hard_boundaries: terms.hard_boundaries.iter().map(|one| one.word()).collect(),
            lob_api_key: redacted(known.lob_api_key.is_some()),
            postmark_api_key: redacted(known.postmark_api_key.is_some()),
            twilio_account_sid: redacted(known.twilio_account_sid.is_some()),
            revision: terms.revision,
        }
    }
}
