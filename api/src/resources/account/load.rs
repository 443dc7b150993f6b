//! The account as of its org's proved head.

use ledger::{
    store::account_id,
    subscription::{Opened, Subscription, SubscriptionError},
    values::{Currency, OrgId},
};
use time::{Date, OffsetDateTime};

use crate::{error::ApiError, state::AppState, when::When};

/// An opened account, its version, and the head at which it was read.
pub(crate) struct Account {
    pub(crate) state: Subscription,
    pub(crate) version: i64,
    pub(crate) position: i64,
    pub(crate) now: OffsetDateTime,
}

/// Loads an org's account.
pub(crate) async fn account(state: &AppState, org: OrgId) -> Result<Account, ApiError> {
    // Nearly every command asks for it, so one reading serves all that ask at the same time.
    let loaded = state.ledger.load_shared::<Subscription>(org, account_id(org)).await;
    let (subscription, version, position) = loaded?;
    if subscription.account().is_none() {
        return Err(ApiError::refused(&SubscriptionError::Unknown));
    }
    let now = state.ledger.clock().now();
    Ok(Account { state: subscription, version, position, now })
}

/// The same, as of when it is asked for: in the past, with what "today" was then.
pub(crate) async fn account_when(
    state: &AppState,
    org: OrgId,
    when: When,
) -> Result<Account, ApiError> {
    let Some(as_of) = when.as_of else { return account(state, org).await };
    let loaded = state.ledger.load_at::<Subscription>(org, account_id(org), as_of.position).await;
    let (subscription, version) = loaded?;
    if subscription.account().is_none() {
        return Err(ApiError::refused(&SubscriptionError::Unknown));
    }
    Ok(Account { state: subscription, version, position: as_of.position, now: as_of.at })
}

/// The day that was given, or today in the org's zone.
pub(crate) async fn day_or_today(
    state: &AppState,
    org: OrgId,
    given: Option<Date>,
) -> Result<Date, ApiError> {
    match given {
        Some(day) => Ok(day),
        None => Ok(account(state, org).await?.today()),
    }
}

/// The day of an instant in the account's zone.
pub(crate) fn day_of(account: &Subscription, at: OffsetDateTime) -> Date {
    let day = account.cycle_rule().and_then(|rule| rule.local_day(at).ok());
    day.unwrap_or(at.date())
}

impl Account {
    /// What it was opened with, with plan, prices and limits as they are now.
    pub(crate) fn terms(&self) -> Option<&Opened> {
        self.state.account()
    }

    /// Its one currency.
    pub(crate) fn currency(&self) -> Currency {
        self.state.currency().unwrap_or(Currency::USD)
    }

    /// The day of an instant in the org's zone.
    pub(crate) fn day_of(&self, at: OffsetDateTime) -> Date {
        day_of(&self.state, at)
    }

    /// Today in the org's zone.
    pub(crate) fn today(&self) -> Date {
        self.day_of(self.now)
    }
}
