//! What in an answer looks like money, and whether a tree adds up.

use serde_json::Value;

/// Numbers of the founder's answers that are no money.
const COUNTS: [&str; 23] = [
    "active_escalations",
    "ai_actions_today",
    "ai_autonomous_approval_threshold",
    "confidence_score",
    "days_overdue",
    "delivery",
    "email_success_rate",
    "escalation_effectiveness",
    "escalation_level",
    "founder_override_rate",
    "id",
    "level_3_escalations",
    "mail_failover_rate",
    "months",
    "number",
    "payment_plan_acceptance",
    "payment_plan_min_balance",
    "retry_count",
    "statements_generated_today",
    "statements_sent_today",
    "version",
    "ai_autonomy_rate",
    "patient_id",
];

/// Fields of an answer that look like money, with the way to them.
pub(crate) fn figures(founder: bool, value: &Value, way: &str, found: &mut Vec<String>) {
    let name = way.rsplit('/').next().unwrap_or_default();
    let is_decimal = |text: &str| {
        let (whole, cents) = text.split_once('.').unwrap_or(("", ""));
        let whole = whole.strip_prefix('-').unwrap_or(whole);
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        cents.len() == 2 && digits(cents) && !whole.is_empty() && digits(whole)
    };
    let is_money = match value {
        Value::String(text) => is_decimal(text),
        Value::Number(_) if founder => {
            let counted = way.contains("statements_by_state") || way.contains("factors");
            !COUNTS.contains(&name) && name != "call_id" && !counted
        }
        Value::Number(_) => name.ends_with("_cents"),
        _ => false,
    };
    if is_money {
        found.push(way.trim_start_matches('/').to_owned());
    }
    let below: Vec<(String, &Value)> = match value {
        Value::Array(list) => {
            list.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect()
        }
        Value::Object(object) => object.iter().map(|(name, item)| (name.clone(), item)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in below {
        figures(founder, value, &format!("{way}/{name}"), found);
    }
}

/// In minor units; every amount of the history is in dollars.
pub(crate) fn minor(shown: &Value, way: &str) -> i64 {
    let text = shown.as_str().map_or_else(|| shown.to_string(), str::to_owned);
    if way.ends_with("_cents") {
        return text.parse().unwrap();
    }
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "0"));
    format!("{whole}{cents:0<2}").parse().unwrap()
}

/// Every node is the sum of those below it; answers how many events it shows.
pub(crate) fn adds_up(tree: &Value) -> usize {
    let cents = |node: &Value| node["amount_cents"].as_i64().unwrap_or(0);
    let rows = tree["rows"].as_array().unwrap();
    let sum: i64 = rows.iter().map(cents).sum();
    assert_eq!(sum + cents(&tree["more"]), cents(tree), "{tree}");
    let mut events = 0;
    for row in rows {
        let entries = row["entries"].as_array().unwrap();
        let sum: i64 = entries.iter().map(cents).sum();
        assert_eq!(sum + cents(&row["more"]), cents(row), "{row}");
        for entry in entries {
            assert!(entry["event"]["position"].is_i64() && entry["event"]["actor"].is_string());
        }
        events += entries.len();
    }
    events
}
