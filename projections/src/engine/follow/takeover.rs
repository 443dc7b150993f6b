//! Where a policy stands in an org; a new version first learns what the old one knew.

use std::collections::HashMap;

use ledger::{store::tenant, values::OrgId};

use super::{Follower, keep, react::Worked};
use crate::engine::{EngineError, live::Shared, log::Entry};

/// Events of one page.
const PAGE: i64 = 1_000;

/// Where the policy stands; `None` when a newer version has taken over and this one rests.
pub(super) async fn position(
    shared: &Shared,
    org: OrgId,
    policy: &dyn Follower,
) -> Result<Option<i64>, EngineError> {
    let doing = "reading where a policy stands";
    let failed = || EngineError::database(doing);
    let mut client = shared.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let versions = keep::checkpoints(&transaction, org, policy).await.map_err(failed())?;
    let ours = policy.version();
    if versions.iter().any(|(version, _)| *version > ours) {
        return Ok(None);
    }
    if let Some((_, position)) = versions.iter().find(|(version, _)| *version == ours) {
        return Ok(Some(*position));
    }
    let Some((_, old)) = versions.last() else {
        keep::begin(&transaction, org, policy, 0).await.map_err(failed())?;
        transaction.commit().await.map_err(failed())?;
        return Ok(Some(0));
    };
    let stopped = keep::stopped_keys(&transaction, org, policy).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    let learned = learn(shared, org, policy, *old, &stopped).await?;
    let transaction = tenant(&mut client, org).await?;
    if keep::begin(&transaction, org, policy, *old).await.map_err(failed())? {
        keep::remember(&transaction, org, policy, &learned).await.map_err(failed())?;
    }
    transaction.commit().await.map_err(failed())?;
    Ok(Some(*old))
}

/// Hears everything that the old version has handled, and gives no command.
async fn learn(
    shared: &Shared,
    org: OrgId,
    policy: &dyn Follower,
    until: i64,
    stopped: &HashMap<String, i64>,
) -> Result<Vec<Worked>, EngineError> {
    let mut learned: HashMap<String, (Box<dyn super::follower::Memory>, i64)> = HashMap::new();
    let mut from = 0;
    while from < until {
        let page = shared.ledger.read(org, from, PAGE.min(until - from)).await?;
        let Some(last) = page.last() else { break };
        from = last.position;
        for entry in page.into_iter().map(Entry::of) {
            let Entry::Event(event) = entry else { continue };
            let Some(key) = policy.key(&event).filter(|_| policy.hears(event.event.name())) else {
                continue;
            };
            if stopped.get(&key).is_some_and(|stopped| *stopped <= event.position) {
                continue;
            }
            let memory = match learned.remove(&key) {
                Some((memory, _)) => memory,
                None => policy.memory(None).map_err(unreadable)?,
            };
            let mut memory = memory;
            let _given_before = memory.react(&event);
            learned.insert(key, (memory, event.position));
        }
    }
    learned
        .into_iter()
        .map(|(key, (memory, heard))| {
            let bytes = memory.bytes().map_err(unreadable)?;
            Ok(Worked { key, bytes, heard, known: false, failed: None })
        })
        .collect()
}

fn unreadable(error: serde_json::Error) -> EngineError {
    let text = format!("a policy's state: {error}");
    ledger::store::StoreError::Damaged(text).into()
}
