//! Reading streams into memory: head, events and series of an org in one snapshot, outside the
//! writer's task.

use std::collections::{HashMap, HashSet};

use deadpool_postgres::{Client, Pool};
use futures_util::try_join;
use time::OffsetDateTime;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{
    events::DecodeError,
    recorded::LedgerEvent,
    store::{
        ExecuteError, StoreError, Stored,
        erased::{AnyAggregate, Stream, StreamKey},
        pools::{INDEX_PLANS, pool, set_org},
        rows::COLUMNS,
    },
    values::OrgId,
};

/// Up to so many events of other writers are applied; beyond that it is cheaper to forget.
const CATCH_UP_EVENTS: i64 = 1_000;
const CONNECTIONS: usize = 4;

/// What to read.
pub(in super::super) struct Request {
    pub org: OrgId,
    pub streams: Vec<Stream>,
    pub series: HashSet<String>,
    /// Also what was appended after this position.
    pub since: Option<i64>,
}

/// One stream as it stands.
pub(super) struct LoadedStream {
    pub key: StreamKey,
    pub aggregate: Box<dyn AnyAggregate>,
    pub version: i64,
}

/// What was read, all as of `head`.
pub(in super::super) struct Loaded {
    pub head: i64,
    /// The position that `since` begins after; 0 where it was not asked for.
    pub after: i64,
    pub recorded_at: OffsetDateTime,
    pub(super) streams: Vec<LoadedStream>,
    /// Streams that this binary cannot read.
    pub(super) failed: HashMap<StreamKey, ExecuteError>,
    pub series: HashMap<String, i64>,
    /// Events after `since`; `None` when there are too many.
    pub since: Option<Vec<Stored>>,
}

impl Loaded {
    /// The only stream that was asked for.
    pub(in super::super) fn single(mut self) -> Result<(Box<dyn AnyAggregate>, i64), ExecuteError> {
        if let Some(error) = self.failed.into_values().next() {
            return Err(error);
        }
        match self.streams.pop() {
            Some(stream) => Ok((stream.aggregate, stream.version)),
            None => Err(StoreError::Damaged("a stream was asked for and not read".into()).into()),
        }
    }
}

/// Reads under row-level security, with index plans only.
#[derive(Clone)]
pub(in super::super) struct Loader {
    pool: Pool,
}

impl Loader {
    pub(in super::super) fn new(app: &tokio_postgres::Config) -> Result<Self, StoreError> {
        let mut config = app.clone();
        let options = format!("{INDEX_PLANS} {}", app.get_options().unwrap_or_default());
        config.options(options.trim());
        config.application_name("daybook-loader");
        Ok(Self { pool: pool(&config, CONNECTIONS)? })
    }

    /// Reads. `None` where there is no such org.
    pub(in super::super) async fn load(
        &self,
        request: &Request,
    ) -> Result<Option<Loaded>, StoreError> {
        let client = self.pool.get().await.map_err(StoreError::pool("loading streams"))?;
        match read(&client, request).await {
            Ok(rows) => rows.fold(request),
            Err(error) => {
                // The transaction may be open still: this connection is not used again.
                drop(Client::take(client));
                Err(error)
            }
        }
    }
}

type Parameter = dyn ToSql + Sync;

struct Rows {
    head: Option<Row>,
    events: Vec<Row>,
    series: Vec<Row>,
    since: Vec<Row>,
}

