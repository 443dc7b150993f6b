//! What an org may ask for over HTTP, so that a scheduler elsewhere can make it happen.

use std::time::Duration;

use api::jobs::{Answering, JobFailed, JobStanding, Jobs, OrgJob};
use ledger::store::operating::job_runs;
use ledger::values::OrgId;

use super::{Ground, JobName, cleanup, email_scan, retention_cleanup};

/// Answers the API.
pub struct Asked {
    ground: Ground,
    heartbeat: Option<Duration>,
}

impl Asked {
    /// Jobs on this ground; `heartbeat` is how old a sign of life may be, if anybody asks.
    pub fn new(ground: Ground, heartbeat: Option<Duration>) -> Self {
        Self { ground, heartbeat }
    }

    async fn standing_of_all(&self) -> anyhow::Result<Vec<JobStanding>> {
        let runs = job_runs(&self.ground.ledger).await?;
        let standing = |job: &JobName| {
            let run = runs.iter().find(|run| run.job == job.as_str());
            let started_at = run.and_then(|run| run.started_at);
            JobStanding {
                job: job.as_str(),
                every: job.every(),
                running: run.is_some_and(|run| run.holder.is_some()),
                heartbeat_at: run.and_then(|run| run.heartbeat_at),
                started_at,
                last_success_at: run.and_then(|run| run.last_success_at),
                consecutive_failures: run.map_or(0, |run| run.consecutive_failures),
                errors: run.map_or(0, |run| run.errors_total),
                due_at: started_at.map(|started| started + job.every()),
            }
        };
        Ok(JobName::ALL.iter().map(standing).collect())
    }

    async fn run_for(&self, job: OrgJob, org: OrgId) -> anyhow::Result<usize> {
        match job {
            OrgJob::Cleanup => cleanup::clean(&self.ground, org).await,
            OrgJob::EmailScan => email_scan::scan(&self.ground, org).await,
            OrgJob::RetentionCleanup => retention_cleanup::let_go(&self.ground, org).await,
        }
    }
}

impl Jobs for Asked {
    fn heartbeat(&self) -> Option<Duration> {
        self.heartbeat
    }

    fn standing(&self) -> Answering<'_, Vec<JobStanding>> {
        Box::pin(async { self.standing_of_all().await.map_err(failed) })
    }

    fn run(&self, job: OrgJob, org: OrgId) -> Answering<'_, usize> {
        Box::pin(async move { self.run_for(job, org).await.map_err(failed) })
    }
}

fn failed(error: anyhow::Error) -> JobFailed {
    JobFailed(format!("{error:#}"))
}
