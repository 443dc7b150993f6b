//! Taking messages, and saying what became of them.

use std::time::Duration;

use time::OffsetDateTime;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use super::Cause;
use crate::{
    correspondence::Message,
    store::{Ledger, StoreError, tenant},
    values::{OrgId, Sealed},
};

/// A message in hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Whose.
    pub org: OrgId,
    /// Which; the same at every attempt.
    pub id: Uuid,
    /// What it says; `None` when the org was erased meanwhile.
    pub message: Option<Message>,
    /// When it happened that is told.
    pub occurred_at: OffsetDateTime,
    /// Which attempt this is, from 1.
    pub attempt: i32,
    /// The event that it follows from, if one is known.
    pub cause: Option<Cause>,
    holder: String,
}

/// What became of a message in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is gone.
    Sent,
    /// It is not needed any more; why, as a code.
    Canceled(&'static str),
    /// It did not leave, as a code; try again after this long.
    Later(String, Duration),
    /// It may not leave yet, as a code; ask again after this long. That was no attempt.
    NotYet(&'static str, Duration),
    /// It did not leave, as a code, and nobody tries again.
    Dead(String),
}

/// Takes messages that are due and travel in one of these ways, for as long as `lease`.
///
/// # Errors
///
/// [`StoreError`].
pub async fn take(
    ledger: &Ledger,
    org: OrgId,
    kinds: &[&str],
    holder: &str,
    lease: Duration,
    limit: i64,
) -> Result<Vec<Held>, StoreError> {
    let doing = "taking messages";
    let seconds = i64::try_from(lease.as_secs()).unwrap_or(i64::MAX);
    let values: [&(dyn ToSql + Sync); 5] = [&org.0, &holder, &seconds, &limit, &kinds];
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let rows = transaction.query(include_str!("take.sql"), &values).await;
    let rows = rows.map_err(StoreError::database(doing))?;
    transaction.commit().await.map_err(StoreError::database(doing))?;
    drop(client);
    let mut held = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, body, occurred_at, attempt) =
            columns(&row).map_err(StoreError::database(doing))?;
        let cause = cause(&row).map_err(StoreError::database(doing))?;
        let message = open(ledger, org, &body).await?;
        let holder = holder.to_owned();
        held.push(Held { org, id, message, occurred_at, attempt, cause, holder });
    }
    Ok(held)
}

fn columns(row: &Row) -> Result<(Uuid, Vec<u8>, OffsetDateTime, i32), tokio_postgres::Error> {
    Ok((row.try_get(0)?, row.try_get(2)?, row.try_get(3)?, row.try_get(4)?))
}

fn cause(row: &Row) -> Result<Option<Cause>, tokio_postgres::Error> {
    let correlation_id: Option<Uuid> = row.try_get(5)?;
    let causation_id: Option<Uuid> = row.try_get(6)?;
    let both = correlation_id.zip(causation_id);
    Ok(both.map(|(correlation_id, causation_id)| Cause { correlation_id, causation_id }))
}

async fn open(ledger: &Ledger, org: OrgId, body: &[u8]) -> Result<Option<Message>, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    let sealed: Sealed<String> = serde_json::from_slice(body).map_err(damaged)?;
    let Some(plain) = ledger.keyring().open(org, &sealed).await? else { return Ok(None) };
    serde_json::from_str(&plain).map(Some).map_err(damaged)
}

impl Held {
    /// Says what became of it. `false` when the lease was lost: somebody else has it now.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; then it is sent again after the lease.
    pub async fn settle(&self, ledger: &Ledger, fate: &Fate) -> Result<bool, StoreError> {
        let doing = "settling a message";
        let (status, error, wait) = match fate {
            Fate::Sent => ("sent", None, Duration::ZERO),
            Fate::Canceled(why) => ("canceled", Some(*why), Duration::ZERO),
            Fate::Later(why, wait) => ("pending", Some(why.as_str()), *wait),
            Fate::NotYet(why, wait) => ("pending", Some(*why), *wait),
            Fate::Dead(why) => ("dead", Some(why.as_str()), Duration::ZERO),
        };
        let seconds = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX);
        let attempts = self.attempt - i32::from(matches!(fate, Fate::NotYet(..)));
        let values: [&(dyn ToSql + Sync); 7] =
            [&self.org.0, &self.id, &self.holder, &status, &error, &seconds, &attempts];
        let mut client = ledger.app_pool().get().await.map_err(StoreError::pool(doing))?;
        let transaction = tenant(&mut client, self.org).await?;
        let settled = transaction.execute(include_str!("settle.sql"), &values).await;
        let settled = settled.map_err(StoreError::database(doing))?;
        let told = match fate {
            Fate::Sent => Some("delivered"),
            Fate::Dead(_) => Some("dead"),
            Fate::Canceled(_) | Fate::Later(..) | Fate::NotYet(..) => None,
        };
        if let Some(told) = told.filter(|_| settled == 1) {
            let values: [&(dyn ToSql + Sync); 3] = [&self.org.0, &self.id, &told];
            let told = transaction.execute(include_str!("tell_export.sql"), &values).await;
            told.map_err(StoreError::database(doing))?;
        }
        transaction.commit().await.map_err(StoreError::database(doing))?;
        Ok(settled == 1)
    }
}
