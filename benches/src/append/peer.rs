//! postgres-es doing the same work on the same server: load the invoice, decide with the same
//! rules, append the event, commit durably; conflicts are tried again.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use cqrs_es::{AggregateError, DomainEvent};
use ledger::invoice::{Invoice, InvoiceEvent};
use postgres_es::{PostgresCqrs, postgres_cqrs};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    bench::Bench,
    drive::{Caller, drive},
    figures::{Point, Sample},
    ground::{Database, Ground},
    options::{Part, Plan},
    work::{Dice, METADATA, decided, id, invoice, line, open},
};

/// Commands through postgres-es.
pub(crate) const COMMANDS: &str = "postgres-es";
/// The table of events that its documentation gives (`db/init.sql`).
pub(crate) const TABLE: &str = "create table events (
    aggregate_type text                         not null,
    aggregate_id   text                         not null,
    sequence       bigint check (sequence >= 0) not null,
    event_type     text                         not null,
    event_version  text                         not null,
    payload        json                         not null,
    metadata       json                         not null,
    primary key (aggregate_type, aggregate_id, sequence)
)";

pub(crate) const fn point(clients: usize) -> Point {
    Point { part: Part::Append, what: COMMANDS, orgs: 1, clients, events: 1 }
}

pub(super) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    for clients in [1, 8, 64] {
        bench.point(point(clients), one(ground, plan, clients)).await;
    }
}

async fn one(ground: &Ground, plan: &Plan, clients: usize) -> anyhow::Result<Sample> {
    let database = ground.empty().await?;
    prepare(&database, plan.invoices).await?;
    let pool = pool(&database, u32::try_from(clients)?).await?;
    let cqrs = Arc::new(postgres_cqrs::<Invoice>(pool.clone(), vec![], ()));
    let conflicts = Arc::new(AtomicU64::new(0));
    let callers = (0..clients).map(|number| Writer {
        cqrs: Arc::clone(&cqrs),
        caller: number as u64,
        asked: 0,
        invoices: plan.invoices,
        dice: Dice::new(number as u64),
        metadata: serde_json::from_str(METADATA).unwrap_or_default(),
        conflicts: Arc::clone(&conflicts),
    });
    let then = ground.spent();
    let measured = drive(callers.collect(), plan.pace).await?;
    let spent = ground.spent().since(then, measured.answers as f64);
    pool.close().await;
    let conflicts = conflicts.load(Ordering::Relaxed) as f64;
    Ok(Sample::from(measured).noting("conflicts", conflicts).noting_all(spent))
}

/// As many connections as writers, all open before the first command.
pub(crate) async fn pool(database: &Database, writers: u32) -> anyhow::Result<PgPool> {
    let owner = database.owner();
    let options = PgConnectOptions::new_without_pgpass()
        .socket(&owner.socket_dir)
        .port(owner.port)
        .username(&owner.user)
        .password(&owner.password)
        .database(database.name());
    let pool = PgPoolOptions::new().min_connections(writers).max_connections(writers);
    Ok(pool.connect_with(options).await?)
}

/// Its table, with the invoices open, and the planner told what is in it.
async fn prepare(database: &Database, invoices: u64) -> anyhow::Result<()> {
    let client = database.client().await?;
    client.batch_execute(TABLE).await?;
    let opened: Vec<InvoiceEvent> = decided(&mut Invoice::default(), open())?;
    let ids: Vec<String> = (0..invoices).map(|number| invoice(number).to_string()).collect();
    for event in opened {
        let insert = "insert into events \
             select 'invoice', id, 1, $2, $3, $4::text::json, $5::text::json \
             from unnest($1::text[]) as id";
        let (kind, version) = (event.event_type(), event.event_version());
        let payload = serde_json::to_string(&event)?;
        client.execute(insert, &[&ids, &kind, &version, &payload, &METADATA]).await?;
    }
    client.batch_execute("vacuum analyze events").await?;
    client.batch_execute("checkpoint").await?;
    Ok(())
}

struct Writer {
    cqrs: Arc<PostgresCqrs<Invoice>>,
    caller: u64,
    asked: u64,
    invoices: u64,
    dice: Dice,
    metadata: HashMap<String, String>,
    conflicts: Arc<AtomicU64>,
}

impl Caller for Writer {
    async fn call(&mut self) -> anyhow::Result<()> {
        self.asked += 1;
        let invoice = invoice(self.dice.throw(self.invoices)).to_string();
        let line = line(id(7 + self.caller, self.asked));
        loop {
            let metadata = self.metadata.clone();
            match self.cqrs.execute_with_metadata(&invoice, line.clone(), metadata).await {
                Ok(()) => return Ok(()),
                Err(AggregateError::AggregateConflict) => {
                    self.conflicts.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}
