//! What accountants ask about periods.

use ledger::values::Sealed;
use time::{Date, OffsetDateTime};

use super::{Periods, Row, What};
use crate::{
    answers::{read, sealed},
    engine::{EngineError, Snapshot},
};

/// One closing or reopening, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealing {
    /// Where it happened: what was booked up to here is what the period was sealed with. The key
    /// that lists go by.
    pub position: i64,
    /// Which of the two.
    pub what: What,
    /// The last day that was sealed before.
    pub before: Option<Date>,
    /// The last day that is sealed after it.
    pub closed_through: Option<Date>,
    /// When it was learned.
    pub recorded_at: OffsetDateTime,
    /// Who did it.
    pub actor: String,
    /// Why it was reopened.
    pub reason_code: Option<String>,
    /// A remark, sealed.
    pub note: Option<Sealed<String>>,
}

/// The last day that is sealed, if any; later entries of that day and before are refused.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn closed_through(snapshot: &Snapshot) -> Result<Option<Date>, EngineError> {
    let last = history(snapshot, None, 1).await?;
    Ok(last.first().and_then(|sealing| sealing.closed_through))
}

/// Closings and reopenings, the latest first, after the one at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn history(
    snapshot: &Snapshot,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Sealing>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::bigint is null or position < $2)\norder by position desc\nlimit $3";
    let rows = snapshot.ask::<Periods>(sql, &[&snapshot.org().0, &after, &limit]).await?;
    read::<Row>(&rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Sealing, EngineError> {
    Ok(Sealing {
        position: row.position,
        what: row.what.0,
        before: row.before,
        closed_through: row.closed_through,
        recorded_at: row.recorded_at,
        note: sealed(row.note.as_deref())?,
        actor: row.actor,
        reason_code: row.reason_code,
    })
}
