//! Following the log while it grows: read models and policies of the program, all of them.
//! Rebuilding is in `log/`, since it wants a long log.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use ledger::store::{Context, Ledger};
use projections::engine::{Engine, EngineOptions};
use tokio::task::JoinSet;

use crate::{
    append::ours::{Commander, Work, actor, check, open_all},
    bench::Bench,
    drive::{arrive, drive},
    figures::{Point, Sample},
    ground::{Database, Ground},
    http::{Lag, follow, rest},
    options::{Part, Plan},
    work::{METADATA, invoice, open, org},
};

/// Commands while everything follows, one org.
pub(crate) const HOT: &str = "live: one hot org";
/// How long everything took to follow under a steady load.
pub(crate) const STEADY: &str = "live: settled, steady";
/// Many orgs of one event each: until all is followed.
pub(crate) const MANY: &str = "live: many orgs";
/// Commands a second of the steady load.
const STEADY_RATE: f64 = 2_000.0;
const CLIENTS: usize = 64;
/// Between two looks whether anybody is behind.
const LOOK: Duration = Duration::from_millis(100);

pub(crate) const fn hot(what: &'static str) -> Point {
    Point { part: Part::Projections, what, orgs: 1, clients: CLIENTS, events: 1 }
}

/// Many orgs; how many is the plan's choice.
pub(crate) fn many(plan: &Plan) -> Point {
    Point { orgs: plan.orgs, ..hot(MANY) }
}

/// All of it once.
pub(crate) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    bench.point(hot(HOT), closed(ground, plan)).await;
    bench.point(hot(STEADY), steady(ground, plan)).await;
    let (point, patience) = (many(plan), plan.patience_with(plan.orgs));
    if plan.wants(point)
        && let Some(sample) = bench.within(point, patience, orgs(ground, plan)).await
    {
        bench.figures.add(point, sample);
    }
}

/// A ledger with its engine.
struct Live {
    database: Database,
    ledger: Ledger,
    engine: Arc<Engine>,
}

impl Live {
    async fn start(ground: &Ground) -> anyhow::Result<Self> {
        let database = ground.ours().await?;
        let ledger = database.ledger().await?;
        let relay = Some(database.config(schema::RELAY));
        let options = EngineOptions { relay, ..EngineOptions::default() };
        let engine = Arc::new(Engine::start(ledger.clone(), options));
        Ok(Self { database, ledger, engine })
    }

    async fn stop(self) -> anyhow::Result<()> {
        rest(self.engine).await?;
        self.ledger.close().await;
        check(&self.database).await
    }

    /// One org with its open invoices, all followed.
    async fn with_invoices(self, invoices: u64) -> anyhow::Result<Self> {
        self.ledger.create_org(org(0), "Maple Chiropractic").await?;
        open_all(&self.ledger, 1, invoices).await?;
        let head = self.ledger.head(org(0)).await?.context("the org is there")?;
        follow(&self.engine, org(0), head).await?;
        Ok(self)
    }
}

/// As fast as it goes; then how long the rest takes to follow.
async fn closed(ground: &Ground, plan: &Plan) -> anyhow::Result<Sample> {
    let live = Live::start(ground).await?.with_invoices(plan.invoices).await?;
    let work = Work { orgs: 1, invoices: plan.invoices, events: 1 };
    let callers = (0..CLIENTS).map(|number| Commander::new(&live.ledger, number as u64, work));
    let measured = drive(callers.collect(), plan.pace).await?;
    let answered = Instant::now();
    let head = live.ledger.head(org(0)).await?.context("the org is there")?;
    follow(&live.engine, org(0), head).await?;
    let behind = answered.elapsed().as_secs_f64() * 1_000.0;
    live.stop().await?;
    Ok(Sample::from(measured).noting("ms until all had followed", behind))
}

/// So many a second; how long each takes to be followed.
async fn steady(ground: &Ground, plan: &Plan) -> anyhow::Result<Sample> {
    let live = Live::start(ground).await?.with_invoices(plan.invoices).await?;
    let (told, lag) = Lag::watch(&live.engine, org(0), plan);
    let work = Work { orgs: 1, invoices: plan.invoices, events: 1 };
    let callers =
        (0..CLIENTS).map(|number| Commander::new(&live.ledger, number as u64, work).telling(&told));
    let callers: Vec<Commander> = callers.collect();
    drop(told);
    let measured = arrive(callers, plan.pace, STEADY_RATE).await?;
    let sample = lag.seen().await?.noting("commands a second", measured.rate);
    live.stop().await?;
    Ok(sample)
}

/// One invoice opened in each of many orgs, then the wait until nobody is behind.
async fn orgs(ground: &Ground, plan: &Plan) -> anyhow::Result<Sample> {
    let live = Live::start(ground).await?;
    register(&live.database, plan.orgs).await?;
    let started = Instant::now();
    open_one_each(&live.ledger, plan.orgs).await?;
    let appended = started.elapsed().as_secs_f64();
    let deadline = Instant::now() + plan.patience_with(plan.orgs);
    loop {
        let health = live.engine.health().await?;
        if health.orgs_behind == 0 {
            break;
        }
        ensure!(Instant::now() < deadline, "{} orgs are behind still", health.orgs_behind);
        tokio::time::sleep(LOOK).await;
    }
    let followed = started.elapsed().as_secs_f64();
    live.stop().await?;
    let count = plan.orgs as f64;
    Ok(Sample::once(count / followed).noting("appended a second", count / appended))
}

/// What `create_org` does, for all at once.
async fn register(database: &Database, orgs: u64) -> anyhow::Result<()> {
    let client = database.client().await?;
    let ids: Vec<uuid::Uuid> = (0..orgs).map(|number| org(number).0).collect();
    let registered = "insert into orgs (org_id, name, created_at) \
         select id, 'Maple', now() from unnest($1::uuid[]) id";
    client.execute(registered, &[&ids]).await?;
    let heads = "insert into org_heads (org_id, position, recorded_at) \
         select id, 0, now() from unnest($1::uuid[]) id";
    client.execute(heads, &[&ids]).await?;
    client.batch_execute("vacuum analyze orgs, org_heads").await?;
    Ok(())
}

async fn open_one_each(ledger: &Ledger, orgs: u64) -> anyhow::Result<()> {
    let next = Arc::new(AtomicU64::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..CLIENTS {
        let (ledger, next) = (ledger.clone(), Arc::clone(&next));
        callers.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= orgs {
                    return anyhow::Ok(());
                }
                let mut context = Context::fresh(&ledger, org(number), actor());
                context.metadata = METADATA.as_bytes().to_vec();
                ledger.execute(&context, invoice(number), open()).await?;
            }
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller??;
    }
    Ok(())
}
