//! What finance asks.

use ledger::{
    exception::Resolution,
    reconciliation::{Between, Class, Item},
    values::{ExceptionId, Money, Sealed},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Exceptions, Row, Stands};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot, Word, Worded},
};

/// Which exceptions are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Open or resolved.
    pub status: Option<Stands>,
    /// Of this class.
    pub class: Option<Class>,
    /// Owned by this desk.
    pub owner: Option<String>,
}

/// One side, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// How much.
    pub amount: Option<Money>,
    /// Which day.
    pub on: Option<Date>,
    /// How it stands.
    pub status: Option<String>,
}

/// One exception, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which.
    pub exception_id: ExceptionId,
    /// How it stands.
    pub status: Stands,
    /// How the sides disagree.
    pub class: Class,
    /// Which sides.
    pub between: Between,
    /// About what.
    pub item: Item,
    /// Whose statement.
    pub provider: String,
    /// The desk that owns it.
    pub owner: String,
    /// What it is about.
    pub amount: Option<Money>,
    /// What the log says.
    pub ours: Said,
    /// What the other side says.
    pub theirs: Said,
    /// The invoice, if it is about one.
    pub invoice_id: Option<Uuid>,
    /// Our payment, refund, dispute or entry.
    pub movement_id: Option<Uuid>,
    /// The day that it is about.
    pub happened_on: Date,
    /// The day it was noticed.
    pub noticed_on: Date,
    /// How it was settled.
    pub resolution: Option<Resolution>,
    /// Why it was settled or reopened.
    pub reason_code: Option<String>,
    /// The day it was settled.
    pub resolved_on: Option<Date>,
    /// How often it came back.
    pub times_reopened: i64,
    /// The run that raised it.
    pub run_id: Uuid,
    /// When it was raised.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// Where it was raised.
    pub raised_position: i64,
    /// The provider's id, sealed.
    pub provider_id: Option<Sealed<String>>,
    /// The remark of who settled it, sealed.
    pub note: Option<Sealed<String>>,
}

impl Entry {
    /// Days from its being noticed until it was settled, or until `today`.
    pub fn age_days(&self, today: Date) -> i64 {
        (self.resolved_on.unwrap_or(today) - self.noticed_on).whole_days().max(0)
    }
}

/// One exception, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: ExceptionId) -> Result<Option<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand exception_id = $2";
    let rows = snapshot.ask::<Exceptions>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// Exceptions, the latest first, raised before `before`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::text is null or status = $2)\n\
               and ($3::text is null or class = $3)\n\
               and ($4::text is null or owner = $4)\n\
               and ($5::bigint is null or raised_position < $5)\n\
               order by raised_position desc\nlimit $6";
    let status = filter.status.as_ref().map(Worded::word);
    let class = filter.class.map(|class| class.word());
    let org = snapshot.org().0;
    let rows = snapshot
        .ask::<Exceptions>(sql, &[&org, &status, &class, &filter.owner, &before, &limit])
        .await?;
    answers(&rows)
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Entry>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Entry, EngineError> {
    let amount = |minor: Option<i64>, currency: Option<Word<_>>| {
        minor.zip(currency).map(|(minor, currency)| money(minor, currency))
    };
    Ok(Entry {
        exception_id: ExceptionId::new(row.exception_id),
        status: row.status.0,
        class: row.class.0,
        between: row.between_sides.0,
        item: row.item.0,
        provider: row.provider,
        owner: row.owner,
        amount: amount(Some(row.amount_minor), row.currency),
        ours: Said {
            amount: amount(row.ours_minor, row.ours_currency),
            on: row.ours_on,
            status: row.ours_status,
        },
        theirs: Said {
            amount: amount(row.theirs_minor, row.theirs_currency),
            on: row.theirs_on,
            status: row.theirs_status,
        },
        invoice_id: row.invoice_id,
        movement_id: row.movement_id,
        happened_on: row.happened_on,
        noticed_on: row.noticed_on,
        resolution: row.resolution.map(|resolution| resolution.0),
        reason_code: row.reason_code,
        resolved_on: row.resolved_on,
        times_reopened: row.times_reopened,
        run_id: row.run_id,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        raised_position: row.raised_position,
        provider_id: sealed(row.provider_id.as_deref())?,
        note: sealed(row.note.as_deref())?,
    })
}
