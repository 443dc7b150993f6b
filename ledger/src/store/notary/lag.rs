//! Which orgs have events that nobody signed yet.

use time::{Duration, OffsetDateTime};

use super::super::{Ledger, StoreError};
use crate::values::OrgId;

/// How far signing is behind, over all orgs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lag {
    /// Events beyond the last checkpoint of their org.
    pub events: i64,
    /// Orgs that have some.
    pub orgs: i64,
    /// How long the first of them has been there.
    pub oldest: Duration,
}

/// Orgs with events beyond their last checkpoint: among those whose head moved since an instant,
/// or among all.
///
/// # Errors
///
/// [`StoreError`].
pub async fn unsigned(
    ledger: &Ledger,
    since: Option<OffsetDateTime>,
) -> Result<Vec<OrgId>, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("finding new events"))?;
    let rows = client
        .query(include_str!("unsigned.sql"), &[&since])
        .await
        .map_err(StoreError::database("finding new events"))?;
    Ok(rows.iter().map(|row| OrgId(row.get(0))).collect())
}

/// Measures it.
///
/// # Errors
///
/// [`StoreError`].
pub async fn lag(ledger: &Ledger) -> Result<Lag, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("measuring the lag"))?;
    let row = client
        .query_one(include_str!("lag.sql"), &[])
        .await
        .map_err(StoreError::database("measuring the lag"))?;
    let oldest = Duration::seconds_f64(row.get::<_, f64>(2).max(0.0));
    Ok(Lag { events: row.get(0), orgs: row.get(1), oldest })
}
