//! What an account tells about itself.

use time::{Date, OffsetDateTime};

use super::{
    Limits, Opened, PauseSpan, Prices, ProviderLinked, Status, Subscription, SubscriptionError,
};
use crate::values::{Code, Currency, CycleKey, CycleRule, Rounding};

impl Subscription {
    /// The account as opened, with plan, prices and limits as they are now.
    pub fn account(&self) -> Option<&Opened> {
        self.account.as_ref()
    }

    /// Opened and not canceled.
    pub fn is_open(&self) -> bool {
        self.account.is_some() && self.status != Status::Canceled
    }

    /// Where it stands.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Its one currency.
    pub fn currency(&self) -> Option<Currency> {
        self.account.as_ref().map(|account| account.currency)
    }

    /// Its prices.
    pub fn prices(&self) -> Option<&Prices> {
        self.account.as_ref().map(|account| &account.prices)
    }

    /// Its plan.
    pub fn plan(&self) -> Option<&Code> {
        self.account.as_ref().map(|account| &account.plan)
    }

    /// What is included.
    pub fn limits(&self) -> Option<&Limits> {
        self.account.as_ref().map(|account| &account.limits)
    }

    /// How its cycles fall.
    pub fn cycle_rule(&self) -> Option<&CycleRule> {
        self.account.as_ref().map(|account| &account.cycle)
    }

    /// How its tax is rounded.
    pub fn rounding(&self) -> Rounding {
        self.account.as_ref().map(|account| account.rounding).unwrap_or_default()
    }

    /// Days from issue to due date; none before the account is opened.
    pub fn payment_terms_days(&self) -> u16 {
        self.account.as_ref().map_or(0, |account| account.payment_terms_days)
    }

    /// Whether the job issues invoices when their cycle has ended.
    pub fn auto_issue(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.auto_issue)
    }

    /// The times in which billing rested, earliest first; the last one may still last.
    pub fn pauses(&self) -> &[PauseSpan] {
        &self.pauses
    }

    /// Why billing was resumed last, if it was said.
    pub fn resume_reason_code(&self) -> Option<&Code> {
        self.resume_reason_code.as_ref()
    }

    /// The latest cycle that was started.
    pub fn last_started_cycle(&self) -> Option<CycleKey> {
        self.last_started_cycle
    }

    /// Last day of the trial, if there was one.
    pub fn trial_ends_on(&self) -> Option<Date> {
        self.trial_ends_on
    }

    /// When it was canceled.
    pub fn canceled_at(&self) -> Option<OffsetDateTime> {
        self.canceled_at
    }

    /// The payment provider's objects.
    pub fn provider(&self) -> Option<&ProviderLinked> {
        self.provider.as_ref()
    }

    pub(super) fn opened_account(&self) -> Result<&Opened, SubscriptionError> {
        self.account.as_ref().ok_or(SubscriptionError::Unknown)
    }

    /// Opened and not canceled.
    pub(super) fn standing_account(&self) -> Result<&Opened, SubscriptionError> {
        let account = self.opened_account()?;
        match self.canceled_at {
            Some(canceled_at) => Err(SubscriptionError::Canceled { canceled_at }),
            None => Ok(account),
        }
    }
}
