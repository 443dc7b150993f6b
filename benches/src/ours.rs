//! Our full command cycle with everything on: keyed idempotency with its look-up and record,
//! the decision, leaf hashes, the roles and their policies, a durable commit.

use anyhow::ensure;
use ledger::{
    invoice::InvoiceCommand,
    recorded::Actor,
    store::{Context, Ledger},
};
use tokio::task::JoinSet;

use crate::{
    drive::{Caller, drive},
    figures::{Figures, Point, Sample},
    ground::{Database, Ground},
    options::Plan,
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

pub(crate) async fn measure(
    ground: &Ground,
    plan: &Plan,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    for events in [1, 10] {
        for orgs in [1, 16] {
            for clients in [1, 8, 64, 256] {
                let point = Point { what: COMMANDS, orgs, clients, events };
                if plan.wants(point) {
                    figures.add(point, one(ground, plan, point).await?);
                }
            }
        }
    }
    Ok(())
}

async fn one(ground: &Ground, plan: &Plan, point: Point) -> anyhow::Result<Sample> {
    let database = ground.ours().await?;
    let ledger = database.ledger().await?;
    let per_org = plan.invoices / point.orgs;
    prepare(&ledger, point.orgs, per_org).await?;
    let before = ledger.metrics();
    let callers = (0..point.clients).map(|number| Commander {
        ledger: ledger.clone(),
        caller: number as u64,
        asked: 0,
        orgs: point.orgs,
        invoices: per_org,
        events: point.events,
        dice: Dice::new(number as u64),
    });
    let measured = drive(callers.collect(), plan).await?;
    let after = ledger.metrics();
    ledger.close().await;
    check(&database).await?;
    let appends = after.batches.saturating_sub(before.batches).max(1) as f64;
    let commands = after.commands.saturating_sub(before.commands) as f64;
    let spent = after.commit_microseconds.saturating_sub(before.commit_microseconds) as f64;
    Ok(Sample::from(measured)
        .noting("commands an append", commands / appends)
        .noting("ms an append", spent / appends / 1_000.0))
}

/// Orgs, each with its open invoices.
async fn prepare(ledger: &Ledger, orgs: u64, invoices: u64) -> anyhow::Result<()> {
    let mut opening = JoinSet::new();
    for number in 0..orgs {
        ledger.create_org(org(number), "Maple Chiropractic").await?;
        let ledger = ledger.clone();
        opening.spawn(async move {
            for first in (0..invoices).step_by(usize::try_from(OPENED_AT_ONCE)?) {
                let context = Context::fresh(&ledger, org(number), actor());
                let mut batch = ledger.batch(context);
                for each in first..(first + OPENED_AT_ONCE).min(invoices) {
                    batch = batch.then(invoice(each), open());
                }
                batch.run().await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(opened) = opening.join_next().await {
        opened??;
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

struct Commander {
    ledger: Ledger,
    caller: u64,
    asked: u64,
    orgs: u64,
    invoices: u64,
    events: u64,
    dice: Dice,
}

impl Commander {
    fn next(&mut self) -> (Context, u64) {
        self.asked += 1;
        let org = org(self.dice.throw(self.orgs));
        let key = format!("{}-{}", self.caller, self.asked);
        let fingerprint = [7; 32];
        let mut context =
            Context::keyed(&self.ledger, org, actor(), "key:bench", &key, fingerprint);
        context.metadata = METADATA.as_bytes().to_vec();
        (context, self.dice.throw(self.invoices))
    }

    fn line(&self, ordinal: u64) -> InvoiceCommand {
        line(id(7 + self.caller, self.asked * self.events + ordinal))
    }
}

impl Caller for Commander {
    async fn call(&mut self) -> anyhow::Result<()> {
        let (context, number) = self.next();
        let outcome = if self.events == 1 {
            self.ledger.execute(&context, invoice(number), self.line(0)).await?
        } else {
            let lines = (0..self.events).map(|ordinal| self.line(ordinal));
            let batch = self.ledger.batch(context);
            lines.fold(batch, |batch, line| batch.then(invoice(number), line)).run().await?
        };
        let events = u64::try_from(outcome.events.len())?;
        ensure!(events == self.events && !outcome.replayed, "{events} events came of a command");
        Ok(())
    }
}
