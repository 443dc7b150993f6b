//! What `deploy/` says about the program is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use daybook::config::CATALOGUE;
use daybook::jobs::JobName;

use super::outbox::failed_twice;
use super::support::{Home, Server, wait_until, word_after};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The expressions of the alert rules, as written.
fn expressions(rules: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // How far the lines of a block are indented.
    let mut block = None;
    for line in rules.lines() {
        let depth = line.len() - line.trim_start().len();
        if let Some(text) = line.trim_start().strip_prefix("expr:") {
            block = Some(depth);
            found.push(text.trim().trim_start_matches('|').to_owned());
        } else if block.is_some_and(|expr| depth > expr)
            && let Some(expression) = found.last_mut()
        {
            expression.push(' ');
            expression.push_str(line.trim());
        } else {
            block = None;
        }
    }
    found
}

/// The names of figures in an expression: words with an underscore that are not a function, a
/// label or a text.
fn figures(expression: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let (mut texts, mut braces) = (0, 0);
    let mut begin = None;
    for (index, letter) in expression.char_indices().chain([(expression.len(), ' ')]) {
        let in_word = letter.is_ascii_alphanumeric() || letter == '_';
        match (begin, in_word) {
            (None, true) => begin = Some(index),
            (Some(from), false) => {
                let plain = texts % 2 == 0 && braces == 0 && letter != '(';
                let word = &expression[from..index];
                if plain && word.contains('_') {
                    names.insert(word);
                }
                begin = None;
            }
            (None, false) | (Some(_), true) => {}
        }
        match letter {
            '"' => texts += 1,
            '{' => braces += 1,
            '}' => braces -= 1,
            _ => {}
        }
    }
    names
}

/// The expressions of the dashboard's panels.
fn drawn(dashboard: &str) -> Vec<String> {
    let dashboard: serde_json::Value = serde_json::from_str(dashboard).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let targets = panels.iter().filter_map(|panel| panel["targets"].as_array()).flatten();
    targets.map(|target| target["expr"].as_str().unwrap().to_owned()).collect()
}

/// A statement, so that there is an org to tell of.
fn a_statement(server: &Server, key: &str) {
    let config = "/v1/founder-billing/config";
    server.answer("PUT", config, key, r#"{"enabled": true}"#);
    let charges = r#"{"patient_id": 1, "insurance_paid": 0, "adjustments": 0, "charges":
        [{"description": "Visit", "date": "2026-01-15", "amount": 450.00}]}"#;
    server.answer("POST", "/v1/founder-billing/statements/generate", key, charges);
}

#[test]
fn every_figure_that_an_alert_or_the_dashboard_names_is_served() {
    let home = Home::new();
    let create = ["org", "create", "--name", "Silent", "--time-zone", "UTC", "--currency", "USD"];
    let key = word_after(&home.run(&create), "owner_key");
    let server = home.serve_with(&[("METRICS_ENABLED", "true")]);
    // A dead letter: the org has no address.
    failed_twice(&server, &key);
    home.run(&["jobs", "run", "--job", "outbox-delivery"]);
    a_statement(&server, &key);
    let mut served = String::new();
    wait_until("the statement is counted", || {
        served = server.answer("GET", "/v1/metrics", &key, "");
        served.contains("daybook_statements_generated_last_week 1")
    });
    assert!(served.contains("daybook_dead_letters{kind=\"email\"} 1"), "{served}");
    let rules = read("deploy/alerts/daybook.rules.yaml");
    let expressions = expressions(&rules);
    assert_eq!(expressions.len(), rules.matches("- alert:").count());
    let drawn = drawn(&read("deploy/grafana/daybook.json"));
    assert!(drawn.len() > 20, "{drawn:?}");
    for expression in expressions.iter().chain(&drawn) {
        let named = figures(expression);
        assert!(!named.is_empty() || expression.starts_with("up{"), "{expression}");
        for name in named.into_iter().filter(|name| *name != "probe_success") {
            let is_served = served.lines().any(|line| {
                line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' ']))
            });
            assert!(is_served, "{name} is not served");
        }
    }
}

#[test]
fn every_alert_leads_to_a_heading_of_a_runbook() {
    let rules = read("deploy/alerts/daybook.rules.yaml");
    let alerts = rules.matches("- alert:").count();
    let links = rules.lines().filter_map(|line| line.trim().strip_prefix("runbook: "));
    let mut count = 0;
    for link in links {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let text = read(file);
        let is_there = |heading: &str| {
            let plain = heading.to_lowercase().replace(' ', "-");
            plain
                .chars()
                .filter(|letter| letter.is_alphanumeric() || *letter == '-')
                .eq(anchor.chars())
        };
        let mut headings = text.lines().filter_map(|line| line.strip_prefix("## "));
        assert!(anchor.is_empty() || headings.any(is_there), "{link}");
        count += 1;
    }
    assert_eq!(count, alerts, "every alert has its runbook");
}

#[test]
fn every_job_has_its_line_in_the_crontab_and_in_the_runbook() {
    let (crontab, runbook) = (read("deploy/cron/crontab"), read("deploy/runbooks/jobs.md"));
    for job in JobName::value_variants() {
        let name = job.as_str();
        assert!(crontab.contains(&format!("\"$RUN {name}\"")), "{name} is not in the crontab");
        assert!(runbook.contains(&format!("`{name}`")), "{name} is not in the runbook");
    }
}

#[test]
fn the_image_is_built_from_every_crate_of_the_workspace() {
    let (manifest, let_in) = (read("Cargo.toml"), read(".dockerignore"));
    let members = manifest.split_once("\nmembers = [").and_then(|(_, rest)| rest.split_once(']'));
    let members: Vec<&str> = members.unwrap().0.split('"').skip(1).step_by(2).collect();
    assert!(members.contains(&"daybook"), "{members:?}");
    for member in members {
        let line = format!("!{member}");
        assert!(let_in.lines().any(|let_in| let_in == line), "{member} is kept out");
    }
}

#[test]
fn files_of_a_deployment_name_only_settings_that_there_are() {
    let files = ["compose.yaml", "deploy/Dockerfile", "deploy/cron/kubernetes.yaml"];
    // Set in an image for a later version; docker's own.
    let others = ["ORDER_UPLOAD_ROOT"];
    for file in files {
        for line in read(file).lines() {
            let name = line.trim().trim_start_matches("ENV ").trim_start_matches("- { name: ");
            let name: String =
                name.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            let rest = line.trim().trim_start_matches("ENV ").trim_start_matches("- { name: ");
            let rest = rest.strip_prefix(&name).unwrap_or_default();
            let is_setting = rest.starts_with([':', '=', ',']) && name.contains('_');
            if is_setting && !name.starts_with("POSTGRES_") && !others.contains(&name.as_str()) {
                assert!(CATALOGUE.iter().any(|entry| entry.name == name), "{file}: {name}");
            }
        }
    }
}
