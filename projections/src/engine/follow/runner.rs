//! An org's policies, page by page.

use std::collections::HashMap;

use futures_util::{
    StreamExt, TryStreamExt,
    future::{BoxFuture, join_all},
    stream,
};
use ledger::{
    recorded::Recorded,
    store::{ExecuteError, StoreError, tenant},
    values::OrgId,
};

use super::{
    Follower, keep,
    react::{self, Work, Worked},
    takeover,
};
use crate::engine::{
    EngineError,
    live::{Backoff, Shared},
    log::{Entry, describe},
};

/// Events of one page.
const PAGE: i64 = 500;

/// Keys whose commands are under way at the same time.
const KEYS_AT_ONCE: usize = 64;

/// Orgs worked on at the same time.
const ORGS_AT_ONCE: usize = 4;

/// Takes orgs with work for a policy until the engine stops.
pub(super) async fn run(shared: &Shared) {
    let mut backoff = Backoff::default();
    while !shared.stopping() {
        let orgs = shared.reacting.take(ORGS_AT_ONCE);
        if orgs.is_empty() {
            let waited = shared.reacting.rung();
            tokio::select! {
                () = waited => {}
                () = shared.pause(std::time::Duration::from_secs(5)) => {}
            }
            continue;
        }
        let mut works: Vec<BoxFuture<'_, _>> = Vec::new();
        for (org, _) in orgs {
            works.push(Box::pin(async move { (org, all(shared, org).await) }));
        }
        let worked: Vec<_> = join_all(works).await;
        let mut broke = false;
        for (org, result) in worked {
            if let Err(error) = &result {
                broke = true;
                tracing::warn!(%org, error = describe(error), "policies will be tried again");
            }
            shared.reacting.done(org, None, result.is_err());
            shared.dirty.reload(org);
        }
        shared.progress.notify_waiters();
        if broke {
            shared.pause(backoff.next()).await;
        } else {
            backoff = Backoff::default();
        }
    }
}

/// Carries out all policies of an org up to its head.
async fn all(shared: &Shared, org: OrgId) -> Result<(), EngineError> {
    for policy in &shared.followers.policies {
        while page(shared, org, policy.as_ref()).await? && !shared.stopping() {}
    }
    Ok(())
}

/// One page for one policy; whether there may be more.
async fn page(shared: &Shared, org: OrgId, policy: &dyn Follower) -> Result<bool, EngineError> {
    let Some(from) = takeover::position(shared, org, policy).await? else { return Ok(false) };
    let stored = shared.ledger.read(org, from, PAGE).await?;
    let full = i64::try_from(stored.len()).is_ok_and(|count| count >= PAGE);
    let mut events: Vec<Recorded> = Vec::new();
    let mut target = from;
    let mut stopped = false;
    for entry in stored.into_iter().map(Entry::of) {
        let position = entry.position();
        match entry {
            Entry::Event(event) => {
                if policy.hears(event.event.name()) {
                    events.push(*event);
                }
            }
            // `live/` parks the policy here; a newer program's event is waited for.
            Entry::Malformed { event_type, .. } if policy.hears(&event_type) => stopped = true,
            Entry::Unknown { .. } => stopped = true,
            Entry::Malformed { .. } => {}
        }
        if stopped {
            break;
        }
        target = position;
    }
    if target == from {
        return Ok(false);
    }
    let settled = settle(shared, org, policy, from, target, &events).await?;
    Ok(!settled || (full && !stopped))
}

/// Reacts to a page's events and keeps what came of it. `false`: somebody else was faster.
async fn settle(
    shared: &Shared,
    org: OrgId,
    policy: &dyn Follower,
    from: i64,
    target: i64,
    events: &[Recorded],
) -> Result<bool, EngineError> {
    let doing = "carrying out a policy";
    let failed = || EngineError::database(doing);
    let by_key = by_key(policy, events);
    let keys: Vec<String> = by_key.iter().map(|(key, _)| key.clone()).collect();
    let mut client = shared.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let stopped = keep::stopped_keys(&transaction, org, policy).await.map_err(failed())?;
    let mut known = keep::remembered(&transaction, org, policy, &keys).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    let works: Vec<Work<'_>> = by_key
        .into_iter()
        .filter(|(key, _)| !stopped.contains_key(key))
        .map(|(key, events)| {
            let (bytes, heard) = known.remove(&key).map_or((None, 0), |(b, h)| (Some(b), h));
            Work { key, bytes, heard, events }
        })
        .collect();
    let waiting: Vec<&String> = keys.iter().filter(|key| stopped.contains_key(*key)).collect();
    // Commands need connections themselves: hold none meanwhile.
    drop(client);
    let worked = react_to(shared, policy, works).await?;

    let mut client = shared.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let moved = keep::move_on(&transaction, org, policy, from, target).await.map_err(failed())?;
    if !moved {
        return Ok(false);
    }
    // Whoever retries a key holds the checkpoint too: a key that was passed over and is free
    // now must be heard after all.
    let still = keep::stopped_keys(&transaction, org, policy).await.map_err(failed())?;
    if waiting.iter().any(|key| !still.contains_key(*key)) {
        return Ok(false);
    }
    keep::remember(&transaction, org, policy, &worked).await.map_err(failed())?;
    for worked in &worked {
        if let Some(failure) = &worked.failed {
            let (name, position, code) = (policy.name(), failure.position, &failure.code);
            tracing::error!(%org, policy = name, position, %code, "a reaction was refused");
            let kept = keep::fail(&transaction, org, policy, &worked.key, failure).await;
            kept.map_err(failed())?;
        }
    }
    transaction.commit().await.map_err(failed())?;
    Ok(true)
}

/// Events by what they are about, in the order in which that came up first.
fn by_key<'e>(policy: &dyn Follower, events: &'e [Recorded]) -> Vec<(String, Vec<&'e Recorded>)> {
    let mut by_key: Vec<(String, Vec<&Recorded>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for event in events {
        let Some(key) = policy.key(event) else { continue };
        let place = *places.entry(key.clone()).or_insert_with(|| {
            by_key.push((key, Vec::new()));
            by_key.len() - 1
        });
        by_key[place].1.push(event);
    }
    by_key
}

/// Different keys at the same time, one key's events in order.
async fn react_to(
    shared: &Shared,
    policy: &dyn Follower,
    works: Vec<Work<'_>>,
) -> Result<Vec<Worked>, EngineError> {
    let mut reacting: Vec<BoxFuture<'_, _>> = Vec::new();
    for work in works {
        reacting.push(Box::pin(react::work(&shared.ledger, policy, work)));
    }
    stream::iter(reacting).buffered(KEYS_AT_ONCE).try_collect().await.map_err(world)
}

/// A failure of the world, as the engine retries it.
pub(super) fn world(error: ExecuteError) -> EngineError {
    match error {
        ExecuteError::Store(error) => EngineError::Store(error),
        other => EngineError::Store(StoreError::Connection {
            operation: "giving a policy's command",
            reason: other.to_string(),
        }),
    }
}
