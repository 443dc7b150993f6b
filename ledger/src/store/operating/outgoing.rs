//! What is on its way out, across orgs.

use time::Duration;

use crate::store::{Ledger, StoreError};

/// The outbox in figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outgoing {
    /// Messages that are due and have not left.
    pub waiting: i64,
    /// How long the first of them has been due.
    pub oldest_waiting: Duration,
    /// E-mails that left in the last 24 hours.
    pub emails_sent: i64,
    /// E-mails that were given up in the last 24 hours.
    pub emails_given_up: i64,
}

/// Reads them, each through an index of its own.
///
/// # Errors
///
/// [`StoreError`].
pub async fn outgoing(ledger: &Ledger) -> Result<Outgoing, StoreError> {
    let failed = || StoreError::database("measuring the outbox");
    let client = ledger.relay_pool().get().await;
    let client = client.map_err(StoreError::pool("measuring the outbox"))?;
    let row = client.query_one(include_str!("outgoing.sql"), &[]).await.map_err(failed())?;
    let read = || {
        Ok(Outgoing {
            waiting: row.try_get(0)?,
            oldest_waiting: Duration::seconds_f64(row.try_get::<_, f64>(1)?.max(0.0)),
            emails_sent: row.try_get(2)?,
            emails_given_up: row.try_get(3)?,
        })
    };
    read().map_err(failed())
}
