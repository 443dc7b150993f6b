//! What the founder asks.

use std::collections::BTreeMap;

use ledger::store::StoreError;
use serde_json::Value;
use uuid::Uuid;

use super::{BillingDecisions, Row};
use crate::{
    answers::read,
    engine::{EngineError, Snapshot},
    statement_deliveries,
};

/// What came of a decision that led to a delivery.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the delivery succeeded, as far as is known.
    pub success: Option<bool>,
    /// Whether it arrived.
    pub delivered: bool,
    /// Whether it was opened.
    pub opened: bool,
}

/// One decision, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As it is stored.
    pub row: Row,
    /// What was looked at.
    pub factors_considered: Value,
    /// What could have been done instead.
    pub alternative_actions: Value,
    /// What came of it, where it led to a delivery.
    pub outcome: Option<Outcome>,
}

/// Decisions, the latest first, before the position `before`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    statement: Option<Uuid>,
    requires_founder_approval: Option<bool>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::uuid is null or statement_id = $2)\n\
               and ($3::boolean is null or requires_founder_approval = $3)\n\
               and ($4::bigint is null or decided_position < $4)\n\
               order by decided_position desc\nlimit $5";
    let (org, approval) = (snapshot.org().0, requires_founder_approval);
    let rows = snapshot
        .ask::<BillingDecisions>(sql, &[&org, &statement, &approval, &before, &limit])
        .await?;
    let rows: Vec<Row> = read(&rows)?;
    let ids: Vec<Uuid> =
        rows.iter().filter(|row| row.delivery.is_some()).map(|row| row.statement_id).collect();
    let known: BTreeMap<(Uuid, i32), Outcome> = statement_deliveries::of(snapshot, &ids)
        .await?
        .into_iter()
        .map(|entry| entry.row)
        .map(|row| {
            let (delivered, opened) = (row.delivered_at.is_some(), row.opened_at.is_some());
            let outcome = Outcome { success: row.success, delivered, opened };
            ((row.statement_id, row.delivery), outcome)
        })
        .collect();
    rows.into_iter().map(|row| answer(row, &known)).collect()
}

fn answer(row: Row, known: &BTreeMap<(Uuid, i32), Outcome>) -> Result<Entry, EngineError> {
    let unreadable = |error: serde_json::Error| {
        EngineError::Store(StoreError::Damaged(format!("list of a decision: {error}")))
    };
    let list = |bytes: &[u8]| serde_json::from_slice(bytes).map_err(unreadable);
    let outcome = row.delivery.and_then(|number| known.get(&(row.statement_id, number)));
    Ok(Entry {
        factors_considered: list(&row.factors_considered)?,
        alternative_actions: list(&row.alternative_actions)?,
        outcome: outcome.copied(),
        row,
    })
}
