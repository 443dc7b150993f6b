//! A bill far above the good-faith estimate.

use time::{Date, Duration};

use crate::values::{Money, MoneyError};

/// Days from the initial bill in which a dispute may begin.
pub const DISPUTE_WITHIN_DAYS: i64 = 120;

/// So much above the estimate, in whole units of the currency.
const ABOVE: i64 = 400;

/// From which total on a provider's bill may be disputed.
///
/// # Errors
///
/// [`MoneyError`] beyond what money can be.
pub fn disputable_from(estimate: Money) -> Result<Money, MoneyError> {
    let above = Money::parse(&ABOVE.to_string(), estimate.currency())?;
    estimate.plus(above)
}

/// Whether somebody who pays for themselves may dispute a provider's bill on a day: at least
/// 400.00 above the estimate, within 120 calendar days of the initial bill.
///
/// # Errors
///
/// [`MoneyError`] where bill and estimate are in different currencies.
///
/// - **Source:** 45 CFR 149.620(b); `vectors/contact-rules.json`, `gfe`.
pub fn may_dispute(
    estimate: Money,
    billed: Money,
    first_billed_on: Date,
    on: Date,
) -> Result<bool, MoneyError> {
    let over = billed.minus(disputable_from(estimate)?)?;
    let last = first_billed_on.saturating_add(Duration::days(DISPUTE_WITHIN_DAYS));
    Ok(!over.is_negative() && (first_billed_on..=last).contains(&on))
}
