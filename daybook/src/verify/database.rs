//! Proving the live database, every org at the same time.

use std::collections::BTreeSet;

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt, stream};
use ledger::proof::{LogCheck, VerifierKey};
use ledger::store::operating::{Audit, audit, orgs_with_traces};
use ledger::store::{Ledger, StoreError, Stored};
use ledger::values::OrgId;

use super::kept::KeptTree;
use super::{Expected, Outcome, Tree, Verdict};
use crate::checkpoint::{Head, HeldHead};
use crate::progress::Progress;

/// Events read at a time.
const PAGE: i64 = 2_000;

/// Verifies one org, or all of which there is a trace or a head.
///
/// # Errors
/// When the database cannot be read, or a head names no log.
pub async fn database(
    ledger: &Ledger,
    only: Option<OrgId>,
    held: &[HeldHead],
    known: &[VerifierKey],
) -> anyhow::Result<Vec<Verdict>> {
    let orgs: BTreeSet<OrgId> = match only {
        Some(org) => BTreeSet::from([org]),
        None => {
            let traces = orgs_with_traces(ledger).await?;
            traces.into_iter().chain(held.iter().filter_map(|held| held.org)).collect()
        }
    };
    let sole = orgs.len() == 1;
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let work: Vec<_> = stream::iter(orgs)
        .map(|org| async move {
            let expected = Expected::of(held, org, sole)?;
            anyhow::Ok((org, audit(ledger, org).await?, expected))
        })
        .buffered(cores)
        .try_collect()
        .await?;
    let total = work.iter().map(|(_, audit, _)| audit.last_position).sum();
    let progress = Progress::new("verify", total);
    let progress = &progress;
    let verdicts = stream::iter(work)
        .map(|(org, audit, expected)| async move {
            let outcome = verify(ledger, org, &audit, expected, known, progress).await?;
            anyhow::Ok(Verdict { org: Some(org), outcome })
        })
        .buffered(cores)
        .try_collect()
        .await?;
    progress.done();
    Ok(verdicts)
}

async fn verify(
    ledger: &Ledger,
    org: OrgId,
    audit: &Audit,
    mut expected: Expected,
    known: &[VerifierKey],
    progress: &Progress,
) -> anyhow::Result<Outcome> {
    let mut check = LogCheck::new(org);
    if let Err(mismatch) = expected.compare(&check) {
        return Ok(Outcome::Damaged(mismatch));
    }
    let mut tree = KeptTree::new(ledger, org, known).await?;
    let mut page = ledger.read(org, 0, PAGE).await;
    while check.position() < audit.last_position {
        let events = match page {
            Ok(events) => upto(events, audit.last_position),
            Err(StoreError::Damaged(what)) => {
                return Ok(damaged_at(check.position() + 1, &what));
            }
            Err(error) => return Err(error).context("cannot read the log"),
        };
        let Some(last) = events.last().map(|event| event.position) else {
            return Ok(damaged_at(check.position() + 1, "the event is missing"));
        };
        let count = events.len();
        let leaves: Vec<[u8; 32]> = events.iter().map(|event| event.leaf_hash).collect();
        let followed = tokio::task::spawn_blocking(move || follow(check, expected, &events));
        let (next, followed) = tokio::join!(ledger.read(org, last, PAGE), followed);
        page = next;
        match followed.context("a verification was interrupted")? {
            Ok((follower, expectations)) => (check, expected) = (follower, expectations),
            Err(damage) => return Ok(Outcome::Damaged(damage)),
        }
        if let Err(damage) = tree.follow(&leaves).await? {
            return Ok(Outcome::Damaged(damage));
        }
        progress.more(i64::try_from(count).unwrap_or(0));
    }
    Ok(match tree.finish().await? {
        Ok(tree) => compare(audit, &check, &expected, tree),
        Err(damage) => Outcome::Damaged(damage),
    })
}

/// Events that were appended while we verify are another run's business.
fn upto(mut events: Vec<Stored>, last: i64) -> Vec<Stored> {
    events.retain(|event| event.position <= last);
    events
}

fn follow(
    mut check: LogCheck,
    mut expected: Expected,
    events: &[Stored],
) -> Result<(LogCheck, Expected), String> {
    for event in events {
        check.follow(event).map_err(|finding| finding.to_string())?;
        expected.compare(&check)?;
    }
    Ok((check, expected))
}

/// Whether the rest of the database agrees with a log that is sound in itself.
fn compare(audit: &Audit, check: &LogCheck, expected: &Expected, tree: Tree) -> Outcome {
    let last = check.position();
    match audit.head {
        None if last > 0 => return damaged_at(1, "the org has events and no head"),
        Some(head) if head > last => return damaged_at(last + 1, "the event is missing"),
        Some(head) if head < last => {
            return damaged_at(head + 1, "the event lies beyond the org's head");
        }
        _ => {}
    }
    if let Some(position) = audit.unremembered {
        return damaged_at(position, "no command is remembered as having made the event");
    }
    if let Some((command, position)) = audit.eventless {
        let what = format!("command {command} is remembered, its events are not there");
        return damaged_at(position, &what);
    }
    let names: BTreeSet<&String> = audit.series.keys().chain(check.numbers().keys()).collect();
    for name in names {
        let of = |series: &std::collections::BTreeMap<String, i64>| *series.get(name).unwrap_or(&0);
        let (given, used) = (of(&audit.series), of(check.numbers()));
        if given != used {
            let what = format!("series {name} gave out {given} numbers and the log has {used}");
            return damaged_at(last, &what);
        }
    }
    match expected.finish(check) {
        Err(mismatch) => Outcome::Damaged(mismatch),
        Ok(held) => {
            let head = Head { position: last, root: check.root() };
            Outcome::Sound { head, streams: check.streams(), held, tree: Some(tree) }
        }
    }
}

fn damaged_at(position: i64, what: &str) -> Outcome {
    Outcome::Damaged(format!("position {position}: {what}"))
}
