//! How far behind the engine is.

use std::sync::{PoisonError, atomic::Ordering};

use time::{Duration, OffsetDateTime};

use super::{super::EngineError, Engine};

/// How far behind the engine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Orgs where a read model or policy has not handled the head.
    pub orgs_behind: i64,
    /// Heads less checkpoints, summed over those orgs by their slowest follower.
    pub events_behind: i64,
    /// Age of the oldest event that somebody has not handled.
    pub oldest_unprocessed: Option<Duration>,
    /// Followers that met an event they cannot digest.
    pub parked: i64,
    /// Reactions of policies that were refused without a declared answer.
    pub policy_failures: i64,
    /// Orgs whose next event is a newer program's.
    pub needs_upgrade: usize,
    /// Orgs that wait to be worked on in this process.
    pub waiting: usize,
    /// Time since the engine's loop last looked for work; grows when it hangs.
    pub last_poll_age: Duration,
}

impl Engine {
    /// Asks the database how far behind everybody is, and adds what this process knows.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the database fails.
    pub async fn health(&self) -> Result<Health, EngineError> {
        let doing = "looking at the engine's health";
        let failed = || EngineError::database(doing);
        let shared = self.shared();
        let (names, versions) = shared.followers.names_and_versions();
        let mut client =
            shared.ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
        let transaction = client.transaction().await.map_err(failed())?;
        transaction.batch_execute("set local row_security = off").await.map_err(failed())?;
        let sql = include_str!("health.sql");
        let statement = transaction.prepare_cached(sql).await.map_err(failed())?;
        let row = transaction.query_one(&statement, &[&names, &versions]).await;
        let row = row.map_err(failed())?;
        transaction.commit().await.map_err(failed())?;
        let now = shared.ledger.clock().now();
        let oldest: Option<OffsetDateTime> = row.try_get("oldest").map_err(failed())?;
        let polled = shared.polled_at.load(Ordering::Relaxed);
        let unknown = shared.unknown.lock().unwrap_or_else(PoisonError::into_inner).len();
        Ok(Health {
            orgs_behind: row.try_get("orgs_behind").map_err(failed())?,
            events_behind: row.try_get("events_behind").map_err(failed())?,
            oldest_unprocessed: oldest.map(|oldest| now - oldest),
            parked: row.try_get("parked").map_err(failed())?,
            policy_failures: row.try_get("failures").map_err(failed())?,
            needs_upgrade: unknown,
            waiting: shared.dirty.len(),
            last_poll_age: Duration::seconds(now.unix_timestamp() - polled),
        })
    }
}
