//! A command's body with a field for every reader there is.

use api::body::{
    Amount, Fields, FromBody, boolean, code, currency, day, diagnosis, foreign_id, instant,
    integer, modifier, npi, one_of, parse, procedure, quantity, rate, text, time_zone, units, uuid,
};

/// The body of a command.
pub fn command(bytes: &[u8]) {
    let _read = parse::<Everything>(bytes);
}

/// Something with a field of every kind.
struct Everything;

impl FromBody for Everything {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let currency = fields.optional("currency", currency).flatten();
        let amount = fields.optional("amount", Amount::read).flatten();
        if let (Some(currency), Some(amount)) = (currency, amount) {
            let _money = amount.in_currency(currency);
        }
        let _code = fields.required("reason_code", code);
        let _text = fields.optional("note", text(255));
        let _zone = fields.optional("time_zone", time_zone);
        let _uuid = fields.optional("id", uuid);
        let _rate = fields.optional("rate", rate);
        let _day = fields.optional("on", day);
        let _instant = fields.optional("at", instant);
        let _integer = fields.or("count", 1, integer(1, 10));
        let _boolean = fields.or("flag", false, boolean);
        let _word = fields.optional("status", one_of(&[("open", ()), ("closed", ())]));
        let _foreign = fields.optional("patient_id", foreign_id);
        let _npi = fields.optional("npi", npi);
        let _units = fields.optional("units", units);
        let _quantity = fields.optional("quantity", quantity);
        let _diagnosis = fields.optional("diagnosis", diagnosis);
        let _modifier = fields.optional("modifier", modifier);
        let _procedure = fields.optional("procedure", procedure);
        let _inner = fields.object::<Self>("inner");
        let _lines = fields.list::<Self>("lines", 0, 5);
        Some(Self)
    }
}
