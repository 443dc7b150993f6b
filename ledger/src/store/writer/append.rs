//! One statement for the whole batch, and what its failures mean.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
    time::Duration,
};

use tokio::time::Instant;
use tokio_postgres::{Client, Statement, error::SqlState, types::ToSql};
use uuid::Uuid;

use super::{intake::record, job::Known, line::Line, prepared::Prepared};
use crate::{store::StoreError, values::OrgId};

/// One flag per org. A missing head must not shift the flags of the others.
const CHECKED: &str = "select case when count(*) = cardinality($1::uuid[])
        then array_agg(l.position = l.old_position order by l.ord)
    end as taken
    from locked l";
/// The same where heads may be missing; null where somebody else holds the head.
const CHECKED_SKIPPING: &str = "select array_agg(
        case when l.ord is not null then l.position = l.old_position end order by w.ord
    ) as taken
    from want w left join locked l on l.ord = w.ord";

/// Waits for heads that others hold.
pub(super) static APPEND: LazyLock<String> = LazyLock::new(|| text("", CHECKED));
/// Passes by heads that others hold, so that one stuck session is not everybody's delay.
static APPEND_SKIPPING: LazyLock<String> = LazyLock::new(|| text("skip locked", CHECKED_SKIPPING));

fn text(lock: &str, checked: &str) -> String {
    include_str!("append.sql").replace("{lock}", lock).replace("{checked}", checked)
}

/// Deadlocks and serialization failures are tried again so often.
const RETRIES: u32 = 5;

/// How an append ended.
pub(super) enum Ended {
    /// Committed; a flag per part says whether its head was where we thought, and is missing
    /// where somebody else would not let go of the head.
    Taken(Vec<Option<bool>>),
    /// Nothing was committed.
    Failed(StoreError),
    /// Nothing was committed; one of the commands is to blame.
    Blame(StoreError),
    /// The connection was lost; these commands turned out to be in the log, the others are not.
    Resolved(HashMap<(OrgId, Uuid), Known>),
    /// The connection was lost and the database did not come back in time.
    Unresolved,
}

impl Ended {
    /// Everything was committed as it was planned.
    pub(super) fn is_complete(&self) -> bool {
        matches!(self, Self::Taken(taken) if taken.iter().all(|part| *part == Some(true)))
    }
}

/// Sends the batch. The line and the batch come back with the result.
pub(super) async fn append(
    mut line: Line,
    prepared: Prepared,
    resolve_for: Duration,
) -> (Line, Prepared, Ended) {
    let mut attempts = 0;
    let mut skipping = false;
    loop {
        let (client, statement) = match line.ready().await {
            Ok(open) => open,
            // Nothing was sent yet.
            Err(error) => return (line, prepared, Ended::Failed(error)),
        };
        let sent = if skipping {
            match client.prepare(&APPEND_SKIPPING).await {
                Ok(statement) => send(&client, &statement, &prepared).await,
                Err(error) => Err(error),
            }
        } else {
            send(&client, &statement, &prepared).await
        };
        let error = match sent {
            Ok(taken) => return (line, prepared, Ended::Taken(taken)),
            Err(error) => error,
        };
        attempts += 1;
        match verdict(&error) {
            Failure::Retry if attempts <= RETRIES => {}
            Failure::Locked if !skipping => skipping = true,
            Failure::Blame => {
                let error = StoreError::database("appending")(error);
                return (line, prepared, Ended::Blame(error));
            }
            Failure::Nothing | Failure::Retry | Failure::Locked => {
                if client.is_closed() {
                    line.drop_connection();
                }
                let error = StoreError::database("appending")(error);
                return (line, prepared, Ended::Failed(error));
            }
            Failure::Unknown => {
                tracing::error!(%error, "the connection was lost during an append; resolving");
                line.drop_connection();
                let deadline = Instant::now() + resolve_for;
                let ended = resolve(&mut line, &prepared, deadline).await;
                return (line, prepared, ended);
            }
        }
    }
}

enum Failure {
    /// Rolled back; worth trying again as it is.
    Retry,
    /// Rolled back because of one command.
    Blame,
    /// Rolled back because somebody else holds a head.
    Locked,
    /// Rolled back.
    Nothing,
    /// Nobody said whether it was committed.
    Unknown,
}

fn verdict(error: &tokio_postgres::Error) -> Failure {
    match error.code() {
        Some(code)
            if *code == SqlState::T_R_DEADLOCK_DETECTED
                || *code == SqlState::T_R_SERIALIZATION_FAILURE =>
        {
            Failure::Retry
        }
        Some(code) if *code == SqlState::UNIQUE_VIOLATION => Failure::Blame,
        Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => Failure::Locked,
        // An error that PostgreSQL reports is an error before the commit.
        Some(_) => Failure::Nothing,
        None => Failure::Unknown,
    }
}

