//! What PostgreSQL takes of rows like ours, in a table with the columns, checks and two indexes
//! of `events`, written by the owner: no decision, no look-up, no policy.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use futures_util::pin_mut;
use time::OffsetDateTime;
use tokio_postgres::{
    Client, Statement,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};
use uuid::Uuid;

use crate::{
    bench::Bench,
    drive::{Caller, drive},
    figures::{Point, Sample},
    ground::{Database, Ground},
    options::{Part, Plan},
    work::{METADATA, id, line_payload},
};

/// One row a statement, one statement a transaction.
pub(crate) const INSERT: &str = "insert 1 row";
/// Many rows a statement.
pub(crate) const INSERT_MANY: &str = "insert rows";
/// One statement for all rows.
pub(crate) const COPY_IN: &str = "copy in";
/// Rows of one multi-row insert.
pub(crate) const MANY: u64 = 100;

const TABLE: &str = "create table limit_events (like events including all)";
const COLUMNS: &str = "org_id, position, aggregate_id, sequence, event_id, correlation_id, \
     command_id, occurred_at, recorded_at, event_version, aggregate_type, event_type, actor, \
     payload, metadata, leaf_hash";
const TYPES: [Type; 16] = [
    Type::UUID,
    Type::INT8,
    Type::UUID,
    Type::INT8,
    Type::UUID,
    Type::UUID,
    Type::UUID,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
    Type::INT4,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::BYTEA,
    Type::BYTEA,
    Type::BYTEA,
];

pub(crate) const fn point(what: &'static str, clients: usize, events: u64) -> Point {
    Point { part: Part::Append, what, orgs: 1, clients, events }
}

pub(super) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    for (what, clients, events) in [
        (INSERT, 1, 1),
        (INSERT, 8, 1),
        (INSERT, 64, 1),
        (INSERT_MANY, 1, MANY),
        (INSERT_MANY, 8, MANY),
    ] {
        let point = point(what, clients, events);
        bench.point(point, inserted(ground, plan, point)).await;
    }
    bench.point(point(COPY_IN, 1, 1), copied(ground, plan)).await;
}

async fn inserted(ground: &Ground, plan: &Plan, point: Point) -> anyhow::Result<Sample> {
    let (database, rows) = table(ground, plan).await?;
    let mut callers = Vec::new();
    for _ in 0..point.clients {
        callers.push(Inserter::new(&database, Arc::clone(&rows), point.events).await?);
    }
    let then = ground.spent();
    let measured = drive(callers, plan.pace).await?;
    let spent = ground.spent().since(then, measured.answers as f64);
    Ok(Sample::from(measured).noting_all(spent))
}

async fn copied(ground: &Ground, plan: &Plan) -> anyhow::Result<Sample> {
    let (database, rows) = table(ground, plan).await?;
    let rate = copy(&database.client().await?, &rows, plan.copied_rows).await?;
    Ok(Sample::once(rate))
}

async fn table(ground: &Ground, plan: &Plan) -> anyhow::Result<(Database, Arc<Rows>)> {
    let database = ground.ours().await?;
    database.client().await?.batch_execute(TABLE).await?;
    let rows = Rows {
        next: AtomicU64::new(0),
        streams: plan.invoices,
        org: id(1, 0),
        at: OffsetDateTime::UNIX_EPOCH,
        payload: line_payload()?,
    };
    Ok((database, Arc::new(rows)))
}

/// Rows as the ledger would write them, spread over the same number of streams.
struct Rows {
    next: AtomicU64,
    streams: u64,
    org: Uuid,
    at: OffsetDateTime,
    payload: Vec<u8>,
}

/// What differs from row to row.
struct Row {
    position: i64,
    stream: Uuid,
    sequence: i64,
    event_id: Uuid,
    leaf: [u8; 32],
}

impl Rows {
    fn next(&self) -> Row {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mut leaf = [0; 32];
        leaf[..16].copy_from_slice(id(4, number).as_bytes());
        leaf[16..].copy_from_slice(id(5, number).as_bytes());
        Row {
            position: i64::try_from(number).unwrap_or(i64::MAX) + 1,
            stream: id(2, number % self.streams),
            sequence: i64::try_from(number / self.streams).unwrap_or(i64::MAX) + 1,
            event_id: id(6, number),
            leaf,
        }
    }
}

