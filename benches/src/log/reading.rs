//! The whole log out of the database.

use std::{collections::HashMap, time::Instant};

use anyhow::ensure;
use cqrs_es::persist::PersistedEventRepository;
use futures_util::{StreamExt, pin_mut};
use ledger::{invoice::Invoice, recorded::LedgerEvent, store::rows::COLUMNS};
use postgres_es::PostgresEventRepository;
use tokio_postgres::Client;
use uuid::Uuid;

use super::{Long, log};
use crate::{
    append::{esrs, peer},
    bench::Bench,
    figures::Sample,
    ground::Database,
    options::Part,
};

/// Whole rows out of the server, unread.
pub(crate) const COPY_OUT: &str = "log: copy out";
/// Events read and decoded.
pub(crate) const DECODE: &str = "log: decode";
/// postgres-es's replay of all events.
pub(crate) const REPLAY: &str = "log: postgres-es";
/// esrs's.
pub(crate) const REPLAY_OF_ESRS: &str = "log: esrs";
/// More than this is not copied into the peers' tables: their replay is slow, and no other at
/// length.
const MOST_OF_PEER: u64 = 1_000_000;

/// The peers' tables.
pub(super) async fn prepare(bench: &mut Bench<'_>, long: &Long) {
    for what in [REPLAY, REPLAY_OF_ESRS] {
        let point = log(Part::Log, what);
        if bench.plan.wants(point) {
            bench.within(point, long.patience, copy_for(what, long)).await;
        }
    }
}

pub(super) async fn measure(bench: &mut Bench<'_>, long: &Long) {
    for what in [COPY_OUT, DECODE, REPLAY, REPLAY_OF_ESRS] {
        let point = log(Part::Log, what);
        if bench.plan.wants(point) {
            let reading = read(long, what);
            if let Some(sample) = bench.within(point, long.patience, reading).await {
                bench.figures.add(point, sample);
            }
        }
    }
}

async fn read(long: &Long, what: &'static str) -> anyhow::Result<Sample> {
    let client = long.database.client().await?;
    client.batch_execute("checkpoint").await?;
    let started = Instant::now();
    let events = match what {
        COPY_OUT => copy_out(&client).await?,
        DECODE => decode(&client).await?,
        REPLAY => replay(&long.database).await?,
        _ => esrs::replay(&long.database, long.patience).await?,
    };
    let spent = started.elapsed();
    let peers = what == REPLAY || what == REPLAY_OF_ESRS;
    let all = if peers { long.events.min(MOST_OF_PEER) } else { long.events };
    // Sealing puts a few more into the log between two repetitions.
    ensure!(events >= all, "{events} events instead of {all}");
    Ok(Sample::once(events as f64 / spent.as_secs_f64()))
}

/// The same events in the shape in which a peer keeps them.
async fn copy_for(what: &str, long: &Long) -> anyhow::Result<()> {
    let client = long.database.client().await?;
    let payload = "json_build_object('type', event_type, \
         'data', convert_from(payload, 'UTF8')::json)";
    let (table, columns) = if what == REPLAY {
        let table = peer::TABLE.replace("create table events", "create table peer_events");
        client.batch_execute(&table).await?;
        let columns = format!(
            "aggregate_type, aggregate_id::text, sequence, event_type, event_version::text, \
             {payload}, convert_from(metadata, 'UTF8')::json"
        );
        ("peer_events", columns)
    } else {
        esrs::make_table(&long.database, long.patience).await?;
        let columns =
            format!("event_id, aggregate_id, {payload}::jsonb, recorded_at, sequence::int, null");
        (esrs::TABLE, columns)
    };
    let copied = format!(
        "insert into {table} \
         select {columns} from events order by org_id, position limit {MOST_OF_PEER}"
    );
    client.batch_execute(&copied).await?;
    client.batch_execute(&format!("vacuum analyze {table}")).await?;
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
