//! What a queue says of a thing.

use serde_json::Value;

use crate::show::{self, short};

/// A line of a queue.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) link: Option<String>,
    /// Beneath the name.
    pub(super) under: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    /// Beneath the state.
    pub(super) why: String,
    pub(super) amount: String,
    pub(super) day: String,
    pub(super) long: String,
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, name: &str) -> i64 {
    value.get(name).and_then(Value::as_i64).unwrap_or_default()
}

fn amount(value: &Value, name: &str) -> String {
    match value.get(name).and_then(Value::as_str) {
        Some(amount) => show::money(amount, text(value, "currency")),
        None => String::new(),
    }
}

fn days(count: i64) -> String {
    match count {
        0 => String::new(),
        1 => "1 day".to_owned(),
        days => format!("{} days", show::count(&days)),
    }
}

fn page(kind: &str, id: &str) -> Option<String> {
    show::subject_page(kind, id).filter(|_| !id.is_empty())
}

pub(super) fn invoice(value: &Value) -> Option<Row> {
    let (id, status) = (text(value, "invoice_id"), text(value, "status"));
    let number_of = value.get("number").and_then(Value::as_str);
    Some(Row {
        name: number_of.map_or_else(|| format!("Draft {}", short(id)), str::to_owned),
        link: page("invoice", id),
        under: format!(
            "{}, {} in all",
            show::words(text(value, "invoice_type")),
            amount(value, "total_amount")
        ),
        state: show::words(status),
        tone: show::tone(status),
        amount: amount(value, "balance_due"),
        day: text(value, "due_date").to_owned(),
        long: days(number(value, "days_overdue")),
        ..Row::default()
    })
}

pub(super) fn exception(value: &Value) -> Option<Row> {
    let class = match text(value, "class") {
        "amount" => "The amounts differ",
        "currency" => "The currencies differ",
        "duplicate" => "It is there twice",
        "missing_here" => "The provider has it, the log has not",
        "missing_there" => "The log has it, the provider has not",
        "status" => "The states differ",
        "tax" => "The taxes differ",
        "timing" => "The days differ",
        _ => "They differ",
    };
    let invoice = text(value, "invoice_id");
    Some(Row {
        name: class.to_owned(),
        link: page("invoice", invoice),
        under: format!("{} of {}", show::words(text(value, "item")), text(value, "provider")),
        state: show::words(text(value, "owner")),
        tone: "plain",
        amount: amount(value, "amount"),
        day: text(value, "noticed_on").to_owned(),
        long: days(number(value, "age_days")),
        ..Row::default()
    })
}

pub(super) fn held(value: &Value) -> Option<Row> {
    let invoice = text(value, "invoice_id");
    let why = match text(value, "reason") {
        "currency_mismatch" => "the invoice is in another currency",
        "invoice_not_open" => "the invoice was canceled or never issued",
        "unknown_invoice" => "no such invoice is here",
        _ => "it fits no invoice",
    };
    Some(Row {
        name: format!("Payment {}", short(text(value, "payment_id"))),
        link: page("invoice", invoice).filter(|_| text(value, "reason") != "unknown_invoice"),
        under: format!("by {}", show::words(text(value, "method"))),
        state: "held".to_owned(),
        tone: "wait",
        why: why.to_owned(),
        amount: amount(value, "amount"),
        day: text(value, "received_on").to_owned(),
        long: days(number(value, "age_days")),
    })
}

pub(super) fn dispute(value: &Value) -> Option<Row> {
    Some(Row {
        name: format!("Dispute {}", short(text(value, "dispute_id"))),
        link: page("invoice", text(value, "invoice_id")),
        under: format!("by {}", show::words(text(value, "method"))),
        state: show::words(text(value, "reason_code")),
        tone: "bad",
        amount: amount(value, "amount"),
        day: text(value, "opened_on").to_owned(),
        ..Row::default()
    })
}

pub(super) fn statement(value: &Value) -> Option<Row> {
    let (id, state) = (text(value, "id"), text(value, "lifecycle_state"));
    // It keeps saying so after the founder sent it.
    if !matches!(state.to_ascii_lowercase().as_str(), "drafted" | "finalized") {
        return None;
    }
    Some(Row {
        name: text(value, "statement_number").to_owned(),
        link: page("statement", id),
        state: show::words(&state.to_ascii_lowercase()),
        tone: "wait",
        why: "above what may go out unasked".to_owned(),
        amount: number_as_money(value, "balance_due"),
        day: text(value, "due_date").to_owned(),
        ..Row::default()
    })
}

/// The founder's amounts are JSON numbers, as their guide has them. Their text is taken, which
/// fifteen digits survive unharmed.
fn number_as_money(value: &Value, name: &str) -> String {
    let currency = text(value, "currency");
    match value.get(name) {
        Some(Value::Number(number)) => {
            show::money(&show::places(&number.to_string(), currency), currency)
        }
        _ => String::new(),
    }
}

pub(super) fn facesheet(value: &Value) -> Option<Row> {
    let status = text(value, "status");
    let missing = value.get("still_missing").and_then(Value::as_array);
    let missing = missing.into_iter().flatten().filter_map(Value::as_str).map(show::words);
    Some(Row {
        name: text(value, "anonymous_patient_ref").to_owned(),
        under: format!("asked for {}×", number(value, "times_requested")),
        state: show::words(status),
        tone: show::tone(status),
        why: missing.collect::<Vec<_>>().join(", "),
        day: text(value, "due_on").to_owned(),
        link: page("claim", text(value, "claim_id")),
        ..Row::default()
    })
}
