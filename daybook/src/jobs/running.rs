//! Running one job: its lease, its signs of life, its record.

use std::time::Duration;

use anyhow::Context;
use ledger::store::operating::{Lease, Run};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::dead_letters::Queue;
use super::{
    Ground, JobName, Summary, accounting_export, checkpoint_publication, cleanup, dead_letters,
    email_scan, escalations, facesheets_overdue, failovers, inbox, model_check, monthly_invoices,
    outbox_delivery, overdue, prior_auth_expiry, retention_cleanup, revenue_recognition,
    storage_janitor,
};

/// A node that shows no sign of life for this long has lost its lease.
const LEASE: Duration = Duration::from_secs(120);

/// Between two signs of life.
const RENEW: Duration = Duration::from_secs(30);

/// What became of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ran {
    /// It ended well.
    Done(Summary),
    /// Another process has the lease, or the job is not due.
    Elsewhere,
}

/// Runs a job now, due or not, unless another process is running it.
///
/// # Errors
/// When the job failed, for all orgs or for one.
pub async fn run_now(
    ground: &Ground,
    job: JobName,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<Ran> {
    run(ground, job, Duration::ZERO, stop).await
}

/// Runs a job if it last began longer than `every` ago and nobody else is at it.
pub(super) async fn run(
    ground: &Ground,
    job: JobName,
    every: Duration,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<Ran> {
    let due = Run { every, lease: LEASE };
    let holder = holder();
    let Some(lease) = Lease::take(&ground.ledger, job.as_str(), &holder, due).await? else {
        return Ok(Ran::Elsewhere);
    };
    let result = tokio::select! {
        result = carry_out(ground, job, &holder, stop) => result,
        error = keep(&lease) => Err(error),
    };
    let complaint = match &result {
        Ok(summary) => summary.complaint(),
        Err(error) => Some(format!("{error:#}")),
    };
    lease.finish(complaint.as_deref()).await.context("cannot note how the job went")?;
    let summary = result?;
    match summary.complaint() {
        Some(complaint) => Err(anyhow::anyhow!(complaint)),
        None => Ok(Ran::Done(summary)),
    }
}

async fn carry_out(
    ground: &Ground,
    job: JobName,
    holder: &str,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<Summary> {
    match job {
        JobName::AccountingExport => accounting_export::run(ground, stop).await,
        JobName::MonthlyInvoices => monthly_invoices::run(&ground.ledger, stop).await,
        JobName::Overdue => overdue::run(ground, stop).await,
        JobName::Inbox => inbox::run(&ground.ledger, stop).await,
        JobName::RevenueRecognition => revenue_recognition::run(ground, stop).await,
        JobName::PriorAuthExpiry => prior_auth_expiry::run(ground, stop).await,
        JobName::FacesheetsOverdue => facesheets_overdue::run(ground, stop).await,
        JobName::Failovers => failovers::run(ground, stop).await,
        JobName::Escalations => escalations::run(ground, stop).await,
        JobName::EmailScan => email_scan::run(ground, stop).await,
        JobName::OutboxDelivery => outbox_delivery::run(ground, holder, stop).await,
        JobName::OutboxDeadLetter => dead_letters::run(&ground.ledger, Queue::Outbox).await,
        JobName::ExportDeadLetter => dead_letters::run(&ground.ledger, Queue::Export).await,
        JobName::CheckpointPublication => checkpoint_publication::run(ground, stop).await,
        JobName::ModelCheck => model_check::run(ground, stop).await,
        JobName::Cleanup => cleanup::run(ground, stop).await,
        JobName::RetentionCleanup => retention_cleanup::run(ground, stop).await,
        JobName::StorageJanitor => storage_janitor::run(ground).await,
    }
}

/// Renews the lease for as long as the job takes; ends only when the lease is lost.
async fn keep(lease: &Lease) -> anyhow::Error {
    let mut ends = Instant::now() + LEASE;
    loop {
        sleep(RENEW).await;
        let asked = Instant::now();
        match lease.renew().await {
            Ok(true) => ends = asked + LEASE,
            Ok(false) => return anyhow::anyhow!("the lease was lost to another process"),
            Err(error) if Instant::now() >= ends => {
                return anyhow::Error::new(error).context("the lease ran out");
            }
            // The lease lasts longer than one renewal; the next one may succeed.
            Err(error) => tracing::warn!(error = %error, "cannot renew the job's lease"),
        }
    }
}

/// Names this run among all nodes. A number drawn for it tells it from another run of the same
/// process, or of one that got the same number after a restart: neither may end its lease.
fn holder() -> String {
    let host = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
    let host = host.unwrap_or_else(|| "unknown".to_owned());
    format!("{host}:{}:{:08x}", std::process::id(), rand::random::<u32>())
}