struct Inserter {
    client: Client,
    statement: Statement,
    rows: Arc<Rows>,
    at_once: u64,
}

impl Inserter {
    async fn new(database: &Database, rows: Arc<Rows>, at_once: u64) -> anyhow::Result<Self> {
        let client = database.client().await?;
        let statement = if at_once == 1 {
            let values: Vec<String> = (1..=TYPES.len()).map(|n| format!("${n}")).collect();
            let text =
                format!("insert into limit_events ({COLUMNS}) values ({})", values.join(", "));
            client.prepare(&text).await?
        } else {
            let text = format!(
                "insert into limit_events ({COLUMNS}) \
                 select $1::uuid, position, stream, sequence, event_id, event_id, event_id, \
                     $2::timestamptz, $2::timestamptz, 1, 'invoice', \
                     'billing.invoice.line_added', 'bench', payload, metadata, leaf \
                 from unnest($3::bigint[], $4::uuid[], $5::bigint[], $6::uuid[], $7::bytea[], \
                     $8::bytea[], $9::bytea[]) \
                     as r (position, stream, sequence, event_id, payload, metadata, leaf)"
            );
            client.prepare(&text).await?
        };
        Ok(Self { client, statement, rows, at_once })
    }

    async fn one(&self) -> anyhow::Result<()> {
        let row = self.rows.next();
        let parameters = columns(&self.rows, &row);
        let parameters: Vec<_> = parameters.iter().map(parameter).collect();
        self.client.execute(&self.statement, &parameters).await?;
        Ok(())
    }

    async fn many(&self) -> anyhow::Result<()> {
        let rows: Vec<Row> = (0..self.at_once).map(|_| self.rows.next()).collect();
        let positions: Vec<i64> = rows.iter().map(|row| row.position).collect();
        let streams: Vec<Uuid> = rows.iter().map(|row| row.stream).collect();
        let sequences: Vec<i64> = rows.iter().map(|row| row.sequence).collect();
        let events: Vec<Uuid> = rows.iter().map(|row| row.event_id).collect();
        let payloads = vec![self.rows.payload.as_slice(); rows.len()];
        let metadata = vec![METADATA.as_bytes(); rows.len()];
        let leaves: Vec<&[u8]> = rows.iter().map(|row| row.leaf.as_slice()).collect();
        let parameters: [&(dyn ToSql + Sync); 9] = [
            &self.rows.org,
            &self.rows.at,
            &positions,
            &streams,
            &sequences,
            &events,
            &payloads,
            &metadata,
            &leaves,
        ];
        self.client.execute(&self.statement, &parameters).await?;
        Ok(())
    }
}

impl Caller for Inserter {
    async fn call(&mut self) -> anyhow::Result<()> {
        if self.at_once == 1 { self.one().await } else { self.many().await }
    }
}

type Value<'a> = Box<dyn ToSql + Send + Sync + 'a>;

fn parameter<'a>(value: &'a Value<'_>) -> &'a (dyn ToSql + Sync) {
    &**value
}

/// The columns of a row in the order of [`COLUMNS`].
fn columns<'a>(rows: &'a Rows, row: &'a Row) -> [Value<'a>; 16] {
    [
        Box::new(rows.org),
        Box::new(row.position),
        Box::new(row.stream),
        Box::new(row.sequence),
        Box::new(row.event_id),
        Box::new(row.event_id),
        Box::new(row.event_id),
        Box::new(rows.at),
        Box::new(rows.at),
        Box::new(1_i32),
        Box::new("invoice"),
        Box::new("billing.invoice.line_added"),
        Box::new("bench"),
        Box::new(rows.payload.as_slice()),
        Box::new(METADATA.as_bytes()),
        Box::new(row.leaf.as_slice()),
    ]
}

/// Rows a second of one binary COPY.
async fn copy(client: &Client, rows: &Rows, count: u64) -> anyhow::Result<f64> {
    let text = format!("copy limit_events ({COLUMNS}) from stdin (format binary)");
    let started = Instant::now();
    let writer = BinaryCopyInWriter::new(client.copy_in(&text).await?, &TYPES);
    pin_mut!(writer);
    for _ in 0..count {
        let row = rows.next();
        let values = columns(rows, &row);
        writer.as_mut().write_raw(values.iter().map(parameter)).await?;
    }
    writer.finish().await?;
    Ok(count as f64 / started.elapsed().as_secs_f64())
}
