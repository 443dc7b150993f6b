//! What follows from events by itself happened once.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::history::Event;
use super::{Finding, History, Kind};

/// Every cycle billed to a patient is one line of an invoice; nothing else is a policy's line.
pub(super) fn policies(history: &History) -> Vec<Finding> {
    let mut findings = once(history, "cycle_billed", |event| {
        (event.name == "billing.patient_activation.cycle_billed").then_some(event.id)
    });
    findings.extend(once(history, "statement finalized", |event| {
        (event.name == "billing.statement.finalized").then_some(event.id)
    }));
    findings
}

/// What each of these events must have led to, once: an invoice line, or a statement sent.
fn once(history: &History, what: &str, causes: impl Fn(&Event) -> Option<Uuid>) -> Vec<Finding> {
    let mut effects: BTreeMap<Uuid, i32> =
        history.events.iter().filter_map(causes).map(|id| (id, 0)).collect();
    let followed = ["billing.invoice.line_added", "billing.statement.sent"];
    for event in history.events.iter().filter(|event| followed.contains(&event.name.as_str())) {
        if let Some(count) = event.cause.and_then(|cause| effects.get_mut(&cause)) {
            *count += 1;
        }
    }
    let wrong = effects.into_iter().filter(|(_, count)| *count != 1);
    wrong
        .map(|(id, count)| Finding::new(Kind::Policy, format!("{what} {id} has {count} effects")))
        .collect()
}

/// Every message that events ask for is in the outbox once and has left; no other is.
pub(super) fn messages(history: &History) -> Vec<Finding> {
    let mut wanted: BTreeMap<(Uuid, String), i32> = BTreeMap::new();
    for event in history.named("billing.invoice.payment_failed") {
        let key = format!("invoice:{}:dunning:payment_failed", event.aggregate);
        wanted.insert((event.org, key), 0);
    }
    let mut deliveries: BTreeMap<Uuid, u32> = BTreeMap::new();
    for event in history.named("billing.statement.sent") {
        let delivery = deliveries.entry(event.aggregate).or_default();
        *delivery += 1;
        let key = format!("statement:{}:delivery:{delivery}", event.aggregate);
        wanted.insert((event.org, key), 0);
    }
    let mut findings = Vec::new();
    for message in &history.messages {
        let (org, key) = (message.org, &message.key);
        match wanted.get_mut(&(org, key.clone())) {
            Some(count) => *count += 1,
            None => {
                let what = format!("org {org}: nothing asks for message {key}");
                findings.push(Finding::new(Kind::Outbox, what));
            }
        }
        if message.status != "sent" {
            let what = format!("org {org}: message {key} is {}", message.status);
            findings.push(Finding::new(Kind::Outbox, what));
        }
    }
    for ((org, key), _) in wanted.into_iter().filter(|(_, count)| *count != 1) {
        let what = format!("org {org}: message {key} is not in the outbox");
        findings.push(Finding::new(Kind::Outbox, what));
    }
    findings.extend(told(history, &deliveries));
    findings
}

/// Every delivery is reported to its statement, once.
fn told(history: &History, deliveries: &BTreeMap<Uuid, u32>) -> Vec<Finding> {
    let mut told: BTreeMap<Uuid, u32> = BTreeMap::new();
    for event in history.named("billing.statement.delivery_succeeded") {
        *told.entry(event.aggregate).or_default() += 1;
    }
    let of = |statement: &Uuid| told.get(statement).copied().unwrap_or(0);
    let wrong = deliveries.iter().filter(|(statement, count)| of(statement) != **count);
    wrong
        .map(|(statement, count)| {
            let heard = of(statement);
            let what = format!("statement {statement} was sent {count} times and heard {heard}");
            Finding::new(Kind::Outbox, what)
        })
        .collect()
}

/// Nobody waits for a person.
pub(super) fn waiting(history: &History) -> Vec<Finding> {
    history.waiting.iter().map(|what| Finding::new(Kind::Waiting, what)).collect()
}
