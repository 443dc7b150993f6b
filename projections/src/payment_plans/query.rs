//! What the founder asks.

use ledger::{
    store::StoreError,
    values::{Money, StatementId},
};
use uuid::Uuid;

use super::{InstalmentState, PaymentPlans, Row};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot},
};

/// One plan, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As it is stored.
    pub row: Row,
    /// What was due when it was offered.
    pub balance_due: Money,
    /// Month by month.
    pub instalments: Vec<InstalmentState>,
}

/// One plan, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, plan: Uuid) -> Result<Option<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand plan_id = $2";
    let rows = snapshot.ask::<PaymentPlans>(sql, &[&snapshot.org().0, &plan]).await?;
    Ok(answers(&rows)?.pop())
}

/// Plans, the latest first, offered before the position `before`, at most `limit`.
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
               and ($3::bigint is null or offered_position < $3)\n\
               order by offered_position desc\nlimit $4";
    let org = snapshot.org().0;
    let rows = snapshot.ask::<PaymentPlans>(sql, &[&org, &statement, &before, &limit]).await?;
    answers(&rows)
}

/// Statements with a plan that the patient keeps to or ought to, after the one at `after`, at most
/// `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn in_instalments(
    snapshot: &Snapshot,
    after: Option<StatementId>,
    limit: i64,
) -> Result<Vec<StatementId>, EngineError> {
    let sql = "select distinct statement_id\nfrom {table}\nwhere org_id = $1\n\
               and state = 'active'\n\
               and ($2::uuid is null or statement_id > $2)\norder by statement_id\nlimit $3";
    let (org, after) = (snapshot.org().0, after.map(StatementId::uuid));
    let rows = snapshot.ask::<PaymentPlans>(sql, &[&org, &after, &limit]).await?;
    rows.iter()
        .map(|row| row.try_get(0).map(StatementId::new))
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing statements in instalments"))
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Entry>, EngineError> {
    let unreadable = |error: serde_json::Error| {
        EngineError::Store(StoreError::Damaged(format!("instalments of a plan: {error}")))
    };
    let answer = |row: Row| {
        Ok(Entry {
            balance_due: money(row.balance_due_minor, row.currency),
            instalments: serde_json::from_slice(&row.instalments).map_err(unreadable)?,
            row,
        })
    };
    read::<Row>(rows)?.into_iter().map(answer).collect()
}