async fn send(
    client: &Client,
    statement: &Statement,
    prepared: &Prepared,
) -> Result<Vec<Option<bool>>, tokio_postgres::Error> {
    let (order, ranks) = prepared.ranks();
    let parts: Vec<_> = order.iter().map(|part| &prepared.parts[*part]).collect();
    let orgs: Vec<Uuid> = parts.iter().map(|part| part.org.0).collect();
    let old: Vec<i64> = parts.iter().map(|part| part.old_head).collect();
    let new: Vec<i64> = parts.iter().map(|part| part.new_head).collect();
    let recorded_at: Vec<_> = parts.iter().map(|part| part.recorded_at).collect();
    let rank = |part: &i32| usize::try_from(*part).ok().and_then(|part| ranks.get(part).copied());
    let e = &prepared.events;
    let event_rank: Vec<Option<i32>> = e.part.iter().map(rank).collect();
    let of_entry = |entry: &usize| &prepared.entries[*entry].job.batch.context;
    let actor: Vec<&str> = e.entry.iter().map(|entry| of_entry(entry).actor.0.as_str()).collect();
    let metadata: Vec<&[u8]> =
        e.entry.iter().map(|entry| of_entry(entry).metadata.as_slice()).collect();
    let leaf_hash: Vec<&[u8]> = e.leaf_hash.iter().map(<[u8; 32]>::as_slice).collect();
    let c = &prepared.commands;
    let fingerprint: Vec<&[u8]> = c.fingerprint.iter().map(<[u8; 32]>::as_slice).collect();
    let command_rank: Vec<Option<i32>> = c.part.iter().map(rank).collect();
    let mut series_rank = Vec::new();
    let mut series_name = Vec::new();
    let mut series_last = Vec::new();
    for (part, wanted) in prepared.parts.iter().enumerate() {
        for (name, last) in &wanted.series {
            series_rank.push(ranks[part]);
            series_name.push(name.as_str());
            series_last.push(*last);
        }
    }
    let parameters: [&(dyn ToSql + Sync); 30] = [
        &orgs,
        &old,
        &new,
        &recorded_at,
        &event_rank,
        &e.position,
        &e.aggregate_id,
        &e.sequence,
        &e.event_id,
        &e.correlation_id,
        &e.causation_id,
        &e.command_id,
        &e.occurred_at,
        &e.event_version,
        &e.aggregate_type,
        &e.event_type,
        &actor,
        &e.payload,
        &metadata,
        &leaf_hash,
        &command_rank,
        &c.command_id,
        &fingerprint,
        &c.verdict,
        &c.first_position,
        &c.last_position,
        &c.stream_version,
        &series_rank,
        &series_name,
        &series_last,
    ];
    let row = client.query_one(statement, &parameters).await?;
    let flags: Option<Vec<Option<bool>>> = row.get(0);
    let flags = flags.unwrap_or_else(|| vec![Some(false); order.len()]);
    let mut taken = vec![None; order.len()];
    for (flag, part) in flags.iter().zip(&order) {
        taken[*part] = *flag;
    }
    check_counts(prepared, &taken, row.get(1), row.get(2));
    Ok(taken)
}

/// Rows are counted: what was acknowledged must have been inserted.
fn check_counts(prepared: &Prepared, taken: &[Option<bool>], events: i64, commands: i64) {
    let expected = |parts: &[i32]| {
        let taken = parts.iter().filter(|part| {
            usize::try_from(**part).is_ok_and(|part| taken.get(part) == Some(&Some(true)))
        });
        super::org::signed(taken.count())
    };
    let wanted = (expected(&prepared.events.part), expected(&prepared.commands.part));
    assert_eq!((events, commands), wanted, "the append inserted other rows than it was given");
}

/// Finds out what became of a batch whose connection was lost. The heads are locked first: a
/// lock that is had means that the lost session no longer holds it; whatever it might still
/// send fails at the heads that the next append moves.
async fn resolve(line: &mut Line, prepared: &Prepared, deadline: Instant) -> Ended {
    while Instant::now() < deadline {
        let Ok((client, _)) = line.ready_by(deadline).await else { break };
        match look(&client, prepared).await {
            Ok(found) => return Ended::Resolved(found),
            Err(error) => {
                tracing::warn!(%error, "resolving failed; trying again");
                line.drop_connection();
            }
        }
    }
    Ended::Unresolved
}

async fn look(
    client: &Arc<Client>,
    prepared: &Prepared,
) -> Result<HashMap<(OrgId, Uuid), Known>, tokio_postgres::Error> {
    let orgs: Vec<Uuid> = prepared.parts.iter().map(|part| part.org.0).collect();
    let entries = prepared.entries.iter().filter(|entry| entry.recorded);
    let (of, ids): (Vec<Uuid>, Vec<Uuid>) =
        entries.map(|entry| (entry.job.org().0, entry.job.command_id())).unzip();
    client
        .query(
            "select org_id from org_heads where org_id = any($1) order by org_id for update",
            &[&orgs],
        )
        .await?;
    let rows = client.query(include_str!("lookup.sql"), &[&of, &ids]).await?;
    Ok(rows.iter().map(record).collect())
}
