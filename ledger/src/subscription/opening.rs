//! The account itself: opened once, then plan, tax and provider.

use super::{
    ChangePlan, ConfigureTax, Decision, Limits, LinkProvider, Open, Opened, PlanChanged, Prices,
    ProviderLinked, Subscription, SubscriptionError, TaxConfigured,
};
use crate::values::{Currency, CycleError};

/// The longest time to pay, in days.
const MOST_PAYMENT_TERMS_DAYS: u16 = 365;
/// The largest whole number that JSON carries exactly (2^53 − 1).
const MOST_EXACT: i64 = 9_007_199_254_740_991;

impl Subscription {
    /// Opens the account.
    pub(super) fn open(&self, command: Open) -> Decision {
        check_terms(command.payment_terms_days)?;
        check_prices(&command.prices, command.currency)?;
        check_limits(&command.limits)?;
        if !(1..=31).contains(&command.cycle.anchor_day) {
            return Err(CycleError::BadAnchorDay.into());
        }
        let asked = Opened {
            auto_issue: command.auto_issue,
            contact_email: command.contact_email,
            currency: command.currency,
            cycle: command.cycle,
            limits: command.limits,
            opened_at: command.opened_at,
            payment_terms_days: command.payment_terms_days,
            plan: command.plan,
            prices: command.prices,
            rounding: command.rounding,
        };
        match &self.account {
            None => Ok(vec![asked.into()]),
            Some(account) if says_the_same(account, &asked) => Ok(vec![]),
            Some(_) => Err(SubscriptionError::Exists { status: self.status }),
        }
    }

    /// Sets plan, prices and limits.
    pub(super) fn change_plan(&self, command: ChangePlan) -> Decision {
        let account = self.standing_account()?;
        let ChangePlan { limits, plan, prices } = command;
        check_prices(&prices, account.currency)?;
        check_limits(&limits)?;
        if (&account.limits, &account.plan, &account.prices) == (&limits, &plan, &prices) {
            return Ok(vec![]);
        }
        Ok(vec![PlanChanged { limits, plan, prices }.into()])
    }

    /// Configures a tax rate from a day on.
    pub(super) fn configure_tax(&self, command: ConfigureTax) -> Decision {
        self.standing_account()?;
        let ConfigureTax { jurisdiction, rate, valid_from } = command;
        let asked = TaxConfigured { jurisdiction, rate, valid_from };
        if self.taxes.get(&valid_from) == Some(&asked) {
            return Ok(vec![]);
        }
        Ok(vec![asked.into()])
    }

    /// Links the account to the provider's objects; the last link counts.
    pub(super) fn link_provider(&self, command: LinkProvider) -> Decision {
        self.opened_account()?;
        let LinkProvider { customer_id, subscription_id } = command;
        let asked = ProviderLinked { customer_id, subscription_id };
        if self.provider.as_ref() == Some(&asked) {
            return Ok(vec![]);
        }
        Ok(vec![asked.into()])
    }
}

/// Sealed text and the instant of the request are no content: a retry has others.
fn says_the_same(one: &Opened, other: &Opened) -> bool {
    one.auto_issue == other.auto_issue
        && one.currency == other.currency
        && one.cycle == other.cycle
        && one.limits == other.limits
        && one.payment_terms_days == other.payment_terms_days
        && one.plan == other.plan
        && one.prices == other.prices
        && one.rounding == other.rounding
}

fn check_terms(days: u16) -> Result<(), SubscriptionError> {
    let most_days = MOST_PAYMENT_TERMS_DAYS;
    if days > most_days {
        return Err(SubscriptionError::PaymentTermsTooLong { days, most_days });
    }
    Ok(())
}

fn check_prices(prices: &Prices, account: Currency) -> Result<(), SubscriptionError> {
    for price in [prices.activation_fee, prices.setup_fee] {
        if price.currency() != account {
            let given = price.currency();
            return Err(SubscriptionError::CurrencyMismatch { account, given });
        }
        if price.is_negative() {
            return Err(SubscriptionError::PriceNegative { price });
        }
    }
    Ok(())
}

fn check_limits(limits: &Limits) -> Result<(), SubscriptionError> {
    for limit in [limits.bookings, limits.storage_bytes, limits.workers].into_iter().flatten() {
        if !(0..=MOST_EXACT).contains(&limit) {
            return Err(SubscriptionError::LimitOutOfRange { limit: limit.to_string() });
        }
    }
    Ok(())
}
