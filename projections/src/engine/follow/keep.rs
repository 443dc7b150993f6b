//! The rows that policies are kept in.

use std::collections::{HashMap, HashSet};

use deadpool_postgres::Transaction;
use ledger::values::OrgId;
use tokio_postgres::Error;

use super::{
    Follower,
    react::{Failed, Worked},
};
use crate::engine::NO_SLOT;

/// What is remembered about a key: its bytes and the last event heard.
pub(super) type Remembered = HashMap<String, (Vec<u8>, i64)>;

/// Checkpoints of a policy in an org, by version.
pub(super) async fn checkpoints(
    transaction: &Transaction<'_>,
    org: OrgId,
    policy: &dyn Follower,
) -> Result<Vec<(i32, i64)>, Error> {
    let sql = "select version, position\nfrom checkpoints\nwhere org_id = $1\n\
               and projector = $2\nand slot = $3\norder by version";
    let statement = transaction.prepare_cached(sql).await?;
    let rows = transaction.query(&statement, &[&org.0, &policy.name(), &NO_SLOT]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Makes the checkpoint, unless it is there.
pub(super) async fn begin(
    transaction: &Transaction<'_>,
    org: OrgId,
    policy: &dyn Follower,
    position: i64,
) -> Result<bool, Error> {
    let sql = "insert into checkpoints (org_id, projector, version, slot, position)\n\
               values ($1, $2, $3, $4, $5)\non conflict do nothing";
    let statement = transaction.prepare_cached(sql).await?;
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org.0, &policy.name(), &policy.version(), &NO_SLOT, &position];
    Ok(transaction.execute(&statement, &values).await? == 1)
}

/// Moves the checkpoint by compare-and-swap, and so holds it until the commit.
pub(super) async fn move_on(
    transaction: &Transaction<'_>,
    org: OrgId,
    policy: &dyn Follower,
    seen: i64,
    target: i64,
) -> Result<bool, Error> {
    let sql = "update checkpoints\nset position = $6, updated_at = now()\nwhere org_id = $1\n\
               and projector = $2\nand version = $3\nand slot = $4\nand position = $5";
    let statement = transaction.prepare_cached(sql).await?;
    let values: [&(dyn postgres_types::ToSql + Sync); 6] =
        [&org.0, &policy.name(), &policy.version(), &NO_SLOT, &seen, &target];
    Ok(transaction.execute(&statement, &values).await? == 1)
}

/// Keys that wait for somebody to retry them.
pub(super) async fn stopped_keys(
    transaction: &Transaction<'_>,
    org: OrgId,
    policy: &dyn Follower,
) -> Result<HashMap<String, i64>, Error> {
    let sql = "select key, min(position)\nfrom policy_failures\nwhere org_id = $1\n\
               and policy = $2\ngroup by key";
    let statement = transaction.prepare_cached(sql).await?;
    let rows = transaction.query(&statement, &[&org.0, &policy.name()]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// What is remembered about keys.
pub(super) async fn remembered(
    transaction: &Transaction<'_>,
    org: OrgId,
    policy: &dyn Follower,
    keys: &[String],
) -> Result<Remembered, Error> {
    let sql = "select key, state, position\nfrom policy_states\nwhere org_id = $1\n\
               and policy = $2\nand version = $3\nand key = any($4)";
    let statement = transaction.prepare_cached(sql).await?;
    let values: [&(dyn postgres_types::ToSql + Sync); 4] =
        [&org.0, &policy.name(), &policy.version(), &keys];
    let rows = transaction.query(&statement, &values).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, (row.try_get(1)?, row.try_get(2)?)))).collect()
}

/// Writes what is to be remembered, and forgets the rest.
pub(super) async fn remember(
    transaction: &Transaction<'_>,
    org: OrgId,
    policy: &dyn Follower,
    worked: &[Worked],
) -> Result<(), Error> {
    let (name, version) = (policy.name(), policy.version());
    let kept: Vec<(&str, &[u8], i64)> = worked
        .iter()
        .filter_map(|worked| Some((&*worked.key, worked.bytes.as_deref()?, worked.heard)))
        .collect();
    let keys: Vec<&str> = kept.iter().map(|(key, _, _)| *key).collect();
    let states: Vec<&[u8]> = kept.iter().map(|(_, bytes, _)| *bytes).collect();
    let heard: Vec<i64> = kept.iter().map(|(_, _, heard)| *heard).collect();
    if !keys.is_empty() {
        let statement = transaction.prepare_cached(include_str!("remember.sql")).await?;
        let values: [&(dyn postgres_types::ToSql + Sync); 6] =
            [&org.0, &name, &version, &keys, &states, &heard];
        transaction.execute(&statement, &values).await?;
    }
    let gone: HashSet<&str> = worked
        .iter()
        .filter(|worked| worked.known && worked.bytes.is_none())
        .map(|worked| &*worked.key)
        .collect();
    if !gone.is_empty() {
        let gone: Vec<&str> = gone.into_iter().collect();
        let sql = "delete from policy_states\nwhere org_id = $1\nand policy = $2\n\
                   and version = $3\nand key = any($4)";
        transaction.execute(sql, &[&org.0, &name, &version, &gone]).await?;
    }
    Ok(())
}

/// Writes down a failure.
pub(super) async fn fail(
    transaction: &Transaction<'_>,
    org: OrgId,
    policy: &dyn Follower,
    key: &str,
    failed: &Failed,
) -> Result<(), Error> {
    let statement = transaction.prepare_cached(include_str!("fail.sql")).await?;
    let values: [&(dyn postgres_types::ToSql + Sync); 6] =
        [&org.0, &policy.name(), &key, &failed.position, &failed.code, &failed.detail];
    transaction.execute(&statement, &values).await.map(|_| ())
}
