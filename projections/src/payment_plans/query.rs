//! What the founder asks.

use ledger::{store::StoreError, values::Money};
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
