//! What was kept.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    engine::{EngineError, Snapshot, Word, Worded},
    worded,
};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportMode {
    /// Issued invoices with payments and balances.
    AccountingCsv,
}

/// What is still to be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportStatus {
    /// It is kept here; nothing.
    Stored,
    /// It is to be sent to `EXPORT_WEBHOOK_URL`.
    AwaitingDelivery,
    /// It was sent there.
    Delivered,
    /// It could not be sent, until somebody replays it.
    Dead,
}

worded! {
    ExportMode { AccountingCsv = "accounting_csv" }
    ExportStatus { Stored = "stored", AwaitingDelivery = "awaiting_delivery",
        Delivered = "delivered", Dead = "dead" }
}

/// A kept file, without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
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
    /// Bytes.
    pub bytes: i64,
    /// SHA-256 of the file.
    pub sha256: Vec<u8>,
    /// What to call it.
    pub file_name: String,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

const COLUMNS: &str = "export_id, mode, status, period_starts_on, period_ends_on, \
     as_of_position, row_count, octet_length(artifact)::bigint as bytes, sha256, file_name, \
     created_at";

/// Kept files, the latest first, after the one at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> Result<Vec<Export>, EngineError> {
    let sql = format!(
        "select {COLUMNS}\nfrom export_events\nwhere org_id = $1\n\
         and ($2::timestamptz is null or (created_at, export_id) < ($2, $3::uuid))\n\
         order by created_at desc, export_id desc\nlimit $4"
    );
    let (at, id) = after.unzip();
    let rows = snapshot.query(&sql, &[&snapshot.org().0, &at, &id, &limit]).await?;
    answers(&rows)
}

/// One of them, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: Uuid) -> Result<Option<Export>, EngineError> {
    let sql = format!("select {COLUMNS} from export_events where org_id = $1 and export_id = $2");
    let rows = snapshot.query(&sql, &[&snapshot.org().0, &id]).await?;
    Ok(answers(&rows)?.pop())
}

/// How one of this kind and these days stands, and its id.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn kept(
    snapshot: &Snapshot,
    mode: ExportMode,
    starts_on: Date,
    ends_on: Date,
) -> Result<Option<(Uuid, ExportStatus)>, EngineError> {
    let sql = "select export_id, status from export_events where org_id = $1 and mode = $2\n\
               and period_starts_on = $3 and period_ends_on = $4";
    let rows =
        snapshot.query(sql, &[&snapshot.org().0, &mode.word(), &starts_on, &ends_on]).await?;
    let answer = |row: &tokio_postgres::Row| {
        let status: Word<ExportStatus> = row.try_get(1)?;
        Ok((row.try_get(0)?, status.0))
    };
    let kept = rows.first().map(answer).transpose();
    kept.map_err(EngineError::database("looking for an export"))
}

/// Bytes of a file from an offset on, at most so many; empty at its end.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn piece(
    snapshot: &Snapshot,
    id: Uuid,
    offset: i32,
    most: i32,
) -> Result<Vec<u8>, EngineError> {
    let sql = "select substring(artifact from $3 + 1 for $4) from export_events\n\
               where org_id = $1 and export_id = $2";
    let rows = snapshot.query(sql, &[&snapshot.org().0, &id, &offset, &most]).await?;
    let piece = rows.first().map(|row| row.try_get(0)).transpose();
    Ok(piece.map_err(EngineError::database("reading an export"))?.unwrap_or_default())
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Export>, EngineError> {
    let read = rows.iter().map(answer).collect::<Result<_, _>>();
    read.map_err(EngineError::database("listing exports"))
}

fn answer(row: &tokio_postgres::Row) -> Result<Export, tokio_postgres::Error> {
    let mode: Word<ExportMode> = row.try_get("mode")?;
    let status: Word<ExportStatus> = row.try_get("status")?;
    Ok(Export {
        export_id: row.try_get("export_id")?,
        mode: mode.0,
        status: status.0,
        starts_on: row.try_get("period_starts_on")?,
        ends_on: row.try_get("period_ends_on")?,
        position: row.try_get("as_of_position")?,
        rows: row.try_get("row_count")?,
        bytes: row.try_get("bytes")?,
        sha256: row.try_get("sha256")?,
        file_name: row.try_get("file_name")?,
        created_at: row.try_get("created_at")?,
    })
}
