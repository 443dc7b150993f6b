//! A long log: read, rebuilt from, verified, exported; each against what its rows cost to read.
//!
//! - `reading.rs`: whole rows, decoded events, the peers' replay.
//! - `rebuilding.rs`: read models from it. `proving.rs`: verifying, sealing, hashing. `leaving.rs`: as a file.

mod leaving;
mod proving;
mod reading;
mod rebuilding;

use std::time::{Duration, Instant};

use ledger::{store::Ledger, values::OrgId};

use crate::{
    append::ours::check,
    bench::Bench,
    figures::{Point, Sample},
    ground::{Database, Ground},
    history::{self, EVENTS, Wanted},
    options::Part,
    work::org,
};

pub(crate) use leaving::{EXPORT, REPLAYED, VERIFY_FILE};
pub(crate) use proving::{FOLLOW, HASH, SEAL, SEAL_MORE, VERIFY};
pub(crate) use reading::{COPY_OUT, DECODE, REPLAY, REPLAY_OF_ESRS};
pub(crate) use rebuilding::{ALL, ONE};

/// Making the log.
const FILL: &str = "log: made and copied in";
const ORGS: u64 = 16;

/// One reader of the whole log.
pub(crate) const fn log(part: Part, what: &'static str) -> Point {
    Point { part, what, orgs: ORGS, clients: 1, events: 1 }
}

/// The log that all points here read.
struct Long {
    database: Database,
    ledger: Ledger,
    events: u64,
    /// How long reading it may take.
    patience: Duration,
}

impl Long {
    /// Whose log an export is of: all are of one size.
    fn first(&self) -> OrgId {
        org(0)
    }
}

/// All of it, each point as often as there are repetitions.
pub(crate) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    let invoices = plan.events.div_ceil(EVENTS).div_ceil(ORGS);
    let events = invoices * ORGS * EVENTS;
    let patience = plan.patience(events);
    let point = log(Part::Log, FILL);
    let made = make(ground, invoices, patience);
    let Some((long, sample)) = bench.within(point, patience, made).await else { return };
    bench.figures.add(point, sample);
    reading::prepare(bench, &long).await;
    for repetition in 0..plan.repetitions {
        reading::measure(bench, &long).await;
        rebuilding::measure(bench, &long, repetition).await;
        proving::measure(bench, &long, repetition).await;
        leaving::measure(bench, &long).await;
    }
    long.ledger.close().await;
    drop(long.ledger);
    let removed = ground.remove(long.database);
    bench.within(point, patience, removed).await;
}

async fn make(
    ground: &Ground,
    invoices: u64,
    patience: Duration,
) -> anyhow::Result<(Long, Sample)> {
    let database = ground.named("bench_log").await?;
    let ledger = database.ledger().await?;
    for number in 0..ORGS {
        ledger.create_org(org(number), "Maple Chiropractic").await?;
    }
    let wanted = |number| Wanted { org: org(number), first: number * invoices, invoices };
    let started = Instant::now();
    let events = history::fill(&ledger, &database, (0..ORGS).map(wanted).collect()).await?;
    let rate = events as f64 / started.elapsed().as_secs_f64();
    check(&database).await?;
    Ok((Long { database, ledger, events, patience }, Sample::once(rate)))
}
