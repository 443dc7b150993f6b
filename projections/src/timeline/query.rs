//! What the API asks about what happened.

use ledger::values::Money;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Related, Row, Subject, Timeline};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Word},
};

/// Entries of one page at most.
pub const MOST: i64 = 200;

/// One entry, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The event's place in the log: the key that lists go by.
    pub position: i64,
    /// What happened: the event's stored name.
    pub event_type: String,
    /// The event.
    pub event_id: Uuid,
    /// When it was true.
    pub occurred_at: OffsetDateTime,
    /// When it was learned.
    pub recorded_at: OffsetDateTime,
    /// Who gave the command.
    pub actor: String,
    /// How much, if money is involved.
    pub amount: Option<Money>,
    /// Where the subject stands after it, if that changed.
    pub status: Option<String>,
    /// What else it is about.
    pub related: Option<(Related, Uuid)>,
}

/// The latest entries before the position `before` (the very latest without), oldest first, at
/// most `limit` and never more than [`MOST`]. For the page before, ask again with the first
/// entry's position.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_subject(
    snapshot: &Snapshot,
    subject: Subject,
    id: Uuid,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand subject_kind = $2\n\
               and subject_id = $3\nand ($4::bigint is null or position < $4)\n\
               order by position desc, ordinal desc\nlimit $5";
    let (org, limit) = (snapshot.org().0, limit.clamp(1, MOST));
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org, &Word(subject), &id, &before, &limit];
    let rows = snapshot.ask::<Timeline>(sql, &values).await?;
    let mut entries: Vec<Entry> = read::<Row>(&rows)?.into_iter().map(answer).collect();
    entries.reverse();
    Ok(entries)
}

/// All entries after a position, oldest first, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn after(
    snapshot: &Snapshot,
    subject: Subject,
    id: Uuid,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand subject_kind = $2\n\
               and subject_id = $3\nand ($4::bigint is null or position > $4)\n\
               order by position, ordinal\nlimit $5";
    let org = snapshot.org().0;
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org, &Word(subject), &id, &after, &limit];
    let rows = snapshot.ask::<Timeline>(sql, &values).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

fn answer(row: Row) -> Entry {
    Entry {
        position: row.position,
        event_type: row.event_type,
        event_id: row.event_id,
        occurred_at: row.occurred_at,
        recorded_at: row.recorded_at,
        actor: row.actor,
        amount: row.amount_minor.zip(row.currency).map(|(minor, of)| money(minor, of)),
        status: row.status,
        related: row.related_kind.map(|kind| kind.0).zip(row.related_id),
    }
}
