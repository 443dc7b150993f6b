//! Figures as the guide writes them: JSON numbers.

use ledger::values::{Currency, Money};
use rust_decimal::Decimal;
use serde_json::Number;

/// An amount as a JSON number; up to 15 digits survive the way through a double unharmed.
pub(super) fn amount(money: Money) -> Number {
    number(money.decimal())
}

/// A decimal as a JSON number.
pub(super) fn number(decimal: Decimal) -> Number {
    serde_json::from_str(&decimal.to_string()).unwrap_or_else(|_| 0.into())
}

/// The amount in one currency out of several.
pub(super) fn amount_in(amounts: &[Money], currency: Currency) -> Number {
    let found = amounts.iter().find(|amount| amount.currency() == currency);
    amount(found.copied().unwrap_or_else(|| Money::zero(currency)))
}

/// An amount in a sentence: `$500.00`, or `500.00 CAD`.
pub(super) fn spoken(money: Money) -> String {
    if money.currency() == Currency::USD {
        format!("${money}")
    } else {
        format!("{money} {}", money.currency())
    }
}
