//! Leases of jobs: however many nodes there are, a job runs on one of them at a time.
//!
//! Times are the database's, so that nodes need not agree on the hour.

use std::time::Duration;

use time::OffsetDateTime;
use tokio_postgres::Row;

use crate::store::{Ledger, StoreError};

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRun {
    /// Its name.
    pub job: String,
    /// Who runs it now.
    pub holder: Option<String>,
    /// When a scheduler last showed that it cares for it.
    pub heartbeat_at: Option<OffsetDateTime>,
    /// When it last began.
    pub started_at: Option<OffsetDateTime>,
    /// When it last ended well.
    pub last_success_at: Option<OffsetDateTime>,
    /// How often in a row it has ended badly.
    pub consecutive_failures: i32,
    /// How often it has ended badly, ever.
    pub errors_total: i64,
    /// How it ended badly last.
    pub last_error: Option<String>,
}

/// How often, and for how long without a sign of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// It is due when it last began this long ago.
    pub every: Duration,
    /// Its lease ends this long after its last sign of life.
    pub lease: Duration,
}

/// The right to run a job now.
pub struct Lease {
    ledger: Ledger,
    job: &'static str,
    holder: String,
    lease: Duration,
}

impl Lease {
    /// Takes the lease if the job is due and nobody else holds it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn take(
        ledger: &Ledger,
        job: &'static str,
        holder: &str,
        run: Run,
    ) -> Result<Option<Self>, StoreError> {
        let taken = execute(
            ledger,
            include_str!("take_lease.sql"),
            &[&job, &holder, &seconds(run.lease), &seconds(run.every)],
        )
        .await?;
        let (ledger, holder) = (ledger.clone(), holder.to_owned());
        Ok((taken == 1).then(|| Self { ledger, job, holder, lease: run.lease }))
    }

    /// Shows that the job is still being done. `false` when the lease was lost meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn renew(&self) -> Result<bool, StoreError> {
        let text = include_str!("renew_lease.sql");
        let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
            [&self.job, &self.holder, &seconds(self.lease)];
        Ok(execute(&self.ledger, text, &parameters).await? == 1)
    }

    /// Gives the lease back and notes how it went: `None` for well, otherwise what was wrong,
    /// without personal data.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn finish(self, error: Option<&str>) -> Result<(), StoreError> {
        let text = include_str!("finish_run.sql");
        execute(&self.ledger, text, &[&self.job, &self.holder, &error]).await?;
        Ok(())
    }
}

/// Shows that somebody cares for these jobs.
///
/// # Errors
///
/// [`StoreError`].
pub async fn beat(ledger: &Ledger, jobs: &[&str]) -> Result<(), StoreError> {
    execute(ledger, include_str!("beat.sql"), &[&jobs]).await?;
    Ok(())
}

/// How all jobs stand.
///
/// # Errors
///
/// [`StoreError`].
pub async fn job_runs(ledger: &Ledger) -> Result<Vec<JobRun>, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("reading jobs"))?;
    let rows = client
        .query(include_str!("job_runs.sql"), &[])
        .await
        .map_err(StoreError::database("reading jobs"))?;
    rows.iter().map(read).collect::<Result<_, _>>().map_err(StoreError::database("reading jobs"))
}

fn read(row: &Row) -> Result<JobRun, tokio_postgres::Error> {
    Ok(JobRun {
        job: row.try_get(0)?,
        holder: row.try_get(1)?,
        heartbeat_at: row.try_get(2)?,
        started_at: row.try_get(3)?,
        last_success_at: row.try_get(4)?,
        consecutive_failures: row.try_get(5)?,
        errors_total: row.try_get(6)?,
        last_error: row.try_get(7)?,
    })
}

async fn execute(
    ledger: &Ledger,
    text: &str,
    parameters: &[&(dyn tokio_postgres::types::ToSql + Sync)],
) -> Result<u64, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("leasing a job"))?;
    client.execute(text, parameters).await.map_err(StoreError::database("leasing a job"))
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
