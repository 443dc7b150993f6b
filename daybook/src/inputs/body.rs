//! A command's body with a field for every reader there is.

use actix_web::ResponseError;
use api::body::{
    Amount, Fields, FromBody, boolean, code, currency, day, diagnosis, foreign_id, instant,
    integer, modifier, npi, one_of, parse, procedure, quantity, rate, text, time_zone, units, uuid,
};
use ledger::values::Money;
use serde_json::Value;

/// The body of a command.
///
/// # Panics
///
/// When a wrong body is called our fault or is told without saying where it is wrong, when a
/// body that is no JSON passes, or when an amount is another one once written.
pub fn command(bytes: &[u8]) {
    match parse::<Everything>(bytes) {
        Ok(_) => {
            let blank = bytes.iter().all(u8::is_ascii_whitespace);
            let object = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
            assert!(blank || object, "no JSON, and taken");
        }
        Err(error) => {
            assert!(error.status_code().is_client_error(), "{error:?}");
            let told = error.body();
            for wrong in told["errors"].as_array().into_iter().flatten() {
                let place = wrong["pointer"].as_str();
                let within = place.is_some_and(|place| place.is_empty() || place.starts_with('/'));
                assert!(within && wrong["code"] != Value::Null, "{wrong}");
            }
        }
    }
}

/// Something with a field of every kind.
struct Everything;

impl FromBody for Everything {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let inner = fields.object::<Plain>("inner");
        let lines = fields.list::<Plain>("lines", 0, 5);
        let plain = Plain::read(fields);
        inner.and(lines).and(plain).map(|_| Self)
    }
}

struct Plain;

impl FromBody for Plain {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let currency = fields.optional("currency", currency).flatten();
        let amount = fields.optional("amount", Amount::read).flatten();
        if let (Some(currency), Some(amount)) = (currency, amount)
            && let Ok(money) = amount.in_currency(currency)
        {
            assert_eq!(Money::parse(&money.to_string(), currency), Ok(money), "{amount:?}");
        }
        let code = fields.optional("reason_code", code);
        let text = fields.optional("note", text(255));
        let zone = fields.optional("time_zone", time_zone);
        let uuid = fields.optional("id", uuid);
        let rate = fields.optional("rate", rate);
        let day = fields.optional("on", day);
        let instant = fields.optional("at", instant);
        let integer = fields.or("count", 1, integer(1, 10));
        let boolean = fields.or("flag", false, boolean);
        let word = fields.optional("status", one_of(&[("open", ()), ("closed", ())]));
        let foreign = fields.optional("patient_id", foreign_id);
        let npi = fields.optional("npi", npi);
        let units = fields.optional("units", units);
        let quantity = fields.optional("quantity", quantity);
        let diagnosis = fields.optional("diagnosis", diagnosis);
        let modifier = fields.optional("modifier", modifier);
        let procedure = fields.optional("procedure", procedure);
        if let Some(text) = text?
            && (text.chars().count() > 255 || text.trim().is_empty())
        {
            panic!("too long or nothing at all: {text:?}");
        }
        let integer = integer?;
        assert!((1..=10).contains(&integer), "{integer}");
        code?;
        zone?;
        uuid?;
        rate?;
        day?;
        instant?;
        boolean?;
        word?;
        foreign?;
        npi?;
        units?;
        quantity?;
        diagnosis?;
        modifier?;
        procedure?;
        Some(Self)
    }
}
