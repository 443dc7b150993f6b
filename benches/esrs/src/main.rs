//! esrs doing the same work as the other peer on the same server: load the invoice, decide with
//! the same rules, append the event, commit durably; conflicts are tried again. One process, one
//! job, told by its only argument (`job.rs`); the benches start it.

#[path = "../../src/drive.rs"]
#[expect(dead_code, reason = "the benches also drive open loads")]
mod drive;
#[path = "../../src/job.rs"]
mod job;
#[path = "../../src/work.rs"]
#[expect(dead_code, reason = "the benches do more")]
mod work;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Context;
use esrs::{
    Aggregate,
    manager::AggregateManager,
    store::postgres::{PgStore, PgStoreBuilder, PgStoreError},
};
use futures_util::TryStreamExt;
use ledger::{
    Decider,
    invoice::{Invoice, InvoiceCommand, InvoiceError, InvoiceEvent},
};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use drive::{Caller, Pace, drive};
use job::{Job, Outcome, Place, What};
use work::{Dice, decided, id, invoice, line, open};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let job = std::env::args().nth(1).context("the job is the only argument, as JSON")?;
    let job: Job = serde_json::from_str(&job)?;
    let place = &job.place;
    let outcome = match job.what {
        What::Append { clients, invoices, pace } => append(place, clients, invoices, pace).await?,
        What::MakeTable => make_table(place).await?,
        What::Replay => replay(place).await?,
    };
    Ok(serde_json::to_writer(std::io::stdout(), &outcome)?)
}

/// The real rules, as esrs wants them.
struct Peer;

impl Aggregate for Peer {
    /// The table is called after it.
    const NAME: &'static str = "invoice";
    type State = Invoice;
    type Command = InvoiceCommand;
    type Event = InvoiceEvent;
    type Error = InvoiceError;

    fn handle_command(
        state: &Invoice,
        command: InvoiceCommand,
    ) -> Result<Vec<InvoiceEvent>, InvoiceError> {
        state.decide(command)
    }

    fn apply_event(mut state: Invoice, event: InvoiceEvent) -> Invoice {
        cqrs_es::Aggregate::apply(&mut state, event);
        state
    }
}

/// As many connections as writers, all open before the first command.
async fn pool(place: &Place, writers: usize) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(&place.socket_dir)
        .port(place.port)
        .username(&place.user)
        .password(&place.password)
        .database(&place.database);
    let writers = u32::try_from(writers)?;
    let pool = PgPoolOptions::new().min_connections(writers).max_connections(writers);
    Ok(pool.connect_with(options).await?)
}

async fn append(
    place: &Place,
    clients: usize,
    invoices: u64,
    pace: Pace,
) -> anyhow::Result<Outcome> {
    let pool = pool(place, clients).await?;
    // This also makes its table and indexes.
    let store: PgStore<Peer> = PgStoreBuilder::new(pool.clone()).try_build().await?;
    prepare(&pool, invoices).await?;
    let manager = Arc::new(AggregateManager::new(store));
    let conflicts = Arc::new(AtomicU64::new(0));
    let callers = (0..clients).map(|number| Writer {
        manager: Arc::clone(&manager),
        caller: number as u64,
        asked: 0,
        invoices,
        dice: Dice::new(number as u64),
        conflicts: Arc::clone(&conflicts),
    });
    let measured = drive(callers.collect(), pace).await?;
    pool.close().await;
    let at = |quantile| measured.latency.value_at_quantile(quantile) as f64 / 1_000.0;
    Ok(Outcome::Appended {
        rate: measured.rate,
        p50_ms: at(0.5),
        p99_ms: at(0.99),
        conflicts: conflicts.load(Ordering::Relaxed) as f64,
    })
}

/// Its table and indexes.
async fn make_table(place: &Place) -> anyhow::Result<Outcome> {
    let pool = pool(place, 1).await?;
    PgStoreBuilder::<Peer>::new(pool.clone()).try_build().await?;
    pool.close().await;
    Ok(Outcome::Made)
}

/// The invoices open, and the planner told what is in the table.
async fn prepare(pool: &PgPool, invoices: u64) -> anyhow::Result<()> {
    let opened = decided(&mut Invoice::default(), open())?;
    let ids: Vec<Uuid> = (0..invoices).map(|number| invoice(number).uuid()).collect();
    for event in opened {
        let insert = "insert into invoice_events (id, aggregate_id, payload, occurred_on, \
                 sequence_number) \
             select gen_random_uuid(), id, $2::text::jsonb, now(), 1 from unnest($1::uuid[]) as id";
        let payload = serde_json::to_string(&event)?;
        sqlx::query(insert).bind(&ids).bind(payload).execute(pool).await?;
    }
    for command in ["vacuum analyze invoice_events", "checkpoint"] {
        sqlx::query(command).execute(pool).await?;
    }
    Ok(())
}

struct Writer {
    manager: Arc<AggregateManager<PgStore<Peer>>>,
    caller: u64,
    asked: u64,
    invoices: u64,
    dice: Dice,
    conflicts: Arc<AtomicU64>,
}

impl Caller for Writer {
    async fn call(&mut self) -> anyhow::Result<()> {
        self.asked += 1;
        let invoice = invoice(self.dice.throw(self.invoices)).uuid();
        let line = line(id(7 + self.caller, self.asked));
        loop {
            let state = self.manager.load(invoice).await?.context("the invoice is not there")?;
            match self.manager.handle_command(state, line.clone()).await {
                Ok(decided) => {
                    decided?;
                    return Ok(());
                }
                Err(error) if is_conflict(&error) => {
                    self.conflicts.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Somebody else wrote the event of that number.
fn is_conflict(error: &PgStoreError) -> bool {
    let PgStoreError::Sqlx(sqlx::Error::Database(error)) = error else { return false };
    error.is_unique_violation()
}

/// What its rebuilds read, counting events by invoice: less than any read model keeps.
async fn replay(place: &Place) -> anyhow::Result<Outcome> {
    let pool = pool(place, 1).await?;
    let store: PgStore<Peer> =
        PgStoreBuilder::new(pool.clone()).without_running_migrations().try_build().await?;
    let mut heard: HashMap<Uuid, u64> = HashMap::new();
    let mut events = store.stream_events(&pool);
    while let Some(event) = events.try_next().await? {
        *heard.entry(event.aggregate_id).or_default() += 1;
    }
    drop(events);
    pool.close().await;
    Ok(Outcome::Replayed { events: heard.values().sum() })
}
