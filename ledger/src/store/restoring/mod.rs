//! A log that lies in a file, put back as it is: the same events, the same hashes, the same root.
//!
//! One transaction: it is there as a whole or not at all. It goes to an org that has no events;
//! there is no other way in. Commands count as remembered, without what they asked.

use std::{collections::BTreeMap, mem};

use tokio_postgres::{Config, types::ToSql};
use uuid::Uuid;

use super::{Ledger, StoreError, Stored, pools::pool};
use crate::{proof::LogCheck, values::OrgId};

/// What is to be put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Whose.
    pub org: OrgId,
    /// The last position.
    pub position: i64,
    /// The root over all leaves: nothing else is put back.
    pub root: [u8; 32],
    /// The last number of each series.
    pub numbers: BTreeMap<String, i64>,
}

/// Puts a log back; `next` gives its events in order, some at a time, and none at the end. The
/// org must be registered and have no events.
///
/// # Errors
///
/// [`StoreError`]; then nothing is there.
pub async fn restore(
    ledger: &Ledger,
    writer: &Config,
    whole: &Whole,
    mut next: impl FnMut() -> Vec<Stored>,
) -> Result<(), StoreError> {
    if ledger.head(whole.org).await? != Some(0) {
        return Err(StoreError::Configuration("the org has events already".to_owned()));
    }
    let failed = || StoreError::database("putting a log back");
    let writer = pool(writer, 1)?;
    let mut client = writer.get().await.map_err(StoreError::pool("putting a log back"))?;
    let transaction = client.transaction().await.map_err(failed())?;
    let mut check = LogCheck::new(whole.org);
    let mut commands = Commands::default();
    let mut last = None;
    loop {
        let events = next();
        let Some(recorded_at) = events.last().map(|event| event.recorded_at) else { break };
        last = Some(recorded_at);
        for event in &events {
            let followed = check.follow(event);
            followed.map_err(|finding| StoreError::Damaged(finding.to_string()))?;
            commands.take(event);
        }
        let columns = Columns::of(&events);
        let values = columns.values();
        let put = transaction.execute(include_str!("events.sql"), &values).await;
        if put.map_err(failed())? != events.len() as u64 {
            return Err(StoreError::Damaged("not every event was put back".to_owned()));
        }
        let done = mem::take(&mut commands.done);
        put_commands(&transaction, whole.org, &done).await?;
    }
    put_commands(&transaction, whole.org, &commands.finish()).await?;
    if (check.position(), check.root()) != (whole.position, whole.root) {
        return Err(StoreError::Damaged("the log is not the one that was announced".to_owned()));
    }
    let (series, numbers): (Vec<&String>, Vec<i64>) =
        whole.numbers.iter().map(|(series, last)| (series, *last)).unzip();
    transaction
        .execute(
            "insert into series (org_id, series, last) \
             select $1, s.series, s.last from unnest($2::text[], $3::bigint[]) as s (series, last)",
            &[&whole.org.0, &series, &numbers],
        )
        .await
        .map_err(failed())?;
    // Whoever was here in between keeps what is theirs.
    let moved = transaction
        .execute(
            "update org_heads set position = $2, recorded_at = $3 \
             where org_id = $1 and position = 0",
            &[&whole.org.0, &whole.position, &last],
        )
        .await
        .map_err(failed())?;
    if moved != 1 {
        return Err(StoreError::Configuration("the org has events already".to_owned()));
    }
    transaction.commit().await.map_err(failed())
}

/// A command that made events.
struct Made {
    id: Uuid,
    first: i64,
    last: i64,
    version: i64,
    recorded_at: time::OffsetDateTime,
}

/// Commands by the events that they made, which stand side by side.
#[derive(Default)]
struct Commands {
    open: Option<Made>,
    done: Vec<Made>,
}

impl Commands {
    fn take(&mut self, event: &Stored) {
        let same = |made: &&mut Made| made.id == event.command_id;
        if let Some(made) = self.open.as_mut().filter(same) {
            made.last = event.position;
            return;
        }
        self.done.extend(self.open.replace(Made {
            id: event.command_id,
            first: event.position,
            last: event.position,
            version: event.sequence,
            recorded_at: event.recorded_at,
        }));
    }

    fn finish(mut self) -> Vec<Made> {
        self.done.extend(self.open);
        self.done
    }
}

async fn put_commands(
    transaction: &tokio_postgres::Transaction<'_>,
    org: OrgId,
    made: &[Made],
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = made.iter().map(|made| made.id).collect();
    let first: Vec<i64> = made.iter().map(|made| made.first).collect();
    let last: Vec<i64> = made.iter().map(|made| made.last).collect();
    let versions: Vec<i64> = made.iter().map(|made| made.version).collect();
    let recorded: Vec<_> = made.iter().map(|made| made.recorded_at).collect();
    let values: [&(dyn ToSql + Sync); 6] = [&org.0, &ids, &first, &last, &versions, &recorded];
    let put = transaction.execute(include_str!("commands.sql"), &values).await;
    put.map(drop).map_err(StoreError::database("putting a log back"))
}

/// Events, column by column.
#[derive(Default)]
struct Columns<'a> {
    orgs: Vec<Uuid>,
    positions: Vec<i64>,
    kinds: Vec<&'a str>,
    streams: Vec<Uuid>,
    sequences: Vec<i64>,
    ids: Vec<Uuid>,
    names: Vec<&'a str>,
    versions: Vec<i32>,
    payloads: Vec<&'a [u8]>,
    metadata: Vec<&'a [u8]>,
    actors: Vec<&'a str>,
    correlations: Vec<Uuid>,
    causes: Vec<Option<Uuid>>,
    commands: Vec<Uuid>,
    occurred: Vec<time::OffsetDateTime>,
    recorded: Vec<time::OffsetDateTime>,
    leaves: Vec<&'a [u8]>,
}

impl<'a> Columns<'a> {
    fn of(events: &'a [Stored]) -> Self {
        let mut columns = Self::default();
        for event in events {
            columns.orgs.push(event.org.0);
            columns.positions.push(event.position);
            columns.kinds.push(&event.aggregate_type);
            columns.streams.push(event.aggregate_id);
            columns.sequences.push(event.sequence);
            columns.ids.push(event.event_id);
            columns.names.push(&event.event_type);
            columns.versions.push(event.event_version);
            columns.payloads.push(&event.payload);
            columns.metadata.push(&event.metadata);
            columns.actors.push(&event.actor);
            columns.correlations.push(event.correlation_id);
            columns.causes.push(event.causation_id);
            columns.commands.push(event.command_id);
            columns.occurred.push(event.occurred_at);
            columns.recorded.push(event.recorded_at);
            columns.leaves.push(&event.leaf_hash);
        }
        columns
    }

    fn values(&self) -> [&(dyn ToSql + Sync); 17] {
        [
            &self.orgs,
            &self.positions,
            &self.kinds,
            &self.streams,
            &self.sequences,
            &self.ids,
            &self.names,
            &self.versions,
            &self.payloads,
            &self.metadata,
            &self.actors,
            &self.correlations,
            &self.causes,
            &self.commands,
            &self.occurred,
            &self.recorded,
            &self.leaves,
        ]
    }
}
