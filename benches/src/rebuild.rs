//! A read model from a long log, against what the same rows cost to read.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use anyhow::ensure;
use cqrs_es::persist::PersistedEventRepository;
use futures_util::{StreamExt, pin_mut};
use ledger::{
    invoice::{
        Invoice, InvoiceCommand, Issue, MarkSent, PaymentMethod, PaymentState, RecordPayment,
    },
    recorded::LedgerEvent,
    store::{Context, Ledger, rows::COLUMNS},
    values::Rate,
};
use postgres_es::PostgresEventRepository;
use projections::engine::{RebuildOptions, read_models, rebuild};
use time::macros::{date, datetime};
use tokio::task::JoinSet;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::{
    figures::{Figures, Point, Sample},
    ground::{Database, Ground},
    options::Plan,
    ours::{actor, check},
    peer,
    work::{METADATA, id, invoice, line, open, org, usd},
};

/// The log itself, written by whole invoices.
pub(crate) const FILL: &str = "log: fill";
/// Whole rows out of the server, unread.
pub(crate) const COPY_OUT: &str = "log: copy out";
/// Events read and decoded.
pub(crate) const DECODE: &str = "log: decode";
/// postgres-es's replay of all events.
pub(crate) const REPLAY: &str = "log: postgres-es";
/// Every read model, rebuilt in one pass.
pub(crate) const ALL: &str = "rebuild: all";
/// The read model that stands for "one model".
pub(crate) const ONE: &str = "reconcile";
/// Lines of an invoice; with opening, issuing, sending and paying it has ten events.
const LINES: u64 = 6;
const EVENTS: u64 = LINES + 4;
const ORGS: u64 = 16;
const CALLERS: usize = 64;

/// One reader of the whole log.
pub(crate) const fn log(what: &'static str) -> Point {
    Point { what, orgs: ORGS, clients: 1, events: 1 }
}

pub(crate) async fn measure(
    ground: &Ground,
    plan: &Plan,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let wanted = |what: &&'static str| plan.wants(log(what));
    let models: Vec<_> = read_models().into_iter().map(|model| model.name()).collect();
    let whats = [ALL, COPY_OUT, DECODE, REPLAY].into_iter().chain(models).filter(wanted);
    let whats: Vec<&'static str> = whats.collect();
    if whats.is_empty() && !wanted(&FILL) {
        return Ok(());
    }
    let database = ground.ours().await?;
    let ledger = database.ledger().await?;
    let invoices = plan.events.div_ceil(EVENTS);
    let started = Instant::now();
    fill(&ledger, invoices).await?;
    let rate = invoices as f64 / started.elapsed().as_secs_f64();
    let clients = CALLERS;
    figures.add(Point { what: FILL, orgs: ORGS, clients, events: EVENTS }, Sample::once(rate));
    check(&database).await?;
    let client = database.client().await?;
    client.batch_execute("vacuum analyze events").await?;
    copy_for_peer(&client).await?;
    let expected = invoices * EVENTS;
    for _ in 0..plan.repetitions {
        for &what in &whats {
            client.batch_execute("checkpoint").await?;
            let started = Instant::now();
            let events = match what {
                COPY_OUT => copy_out(&client).await?,
                DECODE => decode(&client).await?,
                REPLAY => replay(&database).await?,
                ALL => rebuilt(&ledger, &database, &[], expected).await?,
                model => rebuilt(&ledger, &database, &[model], expected).await?,
            };
            ensure!(events == expected, "{what}: {events} events instead of {expected}");
            let sample = Sample::once(events as f64 / started.elapsed().as_secs_f64());
            figures.add(log(what), sample);
        }
    }
    ledger.close().await;
    Ok(())
}

/// Rebuilds models from the whole log, without comparing or switching; none named means all in
/// one pass. Events that no chosen model hears count as gone through.
async fn rebuilt(
    ledger: &Ledger,
    database: &Database,
    models: &[&str],
    events: u64,
) -> anyhow::Result<u64> {
    let options = RebuildOptions {
        switch: false,
        compare: false,
        relay: Some(database.config(schema::RELAY)),
        ..RebuildOptions::default()
    };
    let report = rebuild(ledger, models, options).await?;
    ensure!(report.failures.is_empty(), "not rebuilt: {:?}", report.failures.first());
    ensure!(report.orgs as u64 == ORGS, "{} orgs were rebuilt", report.orgs);
    Ok(events)
}

