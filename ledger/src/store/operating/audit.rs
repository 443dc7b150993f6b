//! What the rest of the database says about a log, for a verification to compare.

use std::collections::BTreeMap;

use tokio_postgres::IsolationLevel;
use uuid::Uuid;

use crate::{
    store::{Ledger, StoreError},
    values::OrgId,
};

/// For a sum over all commands of a long log, which would go through the disk otherwise.
const ROOM: &str = "set local work_mem = '64MB'";

/// One moment's facts about an org's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// What the head says; `None` where the org has none.
    pub head: Option<i64>,
    /// The last position that an event has.
    pub last_position: i64,
    /// The last number of each series.
    pub series: BTreeMap<String, i64>,
    /// The first event whose command is not remembered as having made it.
    pub unremembered: Option<i64>,
    /// The first remembered command whose events are not all there, and where they should begin.
    pub eventless: Option<(Uuid, i64)>,
}

/// Reads them in one snapshot.
///
/// # Errors
///
/// [`StoreError`].
pub async fn audit(ledger: &Ledger, org: OrgId) -> Result<Audit, StoreError> {
    let mut client = ledger.relay_pool().get().await.map_err(StoreError::pool("verifying"))?;
    let error = || StoreError::database("verifying");
    let snapshot = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await
        .map_err(error())?;
    let head = snapshot.query_one(include_str!("heads.sql"), &[&org.0]).await.map_err(error())?;
    let series = snapshot
        .query("select series, last from series where org_id = $1", &[&org.0])
        .await
        .map_err(error())?;
    // A command looked up for every event costs more than all the rest of a verification; so the
    // two that name the first fault are asked only where there is one.
    snapshot.batch_execute(ROOM).await.map_err(error())?;
    let disagrees = snapshot.query_one(include_str!("disagrees.sql"), &[&org.0]).await;
    let (mut unremembered, mut eventless) = (None, None);
    if disagrees.and_then(|row| row.try_get(0)).map_err(error())? {
        let named = snapshot.query_opt(include_str!("unremembered.sql"), &[&org.0]).await;
        unremembered = named.map_err(error())?;
        let named = snapshot.query_opt(include_str!("eventless.sql"), &[&org.0]).await;
        eventless = named.map_err(error())?;
    }
    Ok(Audit {
        head: head.try_get(0).map_err(error())?,
        last_position: head.try_get(1).map_err(error())?,
        series: series.iter().map(|row| (row.get(0), row.get(1))).collect(),
        unremembered: unremembered.map(|row| row.get(0)),
        eventless: eventless.map(|row| (row.get(0), row.get(1))),
    })
}

/// Every org of which there is a trace: registered, with a head, or with an event.
///
/// # Errors
///
/// [`StoreError`].
pub async fn orgs_with_traces(ledger: &Ledger) -> Result<Vec<OrgId>, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("listing orgs"))?;
    let rows = client
        .query(include_str!("orgs_with_traces.sql"), &[])
        .await
        .map_err(StoreError::database("listing orgs"))?;
    Ok(rows.iter().map(|row| OrgId(row.get(0))).collect())
}
