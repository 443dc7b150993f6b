//! What an event says about itself besides its amounts.

use ledger::{recorded::Recorded, values::Sealed};
use serde_json::Value;

/// Why, and how it was rounded.
#[derive(Default)]
pub(super) struct Told {
    /// A code.
    pub(super) reason_code: Option<String>,
    /// In somebody's own words, sealed.
    pub(super) reason: Option<Sealed<String>>,
    /// The rule of rounding.
    pub(super) rounding: Option<String>,
}

impl Told {
    /// Reads them out of the payload, wherever in it they stand.
    pub(super) fn of(event: &Recorded) -> Self {
        let payload = event.event.encode().ok();
        let payload = payload.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let payload = payload.unwrap_or_default();
        let text = |name| named(&payload, name).and_then(Value::as_str).map(str::to_owned);
        let words = ["reason", "note"].into_iter().find_map(|name| {
            let value = payload.get(name).filter(|value| value.is_object());
            value.and_then(|value| serde_json::from_value(value.clone()).ok())
        });
        Self {
            reason_code: text("reason_code").or_else(|| text("reason")),
            reason: words,
            rounding: text("rounding"),
        }
    }
}

/// The first field of this name, the outermost first.
fn named<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(object) => {
            let own = object.get(name).filter(|value| !value.is_null());
            own.or_else(|| object.values().find_map(|value| named(value, name)))
        }
        Value::Array(list) => list.iter().find_map(|value| named(value, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
