//! Long logs, as valid as those that the executor writes: every event is decided by the rules,
//! encoded and hashed as it would be; only the way into the database is a COPY by the owner.
//!
//! - `story.rs`: an invoice from its opening to its payment.
//! - `making.rs`: stories into rows. `copying.rs`: rows into the tables.

mod copying;
mod making;
mod story;
#[cfg(test)]
mod tests;

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt, stream};
use ledger::{store::Ledger, values::OrgId};

use crate::ground::Database;
use making::Making;

pub(crate) use story::EVENTS;

/// Invoices in one COPY.
const AT_ONCE: u64 = 2_000;
/// Logs that are made at the same time.
const ABREAST: usize = 2;

/// Which invoices an org is to have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) org: OrgId,
    /// Of its first invoice.
    pub(crate) first: u64,
    pub(crate) invoices: u64,
}

/// Appends whole invoices to the logs of orgs that are registered; answers how many events.
///
/// # Errors
/// When the database fails.
pub(crate) async fn fill(
    ledger: &Ledger,
    database: &Database,
    wanted: Vec<Wanted>,
) -> anyhow::Result<u64> {
    let counts: Vec<u64> = stream::iter(wanted)
        .map(|wanted| one(ledger, database, wanted))
        .buffer_unordered(ABREAST)
        .try_collect()
        .await?;
    database.client().await?.batch_execute("vacuum analyze events, commands, org_heads").await?;
    Ok(counts.into_iter().sum())
}

async fn one(ledger: &Ledger, database: &Database, wanted: Wanted) -> anyhow::Result<u64> {
    let client = database.client().await?;
    let head = ledger.head(wanted.org).await?.context("the org is not registered")?;
    let mut making = Making::new(wanted.org, head, ledger.clock().now());
    let mut made = 0;
    while made < wanted.invoices {
        let count = AT_ONCE.min(wanted.invoices - made);
        let first = wanted.first + made;
        // Deciding and hashing would hold up whoever shares the thread.
        let rows;
        (making, rows) = tokio::task::spawn_blocking(move || {
            let rows = making.invoices(first, count)?;
            anyhow::Ok((making, rows))
        })
        .await??;
        copying::copy(&client, &rows).await?;
        made += count;
    }
    copying::finish(&client, &making).await?;
    Ok(made * EVENTS)
}
