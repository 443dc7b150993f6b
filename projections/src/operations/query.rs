//! What is asked about things elsewhere.

use ledger::{
    operation::Kind,
    store::StoreError,
    values::{OperationId, Sealed},
};
use uuid::Uuid;

use super::{Operations, Row};
use crate::{
    answers::{read, sealed},
    engine::{EngineError, Snapshot, Word},
};

/// One thing, answered: its row, and what is sealed of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Everything that is not sealed.
    pub row: Row,
    /// The other system's id.
    pub entity_id: Sealed<String>,
    /// What it or they are called.
    pub name: Option<Sealed<String>>,
    /// What a worker can do.
    pub role: Option<Sealed<String>>,
    /// How to write to a lead.
    pub email: Option<Sealed<String>>,
    /// How to call a lead.
    pub phone: Option<Sealed<String>>,
    /// Where a booking is.
    pub address: Option<Sealed<String>>,
    /// Remark, reason, comment or request in words.
    pub note: Option<Sealed<String>>,
}

/// One thing, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(
    snapshot: &Snapshot,
    kind: Kind,
    id: OperationId,
) -> Result<Option<Thing>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand kind = $2\n\
               and operation_id = $3";
    let org = snapshot.org().0;
    let rows = snapshot.ask::<Operations>(sql, &[&org, &Word(kind), &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// Things of a kind by id, after `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_kind(
    snapshot: &Snapshot,
    kind: Kind,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Thing>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand kind = $2\n\
               and ($3::uuid is null or operation_id > $3)\norder by operation_id\nlimit $4";
    let org = snapshot.org().0;
    answers(&snapshot.ask::<Operations>(sql, &[&org, &Word(kind), &after, &limit]).await?)
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Thing>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Thing, EngineError> {
    let entity_id = sealed(Some(&row.entity_id))?;
    let entity_id = entity_id.ok_or_else(|| {
        EngineError::Store(StoreError::Damaged("a thing without an id".to_owned()))
    })?;
    Ok(Thing {
        entity_id,
        name: sealed(row.name.as_deref())?,
        role: sealed(row.role.as_deref())?,
        email: sealed(row.email.as_deref())?,
        phone: sealed(row.phone.as_deref())?,
        address: sealed(row.address.as_deref())?,
        note: sealed(row.note.as_deref())?,
        row,
    })
}
