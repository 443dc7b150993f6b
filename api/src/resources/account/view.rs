//! The account, as callers see it.

use ledger::subscription::{Entitlement, Status, entitlements};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::Account;
use crate::{answer::instant, credentials::Caller, error::ApiError, people::open, state::AppState};

/// Where billing stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusView {
    /// active, past_due, canceled, trialing, inactive or paused.
    status: String,
    /// The same, under the name of the data model.
    subscription_status: String,
    /// Whether all of the plan's entitlements are there: not while paused, past due or canceled.
    entitled: bool,
    /// Which of them are: patient_activation, autonomous_billing, payments, records.
    entitlements: Vec<&'static str>,
    /// Why billing is or was paused last.
    pause_reason_code: Option<String>,
    /// Paused since, or when it was paused last.
    paused_at: Option<String>,
    /// Why it was resumed last.
    resume_reason_code: Option<String>,
    /// When it was resumed last.
    resumed_at: Option<String>,
    /// Last day of the trial.
    trial_ends_on: Option<Date>,
    /// When it was canceled.
    canceled_at: Option<String>,
    /// The plan.
    current_plan_id: Option<String>,
    /// First day of the cycle that runs now.
    billing_cycle_anchor_date: Option<Date>,
    /// Its name, `YYYY-MM`.
    current_cycle: Option<String>,
    /// The latest cycle that was started.
    last_started_cycle: Option<String>,
    /// The payment provider's customer; masked for some roles.
    payment_provider_customer_id: Option<String>,
    /// The payment provider's subscription; masked for some roles.
    payment_provider_subscription_id: Option<String>,
}

impl StatusView {
    pub(super) async fn of(
        state: &AppState,
        caller: &Caller,
        account: &Account,
    ) -> Result<Self, ApiError> {
        let found = &account.state;
        let pause = found.pauses().last();
        let cycle = found.cycle_rule().and_then(|rule| rule.cycle_at(account.now).ok());
        let provider = found.provider();
        let sealed = [
            provider.map(|provider| &provider.customer_id),
            provider.and_then(|provider| provider.subscription_id.as_ref()),
        ];
        let mut opened = open(state, caller, &sealed).await?.into_iter();
        Ok(Self {
            status: found.status().to_string(),
            subscription_status: found.status().to_string(),
            entitled: entitlements(found.status()).len() == Entitlement::ALL.len(),
            entitlements: entitled_to(found.status()),
            pause_reason_code: pause.map(|pause| pause.reason_code.to_string()),
            paused_at: pause.map(|pause| instant(pause.from_at)),
            resume_reason_code: found.resume_reason_code().map(ToString::to_string),
            resumed_at: pause.and_then(|pause| pause.to_at).map(instant),
            trial_ends_on: found.trial_ends_on(),
            canceled_at: found.canceled_at().map(instant),
            current_plan_id: found.plan().map(ToString::to_string),
            billing_cycle_anchor_date: cycle.map(|cycle| cycle.starts_on),
            current_cycle: cycle.map(|cycle| cycle.key.to_string()),
            last_started_cycle: found.last_started_cycle().map(|key| key.to_string()),
            payment_provider_customer_id: opened.next().flatten(),
            payment_provider_subscription_id: opened.next().flatten(),
        })
    }
}

fn entitled_to(status: Status) -> Vec<&'static str> {
    entitlements(status).iter().map(|entitlement| entitlement.word()).collect()
}

/// The plan and everything that is configured with it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanView {
    /// The plan.
    plan: String,
    /// ISO 4217.
    currency: String,
    /// For each patient and cycle.
    activation_fee: String,
    /// For setting the org up.
    setup_fee: String,
    /// What the plan includes.
    limits: LimitsView,
    /// Days from issue to due date.
    payment_terms_days: u16,
    /// First day of each cycle; clamped to the month's last day.
    anchor_day: u8,
    /// IANA time zone.
    time_zone: String,
    /// Whether the job issues invoices when their cycle has ended.
    auto_issue: bool,
    /// The tax rate of today.
    #[schema(value_type = f64)]
    tax_rate: serde_json::Number,
    /// Its jurisdiction.
    tax_jurisdiction: Option<String>,
}

/// What a plan includes; null is unlimited.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LimitsView {
    bookings: Option<i64>,
    storage_bytes: Option<i64>,
    workers: Option<i64>,
}

impl PlanView {
    pub(super) fn of(account: &Account) -> Result<Self, ApiError> {
        let terms = account.terms();
        let terms = terms.ok_or_else(|| ApiError::Failed("no terms".to_owned()))?;
        let (rate, jurisdiction) = account.state.tax_on(account.today());
        Ok(Self {
            plan: terms.plan.to_string(),
            currency: terms.currency.to_string(),
            activation_fee: terms.prices.activation_fee.to_string(),
            setup_fee: terms.prices.setup_fee.to_string(),
            limits: LimitsView {
                bookings: terms.limits.bookings,
                storage_bytes: terms.limits.storage_bytes,
                workers: terms.limits.workers,
            },
            payment_terms_days: terms.payment_terms_days,
            anchor_day: terms.cycle.anchor_day,
            time_zone: terms.cycle.time_zone.to_string(),
            auto_issue: terms.auto_issue,
            tax_rate: crate::answer::number(&rate),
            tax_jurisdiction: jurisdiction.map(|code| code.to_string()),
        })
    }
}