/// Everything in one round trip: the messages are sent in this order and answered together.
async fn read(client: &Client, request: &Request) -> Result<Rows, StoreError> {
    let database = || StoreError::database("loading streams");
    let since_text = format!(
        "select {COLUMNS} from events where org_id = $1 and position > $2 \
         order by position limit $3"
    );
    let (head, events, series, since) = try_join!(
        client.prepare_cached("select position, recorded_at from org_heads where org_id = $1"),
        client.prepare_cached(include_str!("streams.sql")),
        client.prepare_cached(
            "select series, last from series where org_id = $1 and series = any($2)"
        ),
        client.prepare_cached(&since_text),
    )
    .map_err(database())?;
    let org = request.org.0;
    let kinds: Vec<&str> = request.streams.iter().map(|stream| stream.kind.name).collect();
    let ids: Vec<Uuid> = request.streams.iter().map(|stream| stream.id).collect();
    let names: Vec<&str> = request.series.iter().map(String::as_str).collect();
    let after = request.since.unwrap_or(i64::MAX);
    let limit = CATCH_UP_EVENTS + 1;
    let set = set_org(request.org);
    let (of_head, of_events, of_series, of_since): ([&Parameter; 1], [&Parameter; 3], _, _) = (
        [&org],
        [&org, &kinds, &ids],
        [&org as &Parameter, &names],
        [&org as &Parameter, &after, &limit],
    );
    let (_, _, head, events, series, since, _) = try_join!(
        client.batch_execute("begin isolation level repeatable read read only"),
        client.batch_execute(&set),
        client.query_opt(&head, &of_head),
        client.query(&events, &of_events),
        unless(request.series.is_empty(), client.query(&series, &of_series)),
        unless(request.since.is_none(), client.query(&since, &of_since)),
        client.batch_execute("commit"),
    )
    .map_err(database())?;
    Ok(Rows { head, events, series, since })
}

/// What nobody wants is not asked for.
async fn unless(
    unwanted: bool,
    rows: impl Future<Output = Result<Vec<Row>, tokio_postgres::Error>>,
) -> Result<Vec<Row>, tokio_postgres::Error> {
    if unwanted { Ok(Vec::new()) } else { rows.await }
}

impl Rows {
    fn fold(self, request: &Request) -> Result<Option<Loaded>, StoreError> {
        let Some(head) = self.head else { return Ok(None) };
        let (streams, failed) = fold_streams(&request.streams, &self.events)?;
        let mut series: HashMap<String, i64> =
            request.series.iter().map(|name| (name.clone(), 0)).collect();
        series.extend(self.series.iter().map(|row| (row.get(0), row.get(1))));
        let too_many = self.since.len() as i64 > CATCH_UP_EVENTS;
        let since = (!too_many)
            .then(|| self.since.iter().map(Stored::from_row).collect::<Result<_, _>>())
            .transpose()?;
        Ok(Some(Loaded {
            head: head.get(0),
            after: request.since.unwrap_or(0),
            recorded_at: head.get(1),
            streams,
            failed,
            series,
            since,
        }))
    }
}

type Folded = (Vec<LoadedStream>, HashMap<StreamKey, ExecuteError>);

fn fold_streams(streams: &[Stream], rows: &[Row]) -> Result<Folded, StoreError> {
    let mut folded: HashMap<(&str, Uuid), LoadedStream> = streams
        .iter()
        .map(|stream| {
            let aggregate = (stream.kind.empty)();
            (stream.key(), LoadedStream { key: stream.key(), aggregate, version: 0 })
        })
        .collect();
    let mut failed = HashMap::new();
    for row in rows {
        let key: (&str, Uuid) = (row.get(0), row.get(1));
        let Some(stream) = folded.get_mut(&key) else { continue };
        let sequence: i64 = row.get(2);
        if sequence != stream.version + 1 {
            return Err(StoreError::Damaged(format!(
                "{} {} lacks event {}",
                key.0,
                key.1,
                stream.version + 1
            )));
        }
        stream.version = sequence;
        let version: i32 = row.get(4);
        let decoded = u16::try_from(version)
            .map_err(|_| DecodeError::Unknown { name: row.get(3), version: u16::MAX })
            .and_then(|version| LedgerEvent::decode(row.get(3), version, row.get(5)));
        match decoded {
            Ok(event) => stream.aggregate.apply(event),
            Err(DecodeError::Unknown { .. }) => {
                failed.insert(stream.key, ExecuteError::NeedsUpgrade);
            }
            Err(error @ DecodeError::Malformed { .. }) => {
                failed.insert(stream.key, ExecuteError::Store(error.into()));
            }
        }
    }
    let streams = folded.into_values().filter(|stream| !failed.contains_key(&stream.key));
    Ok((streams.collect(), failed))
}
