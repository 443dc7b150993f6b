//! Our full command cycle with everything on: keyed idempotency with its look-up and record,
//! the decision, leaf hashes, the roles and their policies, a durable commit.

use std::{ops::Range, time::Instant};

use anyhow::ensure;
use ledger::{
    invoice::InvoiceCommand,
    recorded::Actor,
    store::{Context, Ledger},
    values::OrgId,
};
use tokio::{sync::watch, task::JoinSet};

use super::waits::Waits;
use crate::{
    bench::Bench,
    drive::{Caller, drive},
    figures::{Point, Sample},
    ground::{Database, Ground},
    options::{Part, Plan},
    work::{Dice, METADATA, id, invoice, line, open, org},
};

/// Commands through the executor.
pub(crate) const COMMANDS: &str = "daybook";
/// Invoices opened in one command while preparing.
const OPENED_AT_ONCE: u64 = 100;
/// Orgs whose head is not the number of their events.
const GAPS: &str = "select h.org_id from org_heads h \
     left join (select org_id, count(*) as events, max(position) as last \
         from events group by org_id) e using (org_id) \
     where h.position <> coalesce(e.events, 0) or h.position <> coalesce(e.last, 0)";

pub(crate) const fn point(orgs: u64, clients: usize, events: u64) -> Point {
    Point { part: Part::Append, what: COMMANDS, orgs, clients, events }
}

pub(super) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    for events in [1, 10] {
        for orgs in [1, 16] {
            for clients in [1, 8, 64, 256] {
                let point = point(orgs, clients, events);
                bench.point(point, one(ground, plan, point)).await;
            }
        }
    }
}

async fn one(ground: &Ground, plan: &Plan, point: Point) -> anyhow::Result<Sample> {
    let database = ground.ours().await?;
    let ledger = database.ledger().await?;
    let sample = commands(ground, &database, &ledger, plan, point).await?;
    check(&database).await?;
    Ok(sample)
}

/// Commands on invoices that are opened first; the ledger is closed after them.
///
/// # Errors
/// When one of them is refused.
pub(super) async fn commands(
    ground: &Ground,
    database: &Database,
    ledger: &Ledger,
    plan: &Plan,
    point: Point,
) -> anyhow::Result<Sample> {
    let per_org = plan.invoices / point.orgs;
    prepare(ledger, point.orgs, per_org).await?;
    let before = ledger.metrics();
    let work = Work { orgs: point.orgs, invoices: per_org, events: point.events };
    let callers = (0..point.clients).map(|number| Commander::new(ledger, number as u64, work));
    let waits = Waits::watch(database).await?;
    let then = ground.spent();
    let measured = drive(callers.collect(), plan.pace).await?;
    let spent = ground.spent().since(then, measured.answers as f64);
    let waits = waits.seen().await?;
    let after = ledger.metrics();
    ledger.close().await;
    let appends = after.batches.saturating_sub(before.batches).max(1) as f64;
    let commands = after.commands.saturating_sub(before.commands) as f64;
    let waited = after.commit_microseconds.saturating_sub(before.commit_microseconds) as f64;
    let sample = Sample::from(measured)
        .noting("commands an append", commands / appends)
        .noting("ms an append", waited / appends / 1_000.0);
    Ok(sample.noting_all(spent).noting_all(waits))
}

/// Orgs, each with its open invoices.
async fn prepare(ledger: &Ledger, orgs: u64, invoices: u64) -> anyhow::Result<()> {
    for number in 0..orgs {
        ledger.create_org(org(number), "Maple Chiropractic").await?;
    }
    open_all(ledger, orgs, invoices).await
}

/// Opens invoices in orgs that are registered.
///
/// # Errors
/// When one is refused.
pub(crate) async fn open_all(ledger: &Ledger, orgs: u64, invoices: u64) -> anyhow::Result<()> {
    let mut opening = JoinSet::new();
    for number in 0..orgs {
        let ledger = ledger.clone();
        opening.spawn(async move { open_some(&ledger, org(number), 0..invoices).await });
    }
    while let Some(opened) = opening.join_next().await {
        opened??;
    }
    Ok(())
}

/// Opens an org's invoices of these numbers, many in one command.
///
/// # Errors
/// When one is refused.
pub(crate) async fn open_some(
    ledger: &Ledger,
    org: OrgId,
    numbers: Range<u64>,
) -> anyhow::Result<()> {
    for first in numbers.clone().step_by(usize::try_from(OPENED_AT_ONCE)?) {
        let mut batch = ledger.batch(Context::fresh(ledger, org, actor()));
        for each in first..(first + OPENED_AT_ONCE).min(numbers.end) {
            batch = batch.then(invoice(each), open());
        }
        batch.run().await?;
    }
    Ok(())
}

pub(crate) fn actor() -> Actor {
    Actor("key:bench".to_owned())
}

/// No gap, and the head is the number of events: fast and wrong would be easy.
pub(crate) async fn check(database: &Database) -> anyhow::Result<()> {
    let wrong = database.client().await?.query(GAPS, &[]).await?;
    ensure!(wrong.is_empty(), "{} orgs have gaps in their logs", wrong.len());
    Ok(())
}

/// What the commands are about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work {
    pub(crate) orgs: u64,
    /// Of each org.
    pub(crate) invoices: u64,
    /// Of each command.
    pub(crate) events: u64,
}

/// Adds lines to open invoices.
pub(crate) struct Commander {
    ledger: Ledger,
    caller: u64,
    asked: u64,
    work: Work,
    dice: Dice,
    told: Option<Acknowledged>,
}

/// The last position that was acknowledged, and when.
pub(crate) type Acknowledged = watch::Sender<Option<(i64, Instant)>>;

impl Commander {
    pub(crate) fn new(ledger: &Ledger, caller: u64, work: Work) -> Self {
        let dice = Dice::new(caller);
        Self { ledger: ledger.clone(), caller, asked: 0, work, dice, told: None }
    }

    /// The same, telling what is acknowledged.
    pub(crate) fn telling(mut self, told: &Acknowledged) -> Self {
        self.told = Some(told.clone());
        self
    }

    fn next(&mut self) -> (Context, u64) {
        self.asked += 1;
        let org = org(self.dice.throw(self.work.orgs));
        let key = format!("{}-{}", self.caller, self.asked);
        let fingerprint = [7; 32];
        let mut context =
            Context::keyed(&self.ledger, org, actor(), "key:bench", &key, fingerprint);
        context.metadata = METADATA.as_bytes().to_vec();
        (context, self.dice.throw(self.work.invoices))
    }

    fn line(&self, ordinal: u64) -> InvoiceCommand {
        line(id(7 + self.caller, self.asked * self.work.events + ordinal))
    }
}

impl Caller for Commander {
    async fn call(&mut self) -> anyhow::Result<()> {
        let (context, number) = self.next();
        let wanted = self.work.events;
        let outcome = if wanted == 1 {
            self.ledger.execute(&context, invoice(number), self.line(0)).await?
        } else {
            let lines = (0..wanted).map(|ordinal| self.line(ordinal));
            let batch = self.ledger.batch(context);
            lines.fold(batch, |batch, line| batch.then(invoice(number), line)).run().await?
        };
        let events = u64::try_from(outcome.events.len())?;
        ensure!(events == wanted && !outcome.replayed, "{events} events came of a command");
        if let Some(told) = &self.told {
            told.send_replace(Some((outcome.position, Instant::now())));
        }
        Ok(())
    }
}
