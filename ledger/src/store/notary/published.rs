//! Which checkpoints have left the house.

use super::super::{Ledger, StoreError};
use crate::values::OrgId;

/// How far the checkpoint goes that the webhook heard of last; 0 for none.
///
/// # Errors
///
/// [`StoreError`].
pub async fn told(ledger: &Ledger, org: OrgId) -> Result<i64, StoreError> {
    let doing = "reading what was published";
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool(doing))?;
    let text = "select size from checkpoint_publications \
                where org_id = $1 and place = 'webhook'";
    let row = client.query_opt(text, &[&org.0]).await.map_err(StoreError::database(doing))?;
    Ok(row.map_or(0, |row| row.get(0)))
}

/// Notes that the webhook heard of a checkpoint; never goes back.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note_told(ledger: &Ledger, org: OrgId, size: i64) -> Result<(), StoreError> {
    let doing = "noting what was published";
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool(doing))?;
    client
        .execute(include_str!("note_told.sql"), &[&org.0, &size, &ledger.clock().now()])
        .await
        .map_err(StoreError::database(doing))?;
    Ok(())
}
