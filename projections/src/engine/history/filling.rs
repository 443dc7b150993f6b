//! Filling a table of the past: the org's log up to a position, folded as a rebuild folds it.

use std::sync::Arc;

use ledger::store::{Ledger, tenant_snapshot};
use tokio::sync::watch;

use super::{
    super::{
        EngineError, ReadModel,
        log::ignored,
        rebuild::{Reading, bulk, hear},
        statements::TableSql,
    },
    answer::Answer,
    stream::undecoded,
    tables::{create, ours},
};

/// Events after which progress is told, and others on this thread have their turn.
const TURN: u32 = 1_024;

/// Where a table is.
#[derive(Debug, Clone)]
pub(super) enum Filling {
    /// Folded up to this event.
    At(i64),
    /// All of it.
    Done,
    /// It could not be filled.
    Failed(Arc<EngineError>),
}

/// Fills the table of one model.
pub(super) async fn fill<M: ReadModel>(
    answer: &Answer,
    ledger: &Ledger,
    told: &watch::Sender<Filling>,
) -> Result<(), EngineError> {
    let doing = "filling a table of the past";
    let failed = || EngineError::database(doing);
    let _one = answer.one.lock().await;
    let writing = answer.connected(ledger).await?;
    ours::<M>(writing, answer.org).await?;
    let name = answer.name::<M>();
    create::<M>(writing, &name).await?;
    let sql = TableSql::named::<M>(name.clone());
    let mut reader = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let reading = tenant_snapshot(&mut reader, answer.org).await?;
    let patience = "set local statement_timeout = 0";
    reading.batch_execute(patience).await.map_err(failed())?;
    let ignored = ignored(M::hears);
    let log = Reading { org: answer.org, until: answer.position, ignored: &ignored };
    let mut events = log.begin(&reading).await?;
    let (mut rows, mut written, mut turn) = (bulk::<M>(), 0, 0);
    while let Some(event) = events.next().await.map_err(newer)? {
        hear(rows.as_mut(), M::NAME, &event)?;
        if rows.is_due() || rows.held_rows() > answer.held_rows {
            written += rows.write(writing, &sql, answer.org).await?;
        }
        if usize::try_from(written).unwrap_or(0) + rows.held_rows() > answer.rows {
            return Err(EngineError::TooLarge { model: M::NAME, rows: answer.rows });
        }
        turn += 1;
        if turn == TURN {
            turn = 0;
            told.send_replace(Filling::At(event.position));
            tokio::task::yield_now().await;
        }
    }
    rows.write(writing, &sql, answer.org).await?;
    // Nobody else collects figures about temporary tables.
    writing.batch_execute(&format!("analyze {name}")).await.map_err(failed())
}

fn newer(error: EngineError) -> EngineError {
    match error {
        EngineError::Decode { org, position, source } => undecoded(org, position, source),
        other => other,
    }
}
