//! What is kept of a log's tree, for a verification to compare with the log itself.

use super::{
    super::{Ledger, StoreError},
    kept::{COLUMNS, Kept, hash},
};
use crate::{proof::Tile, values::OrgId};

/// Rows read at a time.
const PAGE: i64 = 500;

/// What is kept of a log's tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspection {
    /// How many whole tiles.
    pub tiles: i64,
    /// How many checkpoints.
    pub checkpoints: i64,
}

/// Checkpoints beyond a size, the smallest first, some hundreds at most. Several keys may have
/// signed the same size: pass the last one's key, too.
///
/// # Errors
///
/// [`StoreError`].
pub async fn checkpoints_after(
    ledger: &Ledger,
    org: OrgId,
    after: (i64, &str),
) -> Result<Vec<Kept>, StoreError> {
    let doing = "reading checkpoints";
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool(doing))?;
    let text = format!(
        "select {COLUMNS} from log_checkpoints where org_id = $1 and (size, key_id) > ($2, $3) \
         order by size, key_id limit $4"
    );
    let rows = client
        .query(&text, &[&org.0, &after.0, &after.1, &PAGE])
        .await
        .map_err(StoreError::database(doing))?;
    rows.iter().map(Kept::read).collect()
}

/// Tiles of a level from one on, in order, some hundreds at most, each with the root that is kept
/// beside it.
///
/// # Errors
///
/// [`StoreError`].
pub async fn tiles_of_level(
    ledger: &Ledger,
    org: OrgId,
    level: u8,
    from: i64,
) -> Result<Vec<(Tile, [u8; 32])>, StoreError> {
    let doing = "reading tiles";
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool(doing))?;
    let rows = client
        .query(
            "select index, hashes, root from merkle_tiles \
             where org_id = $1 and level = $2 and index >= $3 order by index limit $4",
            &[&org.0, &i16::from(level), &from, &PAGE],
        )
        .await
        .map_err(StoreError::database(doing))?;
    rows.iter()
        .map(|row| {
            let index = u64::try_from(row.get::<_, i64>(0)).unwrap_or(u64::MAX);
            let hashes: &[u8] = row.get(1);
            let hashes: Result<Vec<_>, _> = hashes.chunks(32).map(hash).collect();
            Ok((Tile { level, index, hashes: hashes? }, hash(row.get(2))?))
        })
        .collect()
}
