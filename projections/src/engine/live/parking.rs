//! Followers that met an event they cannot digest: who, since when, and trying again.

use ledger::{
    store::{Ledger, tenant},
    values::OrgId,
};
use time::OffsetDateTime;

use super::{super::EngineError, Engine, Shared, doorbell::look_again, places, work::set_org};

/// A follower that waits at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Whose log.
    pub org: OrgId,
    /// The read model or policy.
    pub follower: String,
    /// The event.
    pub position: i64,
    /// What it said.
    pub error: String,
    /// Since when.
    pub since: OffsetDateTime,
}

/// Everybody who is parked, oldest first, of one org or of all.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn parked(ledger: &Ledger, org: Option<OrgId>) -> Result<Vec<Parked>, EngineError> {
    let doing = "reading who is parked";
    let failed = || EngineError::database(doing);
    let client = ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
    let sql = "select org_id, projector, position, error, since\nfrom parked\n\
               where $1::uuid is null or org_id = $1\norder by since, org_id, projector";
    let statement = client.prepare_cached(sql).await.map_err(failed())?;
    let org = org.map(|org| org.0);
    let rows = client.query(&statement, &[&org]).await.map_err(failed())?;
    rows.iter()
        .map(|row| {
            Ok(Parked {
                org: OrgId(row.try_get(0)?),
                follower: row.try_get(1)?,
                position: row.try_get(2)?,
                error: row.try_get(3)?,
                since: row.try_get(4)?,
            })
        })
        .collect::<Result<_, _>>()
        .map_err(failed())
}

/// Lets a parked follower try again, in order, from the event it stopped at. Engines of other
/// processes are told. Answers whether it was parked.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn unpark(ledger: &Ledger, org: OrgId, follower: &str) -> Result<bool, EngineError> {
    let doing = "unparking";
    let failed = || EngineError::database(doing);
    let mut client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let sql = "delete from parked\nwhere org_id = $1\nand projector = $2";
    let removed = transaction.execute(sql, &[&org.0, &follower]).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    if let Ok(client) = ledger.relay_pool().get().await {
        // A bell only: without it the comparison finds the org within a minute.
        let _unheard = look_again(&client, org).await;
    }
    Ok(removed > 0)
}

impl Engine {
    /// As [`unpark`], and this engine looks at once.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the database fails.
    pub async fn unpark(&self, org: OrgId, follower: &str) -> Result<bool, EngineError> {
        let shared = self.shared();
        // Before the row goes: whoever finds it gone must not remember the event, and park again.
        shared.forget_poison(org);
        let removed = unpark(&shared.ledger, org, follower).await?;
        shared.dirty.reload(org);
        Ok(removed)
    }
}

/// Parks a follower at the event after the last one it handled.
pub(super) async fn park(
    shared: &Shared,
    org: OrgId,
    follower: usize,
    error: &str,
) -> Result<(), EngineError> {
    let doing = "parking";
    let failed = || EngineError::database(doing);
    let name = shared.followers.name(follower);
    let mut client = shared.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = client.transaction().await.map_err(failed())?;
    set_org(&transaction, org).await.map_err(failed())?;
    let rows = transaction.query(places::LOAD, &[&org.0]).await.map_err(failed())?;
    let here = places::places(&shared.followers, &rows).map_err(failed())?[follower];
    let slot = here.slot.map_or(super::super::NO_SLOT, super::super::Slot::letter);
    let version = shared.followers.version(follower);
    let position = here.position + 1;
    let values: [&(dyn postgres_types::ToSql + Sync); 6] =
        [&org.0, &name, &version, &slot, &position, &error];
    // A follower that never was here has no rows yet, and parked without them it is not seen.
    let join = [&org.0 as &(dyn postgres_types::ToSql + Sync), &[name], &[version], &[slot]];
    transaction.execute(include_str!("join.sql"), &join).await.map_err(failed())?;
    transaction.execute(include_str!("park.sql"), &values).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    tracing::error!(%org, follower = name, position, error, "parked");
    Ok(())
}
