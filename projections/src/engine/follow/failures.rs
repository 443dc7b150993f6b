//! Reactions that were refused without a declared answer: they are seen, they have an age, and
//! they are tried again by hand. Only their key waits.

use deadpool_postgres::Client;
use ledger::{
    recorded::Recorded,
    store::{Ledger, tenant},
    values::OrgId,
};
use time::OffsetDateTime;

use super::{
    Follower, keep,
    react::{self, Work, Worked},
    runner::world,
};
use crate::engine::{EngineError, NO_SLOT, log::Entry};

/// Events of one page.
const PAGE: i64 = 1_000;

/// A reaction that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which policy.
    pub policy: String,
    /// What it is about.
    pub key: String,
    /// The event it reacted to.
    pub position: i64,
    /// The refusal's code.
    pub code: String,
    /// What it said.
    pub detail: String,
    /// Since when.
    pub since: OffsetDateTime,
    /// When somebody tried it again last.
    pub retried_at: Option<OffsetDateTime>,
}

/// An org's failures, oldest first.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn failures(ledger: &Ledger, org: OrgId) -> Result<Vec<Failure>, EngineError> {
    let doing = "reading failures of policies";
    let failed = || EngineError::database(doing);
    let mut client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let sql = "select policy, key, position, code, detail, since, retried_at\n\
               from policy_failures\nwhere org_id = $1\norder by since, policy, key";
    let rows = transaction.query(sql, &[&org.0]).await.map_err(failed())?;
    rows.iter()
        .map(|row| {
            Ok(Failure {
                policy: row.try_get(0)?,
                key: row.try_get(1)?,
                position: row.try_get(2)?,
                code: row.try_get(3)?,
                detail: row.try_get(4)?,
                since: row.try_get(5)?,
                retried_at: row.try_get(6)?,
            })
        })
        .collect::<Result<_, _>>()
        .map_err(failed())
}

/// Tries a stopped key again, with all events that waited behind it, in order. Answers whether
/// it goes on.
///
/// # Errors
///
/// [`EngineError`] when the world fails: try again.
pub async fn retry(
    ledger: &Ledger,
    policy: &dyn Follower,
    org: OrgId,
    key: &str,
) -> Result<bool, EngineError> {
    let doing = "retrying a policy";
    let failed = || EngineError::database(doing);
    let mut client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let keys = [key.to_owned()];
    let transaction = tenant(&mut client, org).await?;
    let stopped = keep::stopped_keys(&transaction, org, policy).await.map_err(failed())?;
    let mut known = keep::remembered(&transaction, org, policy, &keys).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    let Some(position) = stopped.get(key).copied() else { return Ok(true) };
    let remembered = known.remove(key);
    let was_known = remembered.is_some();
    let (mut bytes, _) = remembered.map_or((None, 0), |(bytes, heard)| (Some(bytes), heard));
    let mut heard = position - 1;
    loop {
        let until = checkpoint(&mut client, org, policy).await?;
        let mut worked = catch_up(ledger, policy, org, key, bytes, heard, until).await?;
        worked.known = was_known;
        if worked.failed.is_some() {
            keep_result(&mut client, org, policy, &worked, position).await?;
            return Ok(false);
        }
        (bytes, heard) = (worked.bytes.clone(), until);
        if finish(&mut client, org, policy, &worked, until).await? {
            return Ok(true);
        }
    }
}

/// Hears the key's events in (heard, until].
async fn catch_up(
    ledger: &Ledger,
    policy: &dyn Follower,
    org: OrgId,
    key: &str,
    mut bytes: Option<Vec<u8>>,
    mut heard: i64,
    until: i64,
) -> Result<Worked, EngineError> {
    let mut from = heard;
    loop {
        let page = ledger.read(org, from, PAGE.min((until - from).max(0))).await?;
        let last = page.last().map(|stored| stored.position);
        let events: Vec<Recorded> = page
            .into_iter()
            .filter_map(|stored| match Entry::of(stored) {
                Entry::Event(event) => Some(*event),
                Entry::Unknown { .. } | Entry::Malformed { .. } => None,
            })
            .filter(|event| policy.hears(event.event.name()))
            .filter(|event| policy.key(event).as_deref() == Some(key))
            .collect();
        let work = Work { key: key.to_owned(), bytes, heard, events: events.iter().collect() };
        let worked = react::work(ledger, policy, work).await.map_err(world)?;
        match last {
            Some(last) if last < until && worked.failed.is_none() => {
                (bytes, heard, from) = (worked.bytes, worked.heard, last);
            }
            Some(_) | None => return Ok(worked),
        }
    }
}

/// Where the policy stands.
async fn checkpoint(
    client: &mut Client,
    org: OrgId,
    policy: &dyn Follower,
) -> Result<i64, EngineError> {
    let failed = || EngineError::database("reading where a policy stands");
    let transaction = tenant(client, org).await?;
    let versions = keep::checkpoints(&transaction, org, policy).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    let ours = versions.iter().find(|(version, _)| *version == policy.version());
    Ok(ours.map_or(0, |(_, position)| *position))
}

/// Lets the key go on, if the checkpoint has not moved meanwhile.
async fn finish(
    client: &mut Client,
    org: OrgId,
    policy: &dyn Follower,
    worked: &Worked,
    until: i64,
) -> Result<bool, EngineError> {
    let failed = || EngineError::database("finishing a retry");
    let transaction = tenant(client, org).await?;
    let sql = "select position\nfrom checkpoints\nwhere org_id = $1\nand projector = $2\n\
               and version = $3\nand slot = $4\nfor update";
    let values: [&(dyn postgres_types::ToSql + Sync); 4] =
        [&org.0, &policy.name(), &policy.version(), &NO_SLOT];
    let row = transaction.query_opt(sql, &values).await.map_err(failed())?;
    let now: i64 = match row {
        Some(row) => row.try_get(0).map_err(failed())?,
        None => until,
    };
    if now != until {
        return Ok(false);
    }
    let worked = std::slice::from_ref(worked);
    keep::remember(&transaction, org, policy, worked).await.map_err(failed())?;
    let sql = "delete from policy_failures\nwhere org_id = $1\nand policy = $2\nand key = $3";
    let name = policy.name();
    transaction.execute(sql, &[&org.0, &name, &worked[0].key]).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    Ok(true)
}

/// It failed again, here or further on.
async fn keep_result(
    client: &mut Client,
    org: OrgId,
    policy: &dyn Follower,
    worked: &Worked,
    position: i64,
) -> Result<(), EngineError> {
    let failed = || EngineError::database("keeping a failure");
    let Some(failure) = &worked.failed else { return Ok(()) };
    let transaction = tenant(client, org).await?;
    keep::remember(&transaction, org, policy, std::slice::from_ref(worked))
        .await
        .map_err(failed())?;
    keep::fail(&transaction, org, policy, &worked.key, failure).await.map_err(failed())?;
    if failure.position != position {
        let sql = "delete from policy_failures\nwhere org_id = $1\nand policy = $2\n\
                   and key = $3\nand position = $4";
        let values: [&(dyn postgres_types::ToSql + Sync); 4] =
            [&org.0, &policy.name(), &worked.key, &position];
        transaction.execute(sql, &values).await.map_err(failed())?;
    }
    transaction.commit().await.map_err(failed())?;
    Ok(())
}
