//! The log against what clients were promised.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Finding, History, Kind};
use crate::notes::{Acknowledged, Noted};

/// Positions are 1..N up to the head, and no event id is there twice.
pub(super) fn positions(history: &History) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut last: BTreeMap<Uuid, i64> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for event in &history.events {
        let before = last.entry(event.org).or_default();
        if event.position != *before + 1 {
            let (org, position) = (event.org, event.position);
            let what = format!("org {org}: position {position} follows {before}");
            findings.push(Finding::new(Kind::Gap, what));
        }
        *before = event.position;
        if !ids.insert(event.id) {
            findings.push(Finding::new(Kind::Twice, format!("event {} is there twice", event.id)));
        }
    }
    for (org, head) in &history.heads {
        let reached = last.get(org).copied().unwrap_or(0);
        if reached != *head {
            let what = format!("org {org}: the head is at {head}, the log ends at {reached}");
            findings.push(Finding::new(Kind::Gap, what));
        }
    }
    findings
}

/// Every promise is kept, to the letter; nothing happened twice; nothing happened unasked.
pub(super) fn promises(history: &History, noted: &Noted) -> Vec<Finding> {
    let mut made: BTreeMap<(Uuid, Uuid), Vec<(i64, Uuid)>> = BTreeMap::new();
    for event in &history.events {
        let command = made.entry((event.org, event.command)).or_default();
        command.push((event.position, event.id));
    }
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    for promise in &noted.acknowledged {
        let id = (promise.command.tenant.org, promise.command.id());
        asked.insert(id);
        let found = made.get(&id).map(Vec::as_slice).unwrap_or_default();
        findings.extend(kept(history, promise, found));
    }
    let open = noted.open.values();
    asked.extend(open.map(|command| (command.tenant.org, command.id())));
    let by_key = |actor: &str| actor.starts_with("key:");
    for event in history.events.iter().filter(|event| by_key(&event.actor)) {
        if !asked.contains(&(event.org, event.command)) {
            let (name, org, position) = (&event.name, event.org, event.position);
            let what = format!("org {org}: nobody asked for {name} at {position}");
            findings.push(Finding::new(Kind::Unasked, what));
        }
    }
    findings
}

fn kept(history: &History, promise: &Acknowledged, found: &[(i64, Uuid)]) -> Option<Finding> {
    let command = &promise.command;
    let (org, id, path) = (command.tenant.org, command.id(), &command.path);
    let finding = |kind, what: String| {
        Some(Finding::new(kind, format!("org {org}: command {id} ({path}): {what}")))
    };
    let Some(remembered) = history.commands.get(&(org, id)) else {
        return finding(Kind::Lost, "promised, and not remembered".to_owned());
    };
    if let Some(missing) = promise.events.iter().find(|event| !found.contains(event)) {
        return finding(Kind::Lost, format!("{missing:?} was promised and is not there"));
    }
    let wanted = if remembered.did { remembered.last - remembered.first + 1 } else { 0 };
    let there = i64::try_from(found.len()).unwrap_or(i64::MAX);
    if there > wanted || (!promise.events.is_empty() && found.len() > promise.events.len()) {
        return finding(Kind::Twice, format!("{found:?} is more than was promised"));
    }
    let last = found.last().map_or(remembered.last, |(position, _)| *position);
    if there < wanted || last != promise.position {
        let position = promise.position;
        return finding(Kind::Lost, format!("promised up to {position}, there is {found:?}"));
    }
    None
}
