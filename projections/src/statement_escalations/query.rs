//! What the founder asks.

use ledger::values::Money;

use super::{Row, StatementEscalations};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot},
};

/// One level that a statement reached, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As it is stored.
    pub row: Row,
    /// What was due.
    pub balance_due: Money,
    /// The first instalment of the plan that was offered with it.
    pub plan_instalment: Option<Money>,
}

/// Levels reached, the latest first, before `before`, at most `limit`; only those that are not
/// settled with `open`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    open: Option<bool>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::boolean is null or (resolution is null) = $2)\n\
               and ($3::bigint is null or triggered_position < $3)\n\
               order by triggered_position desc\nlimit $4";
    let org = snapshot.org().0;
    let rows = snapshot.ask::<StatementEscalations>(sql, &[&org, &open, &before, &limit]).await?;
    let answer = |row: Row| Entry {
        balance_due: money(row.balance_due_minor, row.currency),
        plan_instalment: row.plan_instalment_minor.map(|minor| money(minor, row.currency)),
        row,
    };
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}
