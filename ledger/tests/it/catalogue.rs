//! Every field of every stored shape is known for what it is, and only sealed ones hold text that
//! could be about a person (`event-store.md` 3.4).
//!
//! A new field: add it to `schema/events/catalogue.json` under its shape as one of
//! `sealed` (opened by its subject's key alone), `reference` (an id that tells nothing),
//! `money`, `code` (a word from a list), `count` (a number), `time` (day, instant or cycle),
//! `flag` (yes or no).

use std::collections::{BTreeMap, BTreeSet};

use ledger::recorded::shapes;
use serde_json::Value;
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::golden_events::golden;

/// Field path → class.
type Fields = BTreeMap<String, String>;

/// Shape → its fields.
fn catalogue() -> BTreeMap<String, Fields> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/events/catalogue.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Walks a payload down to what the catalogue knows.
fn walk(path: &str, value: &Value, fields: &Fields, leaves: &mut Vec<(String, Value)>) {
    if fields.contains_key(path) {
        leaves.push((path.to_owned(), value.clone()));
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(&path, member, fields, leaves);
            }
        }
        Value::Array(members) => {
            assert!(!members.is_empty(), "the golden file leaves {path} empty");
            for member in members {
                walk(&format!("{path}[]"), member, fields, leaves);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            leaves.push((path.to_owned(), value.clone()));
        }
    }
}

fn has_only(value: &Value, names: &[&str]) -> bool {
    let members = value.as_object();
    members.is_some_and(|members| members.keys().map(String::as_str).eq(names.iter().copied()))
}

fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}

fn is_reference(text: &str) -> bool {
    let anonymous = text.strip_prefix("anon_").is_some_and(|rest| {
        rest.len() == 16 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let number = ["INV-", "CN-", "STMT-"].iter().find_map(|series| text.strip_prefix(series));
    let document = number.is_some_and(|rest| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        rest.split_once('-').is_some_and(|(month, number)| {
            month.len() == 6 && number.len() >= 5 && digits(month) && digits(number)
        })
    });
    anonymous || document || is_foreign(text) || text.parse::<Uuid>().is_ok()
}

/// Digests, and document numbers of other systems: one word with a digit in it.
fn is_foreign(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-./_#".contains(&byte);
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    text.len() <= 64 && text.bytes().all(plain) && has_digit
}

fn is_time(text: &str) -> bool {
    let instant = OffsetDateTime::parse(text, &Rfc3339).is_ok();
    let day = serde_json::from_value::<Date>(Value::from(text)).is_ok();
    instant || day || text.parse::<ledger::values::CycleKey>().is_ok()
}

fn is_code(text: &str) -> bool {
    text.parse::<ledger::values::Code>().is_ok() || text.parse::<ledger::values::TimeZone>().is_ok()
}

/// Whether a value is what its class says.
fn fits(class: &str, value: &Value) -> bool {
    let text = value.as_str();
    match class {
        "sealed" => has_only(value, &["at", "closed", "field", "key", "subject"]),
        "reference" => text.is_some_and(is_reference),
        "money" => {
            has_only(value, &["amount", "currency"])
                && value["amount"].as_str().is_some_and(is_decimal)
        }
        "code" => text.is_some_and(is_code),
        // JSON carries whole numbers exactly up to 2^53 − 1.
        "count" => {
            value.as_i64().is_some_and(|number| number.abs() < 1 << 53)
                || text.is_some_and(is_decimal)
        }
        "time" => text.is_some_and(is_time),
        "flag" => value.is_boolean(),
        _ => false,
    }
}

#[test]
fn every_field_of_every_shape_is_classified_and_only_sealed_ones_hold_text() {
    let catalogue = catalogue();
    let mut unclassified = Vec::new();
    let none = Fields::new();
    for (name, version) in shapes() {
        let shape = format!("{name}.v{version}");
        let fields = catalogue.get(&shape).unwrap_or(&none);
        let mut leaves = Vec::new();
        walk("", &golden(name, version).payload, fields, &mut leaves);
        for (path, value) in &leaves {
            match fields.get(path) {
                None => unclassified.push(format!("{shape}: {path}")),
                Some(class) => {
                    assert!(fits(class, value), "{shape}: {path} is no {class}: {value}");
                }
            }
        }
        let found: BTreeSet<&String> = leaves.iter().map(|(path, _)| path).collect();
        for path in fields.keys() {
            assert!(found.contains(path), "{shape} has no field {path}");
        }
    }
    assert!(unclassified.is_empty(), "unclassified in catalogue.json: {unclassified:#?}");
}

#[test]
fn the_catalogue_knows_no_shape_that_does_not_exist() {
    let known: BTreeSet<String> =
        shapes().map(|(name, version)| format!("{name}.v{version}")).collect();
    let listed: BTreeSet<String> = catalogue().into_keys().collect();
    assert_eq!(listed, known);
}

#[test]
fn a_sentence_fits_no_class() {
    for class in ["sealed", "reference", "money", "code", "count", "time", "flag", "text"] {
        assert!(!fits(class, &Value::from("Jane Doe was seen")), "{class}");
        assert!(!fits(class, &Value::Null), "{class}");
    }
}
