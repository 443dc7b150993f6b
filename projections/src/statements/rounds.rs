//! Where the rounds over statements have to look. The statement itself decides what is done.

use ledger::values::StatementId;
use time::Date;

use super::Statements;
use crate::engine::{EngineError, Snapshot};

/// Statements that something is due on and that are past due on a day, and those that wait for
/// the account; after the one at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn past_due(
    snapshot: &Snapshot,
    today: Date,
    after: Option<StatementId>,
    limit: i64,
) -> Result<Vec<StatementId>, EngineError> {
    let sql = "select statement_id\nfrom {table}\nwhere org_id = $1\n\
               and balance_due_minor > 0\nand (due_date < $2 or held = 'not_entitled')\n\
               and ($3::uuid is null or statement_id > $3)\norder by statement_id\nlimit $4";
    let (org, after) = (snapshot.org().0, after.map(StatementId::uuid));
    let rows = snapshot.ask::<Statements>(sql, &[&org, &today, &after, &limit]).await?;
    rows.iter()
        .map(|row| row.try_get(0).map(StatementId::new))
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing statements that are past due"))
}
