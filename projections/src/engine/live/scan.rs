//! Finding dirty orgs by comparing positions.

use std::{sync::Arc, time::Duration};

use ledger::values::OrgId;
use time::OffsetDateTime;
use tokio::time::Instant;

use super::{super::EngineError, Shared};

/// How far back each look at the heads goes again: a transaction's time is set before its commit,
/// and clocks of several machines differ. Anything later is found by the comparison.
const OVERLAP: time::Duration = time::Duration::seconds(10);

/// Looks at heads that moved lately, and from time to time at all.
pub(super) async fn scan(shared: Arc<Shared>) {
    let mut since: Option<OffsetDateTime> = None;
    let mut compared: Option<Instant> = None;
    while !shared.stopping() {
        let now = shared.ledger.clock().now();
        let due = compared.is_none_or(|at| at.elapsed() >= shared.options.compare_every);
        let looked = if due { compare(&shared).await } else { recent(&shared, since).await };
        match looked {
            Ok(()) => {
                since = Some(now - OVERLAP);
                if due {
                    compared = Some(Instant::now());
                }
            }
            Err(error) => tracing::warn!(
                error = super::super::log::describe(&error),
                "the heads could not be looked at"
            ),
        }
        shared.pause(shared.options.scan_every.max(Duration::from_millis(10))).await;
    }
}

/// Orgs whose head moved lately.
async fn recent(shared: &Shared, since: Option<OffsetDateTime>) -> Result<(), EngineError> {
    let since = since.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let sql = "select org_id, position\nfrom org_heads\nwhere recorded_at >= $1\n\
               and position > 0";
    ring(shared, sql, &[&since]).await
}

/// All orgs where anybody is behind.
async fn compare(shared: &Shared) -> Result<(), EngineError> {
    let (names, versions) = shared.followers.names_and_versions();
    let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
    ring(shared, include_str!("scan.sql"), &[&names, &versions, &count]).await
}

async fn ring(
    shared: &Shared,
    sql: &str,
    parameters: &[&(dyn postgres_types::ToSql + Sync)],
) -> Result<(), EngineError> {
    let doing = "looking for dirty orgs";
    let mut client = shared.ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
    let failed = || EngineError::database(doing);
    let transaction = client.transaction().await.map_err(failed())?;
    // Across orgs on purpose: a policy that filtered rows here would hide work.
    transaction.batch_execute("set local row_security = off").await.map_err(failed())?;
    let statement = transaction.prepare_cached(sql).await.map_err(failed())?;
    for row in transaction.query(&statement, parameters).await.map_err(failed())? {
        let org: uuid::Uuid = row.try_get(0).map_err(failed())?;
        let head: i64 = row.try_get(1).map_err(failed())?;
        let ours = shared.dirty.places(OrgId(org));
        let behind = ours.is_none_or(|places| places.iter().any(|place| place.position < head));
        if behind {
            // Others may have moved what we remember: what counts is what the database says.
            shared.dirty.reload(OrgId(org));
        }
    }
    transaction.commit().await.map_err(failed())
}
