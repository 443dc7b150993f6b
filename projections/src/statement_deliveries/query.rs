//! What the founder asks.

use ledger::{
    statement::{By, Channel, History, Purpose, Tally},
    values::{Money, Sealed, StatementId},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Row, StatementDeliveries};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot, Word},
};

/// One delivery, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As it is stored.
    pub row: Row,
    /// What a letter costs.
    pub cost: Option<Money>,
    /// Where an e-mail goes, sealed.
    pub email_address: Option<Sealed<String>>,
    /// Where a letter goes, sealed.
    pub physical_address: Option<Sealed<String>>,
    /// Where a text message goes, sealed.
    pub phone: Option<Sealed<String>>,
}

impl Entry {
    /// In which way.
    pub fn channel(&self) -> Channel {
        self.row.channel.0
    }

    /// Why.
    pub fn purpose(&self) -> Purpose {
        self.row.purpose.0
    }

    /// Who sent it.
    pub fn sent_by(&self) -> By {
        self.row.sent_by.0
    }
}

/// One delivery, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(
    snapshot: &Snapshot,
    statement: StatementId,
    delivery: u16,
) -> Result<Option<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand statement_id = $2\n\
               and delivery = $3";
    let (org, delivery) = (snapshot.org().0, i32::from(delivery));
    let rows =
        snapshot.ask::<StatementDeliveries>(sql, &[&org, &statement.uuid(), &delivery]).await?;
    Ok(answers(&rows)?.pop())
}

/// Deliveries of some statements.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of(snapshot: &Snapshot, statements: &[Uuid]) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand statement_id = any($2)\n\
               order by statement_id, delivery";
    let org = snapshot.org().0;
    answers(&snapshot.ask::<StatementDeliveries>(sql, &[&org, &statements]).await?)
}

/// Deliveries, the latest first, sent before `before`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    statement: Option<Uuid>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::uuid is null or statement_id = $2)\n\
               and ($3::bigint is null or sent_position < $3)\n\
               order by sent_position desc\nlimit $4";
    let org = snapshot.org().0;
    let values: [&(dyn postgres_types::ToSql + Sync); 4] = [&org, &statement, &before, &limit];
    answers(&snapshot.ask::<StatementDeliveries>(sql, &values).await?)
}

/// What became of deliveries to a patient: advice for choosing a channel.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn history(snapshot: &Snapshot, patient: &str) -> Result<History, EngineError> {
    let sql = "select channel, count(*)::int8, (count(*) filter (where success))::int8\n\
               from {table}\nwhere org_id = $1\nand anonymous_patient_ref = $2\n\
               and success is not null\ngroup by channel";
    let org = snapshot.org().0;
    let rows = snapshot.ask::<StatementDeliveries>(sql, &[&org, &patient]).await?;
    let one = |row: &tokio_postgres::Row| {
        let channel: Word<Channel> = row.try_get(0)?;
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let tally = Tally { attempts: count(row.try_get(1)?), successes: count(row.try_get(2)?) };
        Ok((channel.0, tally))
    };
    let tallies = rows.iter().map(one).collect::<Result<_, _>>();
    Ok(History(tallies.map_err(EngineError::database("reading a read model's row"))?))
}

/// Statements with a delivery that a letter may follow by now, after the one at `after`, at most
/// `limit`. The statement itself says whether it does.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn failing_over(
    snapshot: &Snapshot,
    now: OffsetDateTime,
    after: Option<StatementId>,
    limit: i64,
) -> Result<Vec<StatementId>, EngineError> {
    let sql = "select distinct statement_id\nfrom {table} d\nwhere org_id = $1\n\
               and next_retry_at <= $2\nand success is distinct from true\n\
               and not exists (select from {table} e where e.org_id = $1\n\
               and e.statement_id = d.statement_id and e.replaces = d.delivery)\n\
               and ($3::uuid is null or statement_id > $3)\norder by statement_id\nlimit $4";
    let (org, after) = (snapshot.org().0, after.map(StatementId::uuid));
    let rows = snapshot.ask::<StatementDeliveries>(sql, &[&org, &now, &after, &limit]).await?;
    rows.iter()
        .map(|row| row.try_get(0).map(StatementId::new))
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing deliveries that a letter follows"))
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Entry>, EngineError> {
    let answer = |row: Row| {
        Ok(Entry {
            cost: row.cost_minor.zip(row.currency).map(|(minor, of)| money(minor, of)),
            email_address: sealed(row.email_address.as_deref())?,
            physical_address: sealed(row.physical_address.as_deref())?,
            phone: sealed(row.phone.as_deref())?,
            row,
        })
    };
    read::<Row>(rows)?.into_iter().map(answer).collect()
}
