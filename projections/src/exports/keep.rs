//! Keeping a file.

use ledger::{
    store::{Ledger, tenant},
    values::OrgId,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{ExportMode, ExportStatus};
use crate::engine::{EngineError, Worded};

/// A file to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExport {
    /// Identifies it.
    pub export_id: Uuid,
    /// What it is.
    pub mode: ExportMode,
    /// What is still to be done with it.
    pub status: ExportStatus,
    /// First day it covers.
    pub starts_on: Date,
    /// First day after.
    pub ends_on: Date,
    /// The position it is as of.
    pub position: i64,
    /// Lines without the first.
    pub rows: i64,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// What to call it.
    pub file_name: String,
    /// The file.
    pub artifact: Vec<u8>,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

const SQL: &str = "\
insert into export_events
    (org_id, export_id, mode, status, period_starts_on, period_ends_on, as_of_position,
     row_count, sha256, file_name, artifact, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict on constraint export_events_once do nothing";

/// Keeps a file; `false` where one of the same kind and days is kept already.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn keep(ledger: &Ledger, org: OrgId, new: &NewExport) -> Result<bool, EngineError> {
    let failed = || EngineError::database("keeping an export");
    let mut client =
        ledger.app_pool().get().await.map_err(EngineError::pool("keeping an export"))?;
    let transaction = tenant(&mut client, org).await?;
    let (mode, status) = (new.mode.word(), new.status.word());
    let sha256 = new.sha256.as_slice();
    let values: [&(dyn postgres_types::ToSql + Sync); 12] = [
        &org.0,
        &new.export_id,
        &mode,
        &status,
        &new.starts_on,
        &new.ends_on,
        &new.position,
        &new.rows,
        &sha256,
        &new.file_name,
        &new.artifact,
        &new.created_at,
    ];
    let kept = transaction.execute(SQL, &values).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    Ok(kept == 1)
}