/// Whole invoices, one command each.
async fn fill(ledger: &Ledger, invoices: u64) -> anyhow::Result<()> {
    for number in 0..ORGS {
        ledger.create_org(org(number), "Maple Chiropractic").await?;
    }
    let next = Arc::new(AtomicU64::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (ledger, next) = (ledger.clone(), Arc::clone(&next));
        callers.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= invoices {
                    return anyhow::Ok(());
                }
                let mut context = Context::fresh(&ledger, org(number % ORGS), actor());
                context.metadata = METADATA.as_bytes().to_vec();
                let batch = story(number)
                    .into_iter()
                    .fold(ledger.batch(context), |batch, step| batch.then(invoice(number), step));
                let events = batch.run().await?.events.len() as u64;
                ensure!(events == EVENTS, "an invoice came to {events} events");
            }
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller??;
    }
    Ok(())
}

/// An invoice from its opening to its payment.
fn story(number: u64) -> Vec<InvoiceCommand> {
    let lines = (0..LINES).map(|ordinal| line(id(3, number * LINES + ordinal)));
    let issue = Issue {
        configured_rate: Rate::ZERO,
        issued_on: date!(2026 - 01 - 31),
        jurisdiction: None,
        number: None,
    };
    let sent = MarkSent { sent_at: datetime!(2026-01-31 12:00 UTC) };
    let payment = RecordPayment {
        amount: usd(1_200),
        method: PaymentMethod::Check,
        payment_id: id(4, number),
        reason_code: None,
        received_on: date!(2026 - 02 - 10),
        reference: None,
        state: PaymentState::Succeeded,
    };
    std::iter::once(open())
        .chain(lines)
        .chain([
            InvoiceCommand::Issue(issue),
            InvoiceCommand::MarkSent(sent),
            InvoiceCommand::RecordPayment(payment),
        ])
        .collect()
}

/// The same events in the shape that postgres-es keeps them.
async fn copy_for_peer(client: &Client) -> anyhow::Result<()> {
    let table = peer::TABLE.replace("create table events", "create table peer_events");
    client.batch_execute(&table).await?;
    client
        .batch_execute(
            "insert into peer_events \
             select aggregate_type, aggregate_id::text, sequence, event_type, \
                 event_version::text, \
                 json_build_object('type', event_type, \
                     'data', convert_from(payload, 'UTF8')::json), \
                 convert_from(metadata, 'UTF8')::json \
             from events",
        )
        .await?;
    client.batch_execute("vacuum analyze peer_events").await?;
    Ok(())
}

/// Counts the rows of a binary COPY by their events' own number: nothing is decoded.
async fn copy_out(client: &Client) -> anyhow::Result<u64> {
    let text = format!(
        "copy (select {COLUMNS} from events order by org_id, position) to stdout (format binary)"
    );
    let stream = client.copy_out(&text).await?;
    pin_mut!(stream);
    let mut messages = 0;
    while let Some(message) = stream.next().await {
        message?;
        messages += 1;
    }
    // The server sends each row by itself, and the end mark.
    Ok(messages - 1)
}

/// What every rebuild needs of an event, in order, decoded.
async fn decode(client: &Client) -> anyhow::Result<u64> {
    let text = "select org_id, position, aggregate_id, event_type, event_version, payload \
         from events order by org_id, position";
    let none: [&(dyn tokio_postgres::types::ToSql + Sync); 0] = [];
    let rows = client.query_raw(text, none).await?;
    pin_mut!(rows);
    let mut heard: HashMap<Uuid, u64> = HashMap::new();
    while let Some(row) = rows.next().await {
        let row = row?;
        let version: i32 = row.try_get(4)?;
        let version = u16::try_from(version)?;
        let event = LedgerEvent::decode(row.try_get(3)?, version, row.try_get(5)?)?;
        if matches!(event, LedgerEvent::Invoice(_)) {
            *heard.entry(row.try_get(2)?).or_default() += 1;
        }
    }
    Ok(heard.values().sum())
}

/// What its `replay_all` does, counting events by invoice: less than any read model keeps.
async fn replay(database: &Database) -> anyhow::Result<u64> {
    let pool = peer::pool(database, 2).await?;
    let repository =
        PostgresEventRepository::new(pool.clone()).with_tables("peer_events", "peer_snapshots");
    let mut events = repository.stream_all_events::<Invoice>().await?;
    let mut heard: HashMap<String, u64> = HashMap::new();
    while let Some(event) = events.next::<Invoice>(&[]).await {
        *heard.entry(event?.aggregate_id).or_default() += 1;
    }
    pool.close().await;
    Ok(heard.values().sum())
}
