//! Reading Stripe's objects: whatever is missing or of another type is simply not there.

use ledger::values::Currency;
use serde_json::Value;
use uuid::Uuid;

use super::{IdKind, is_valid_id};

/// One object of an event, read leniently.
#[derive(Clone, Copy)]
pub(super) struct Object<'a>(pub(super) &'a Value);

impl<'a> Object<'a> {
    pub(super) fn at(self, field: &str) -> Object<'a> {
        Object(self.0.get(field).unwrap_or(&Value::Null))
    }

    pub(super) fn text(self, field: &str) -> Option<&'a str> {
        self.0.get(field)?.as_str()
    }

    /// Minor units; never a fraction.
    pub(super) fn amount(self, field: &str) -> Option<i64> {
        self.0.get(field)?.as_i64()
    }

    pub(super) fn says_true(self, field: &str) -> bool {
        self.0.get(field).and_then(Value::as_bool).unwrap_or(false)
    }

    /// An id, whether Stripe sent the id or the whole object (`expand`).
    pub(super) fn id(self, field: &str, kind: IdKind) -> Option<&'a str> {
        let value = self.0.get(field)?;
        let text = value.as_str().or_else(|| value.get("id")?.as_str())?;
        is_valid_id(kind, text).then_some(text)
    }

    pub(super) fn currency(self) -> Option<Currency> {
        self.text("currency")?.parse().ok()
    }

    /// A UUID that we had put into the metadata.
    pub(super) fn ours(self, key: &str) -> Option<Uuid> {
        self.metadata(key)?.parse().ok()
    }

    /// Metadata of the object, or of the subscription an invoice belongs to (before basil in
    /// `subscription_details`, since then in `parent`).
    pub(super) fn metadata(self, key: &str) -> Option<&'a str> {
        let places = [
            self,
            self.at("parent").at("subscription_details"),
            self.at("subscription_details"),
            self.at("parent").at("quote_details"),
        ];
        places.into_iter().find_map(|place| place.at("metadata").text(key))
    }

    /// The payment intent and the charge that the object names.
    pub(super) fn payments(self) -> Vec<String> {
        let intent = self.id("payment_intent", IdKind::PaymentIntent);
        let charge = self.id("charge", IdKind::Charge);
        intent.into_iter().chain(charge).map(str::to_owned).collect()
    }

    /// The fees of its `balance_transactions`: what was taken, and what was given back of it.
    /// A transaction in another currency is left to the payout that settles it.
    pub(super) fn fees(self) -> (i64, i64) {
        let none = Vec::new();
        let transactions = self.0.get("balance_transactions").and_then(Value::as_array);
        let own = |transaction: &Object<'_>| transaction.currency() == self.currency();
        let fees = transactions.unwrap_or(&none).iter().map(Object).filter(own);
        fees.filter_map(|transaction| transaction.amount("fee"))
            .fold((0, 0), |(took, gave), fee| {
                (took.saturating_add(fee.max(0)), gave.saturating_sub(fee.min(0)))
            })
    }
}
