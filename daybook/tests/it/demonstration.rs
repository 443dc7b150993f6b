//! The invented history: complete, the same every time, and found again.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::support::{Home, KEY, attempt};

const ARGUMENTS: [&str; 6] = ["demo", "--seed-only", "--months", "2", "--until", "2026-03-20"];

fn seeded() -> Home {
    let home = Home::new();
    let output = home.command(&ARGUMENTS).env("ENCRYPTION_KEY", KEY).output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{log}");
    assert!(!log.contains("refused in the demo"), "{log}");
    home
}

fn card(home: &Home) -> Value {
    let path = home.data().join("demo.json");
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What happened and for how much, without what is drawn anew each time (ids, seals) and
/// without the order in which policies got to it.
fn figures(home: &Home, org: &str) -> Vec<String> {
    let mut command = home.command(&["replay", "--org", org]);
    let output = command.env("ENCRYPTION_KEY", KEY).output().unwrap();
    assert!(output.status.success());
    let replayed = String::from_utf8(output.stdout).unwrap();
    let mut figures: Vec<String> = replayed
        .lines()
        .map(|line| {
            let event: Value = serde_json::from_str(line).unwrap();
            let payload = &event["payload"];
            let kept = ["totals", "standing", "amount", "line", "number", "patient", "cycle"];
            let kept = kept.map(|name| without_seals(&payload[name]));
            format!("{} {} {kept:?}", event["occurred_at"], event["event_type"])
        })
        .filter(|figure| !figure.contains("line_added") && !figure.contains("recalculated"))
        // Found when the demonstration is made, not in its history.
        .filter(|figure| !figure.contains("billing.exception."))
        .collect();
    figures.sort();
    figures
}

fn without_seals(value: &Value) -> Value {
    match value {
        Value::Object(fields) if fields.contains_key("closed") => Value::Null,
        Value::Object(fields) => {
            let kept = fields.iter().map(|(name, value)| (name.clone(), without_seals(value)));
            Value::Object(kept.collect())
        }
        other => other.clone(),
    }
}

#[test]
fn two_demonstrations_tell_the_same_story_and_a_second_start_finds_it_again() {
    let (one, other) = (seeded(), seeded());
    let first = card(&one);
    let orgs = first["orgs"].as_array().unwrap();
    assert_eq!(orgs.len(), 3);
    for org in orgs {
        let keys = org["keys"].as_object().unwrap();
        assert_eq!(keys.len(), 7);
        assert!(keys.values().all(|key| key.as_str().unwrap().starts_with("dbk_")));
        let id = org["org_id"].as_str().unwrap();
        let (figures, others) = (figures(&one, id), figures(&other, id));
        assert!(figures.len() > 100, "{} events", figures.len());
        assert_eq!(figures, others);
    }

    let (org, statement) = (orgs[0]["org_id"].as_str().unwrap(), one.data().join("stripe.csv"));
    let statement = statement.to_str().unwrap();
    let mut command =
        one.command(&["reconcile", "--org", org, "--provider", "stripe", statement, "--dry-run"]);
    let (code, said) = attempt(command.env("ENCRYPTION_KEY", KEY));
    assert_eq!(code, 2, "the statement has its faults: {said}");
    assert!(said.contains("different  1 missing_here") && said.contains(" 0 raised"), "{said}");

    let again = one.command(&ARGUMENTS).env("ENCRYPTION_KEY", KEY).output().unwrap();
    assert!(again.status.success());
    let second = card(&one);
    assert_eq!(second["orgs"], first["orgs"], "the same orgs with the same keys");
    let printed = String::from_utf8(again.stdout).unwrap();
    assert!(printed.contains(orgs[0]["keys"]["owner"].as_str().unwrap()), "{printed}");
}
