//! Checkpoints as they are kept.

use deadpool_postgres::GenericClient;
use time::OffsetDateTime;
use tokio_postgres::Row;

use super::super::{Ledger, StoreError, tenant_snapshot};
use crate::values::OrgId;

pub(super) const COLUMNS: &str = "size, key_id, root, note, signed_at";

/// A checkpoint as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// How many events.
    pub size: i64,
    /// Which key signed, hex.
    pub key_id: String,
    /// RFC 6962 root over their leaves.
    pub root: [u8; 32],
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub signed_at: OffsetDateTime,
}

impl Kept {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        let failed = || StoreError::database("reading a checkpoint");
        Ok(Self {
            size: row.try_get(0).map_err(failed())?,
            key_id: row.try_get(1).map_err(failed())?,
            root: hash(row.try_get(2).map_err(failed())?)?,
            note: row.try_get(3).map_err(failed())?,
            signed_at: row.try_get(4).map_err(failed())?,
        })
    }
}

pub(super) fn hash(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Damaged("a hash is not 32 bytes".to_owned()))
}

/// The checkpoint that goes furthest; of several keys' the one that was signed last.
pub(super) async fn furthest(
    client: &impl GenericClient,
    org: OrgId,
) -> Result<Option<Kept>, StoreError> {
    let text = format!(
        "select {COLUMNS} from log_checkpoints where org_id = $1 \
         order by size desc, signed_at desc limit 1"
    );
    one(client, &text, &[&org.0]).await
}

/// The checkpoint that goes furthest.
///
/// # Errors
///
/// [`StoreError`].
pub async fn latest(ledger: &Ledger, org: OrgId) -> Result<Option<Kept>, StoreError> {
    let mut client = ledger.app().await?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    furthest(&snapshot, org).await
}

/// The checkpoint of exactly this size; of several keys' the one that was signed last.
///
/// # Errors
///
/// [`StoreError`].
pub async fn at(ledger: &Ledger, org: OrgId, size: i64) -> Result<Option<Kept>, StoreError> {
    let mut client = ledger.app().await?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let text = format!(
        "select {COLUMNS} from log_checkpoints where org_id = $1 and size = $2 \
         order by signed_at desc limit 1"
    );
    one(&snapshot, &text, &[&org.0, &size]).await
}

async fn one(
    client: &impl GenericClient,
    text: &str,
    values: &[&(dyn tokio_postgres::types::ToSql + Sync)],
) -> Result<Option<Kept>, StoreError> {
    let row = client.query_opt(text, values).await;
    let row = row.map_err(StoreError::database("reading a checkpoint"))?;
    row.as_ref().map(Kept::read).transpose()
}
