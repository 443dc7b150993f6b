//! Verifying, hashing and sealing.

use std::time::Instant;

use anyhow::{Context, ensure};
use ledger::{
    proof::{CheckpointKey, LogCheck},
    store::{
        Stored,
        notary::{Signers, sign_head},
    },
};

use super::{Long, log};
use crate::{
    append::ours::open_some,
    bench::Bench,
    errand::{self, What},
    figures::{Point, Sample},
    options::Part,
    work::org,
};

/// `daybook verify` of the live database.
pub(crate) const VERIFY: &str = "verify";
/// The leaf hash of each event, on one core, from memory.
pub(crate) const HASH: &str = "verify: hashing alone";
/// All that a verification does with an event that is read, on one core.
pub(crate) const FOLLOW: &str = "verify: following alone";
/// A log that was never sealed: tiles, root and signature.
pub(crate) const SEAL: &str = "seal: from nothing";
/// Some more events on top of it.
pub(crate) const SEAL_MORE: &str = "seal: what is new";
/// Events that are hashed from memory.
const IN_MEMORY: i64 = 50_000;
/// Events that are new.
const MORE: u64 = 1_000;

pub(super) async fn measure(bench: &mut Bench<'_>, long: &Long, repetition: usize) {
    let point = log(Part::Log, VERIFY);
    if bench.plan.wants(point) {
        let verifying = async {
            let done = errand::send(&long.database, What::Verify, long.patience).await?;
            let sample = Sample::once(long.events as f64 / done.seconds);
            anyhow::Ok(sample.noting("MiB at most", done.peak_mib))
        };
        if let Some(sample) = bench.within(point, long.patience, verifying).await {
            bench.figures.add(point, sample);
        }
    }
    let alone = |what| Point { orgs: 1, ..log(Part::Log, what) };
    bench.point(alone(HASH), hashed(long, hash)).await;
    bench.point(alone(FOLLOW), hashed(long, follow)).await;
    // A log is sealed from nothing once.
    let which = repetition as u64;
    if which < super::ORGS {
        bench.point(alone(SEAL), sealed(long, which)).await;
        let more = Point { events: MORE, ..alone(SEAL_MORE) };
        bench.point(more, sealed_more(long, which)).await;
    }
}

/// Events of one log, from memory, on one core.
async fn hashed(long: &Long, work: fn(&[Stored]) -> anyhow::Result<()>) -> anyhow::Result<Sample> {
    let events = long.ledger.read(long.first(), 0, IN_MEMORY).await?;
    let count = events.len() as f64;
    let spent = tokio::task::spawn_blocking(move || {
        let started = Instant::now();
        work(&events)?;
        anyhow::Ok(started.elapsed())
    });
    Ok(Sample::once(count / spent.await??.as_secs_f64()))
}

fn hash(events: &[Stored]) -> anyhow::Result<()> {
    let wrong = events.iter().filter(|event| event.leaf() != event.leaf_hash).count();
    ensure!(wrong == 0, "{wrong} events have another hash");
    Ok(())
}

fn follow(events: &[Stored]) -> anyhow::Result<()> {
    let first = events.first().context("the log is empty")?;
    let mut check = LogCheck::new(first.org);
    for event in events {
        check.follow(event)?;
    }
    Ok(())
}

async fn sealed(long: &Long, which: u64) -> anyhow::Result<Sample> {
    let head = long.ledger.head(org(which)).await?.context("the org is there")?;
    let started = Instant::now();
    sign_head(&long.ledger, org(which), &signers()?).await?;
    Ok(Sample::once(head as f64 / started.elapsed().as_secs_f64()))
}

/// What the notary does at each look at an org that has moved.
async fn sealed_more(long: &Long, which: u64) -> anyhow::Result<Sample> {
    // Numbers that no invoice of the log has.
    open_some(&long.ledger, org(which), (1 << 40)..(1 << 40) + MORE).await?;
    let started = Instant::now();
    sign_head(&long.ledger, org(which), &signers()?).await?;
    let spent = started.elapsed().as_secs_f64();
    Ok(Sample::once(1.0 / spent).noting("ms to seal them", spent * 1_000.0))
}

/// No secret: it signs what is thrown away.
fn signers() -> anyhow::Result<Signers> {
    let key = CheckpointKey::from_seed("bench.example.org", &[3; 32])?;
    Ok(Signers { key, retired: Vec::new() })
}
