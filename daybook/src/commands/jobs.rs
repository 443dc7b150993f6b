//! `daybook jobs`

use std::sync::Arc;

use anyhow::bail;
use ledger::store::Ledger;
use ledger::store::operating::job_runs;
use projections::engine::{Engine, EngineOptions};
use tokio::sync::watch;

use super::key::instant;
use crate::cli::JobsCommand;
use crate::config::Config;
use crate::jobs::{self, Ground, JobName, Ran};
use crate::out;

/// Does what was typed after `jobs`; a job that is told to stop ends with the org in hand.
pub(super) async fn run(
    config: &Config,
    ledger: Ledger,
    command: JobsCommand,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    match command {
        JobsCommand::Run { job, month } => {
            if month.is_some() && job != JobName::AccountingExport {
                bail!("--month is for accounting-export");
            }
            // Nobody else may be keeping the read models up to date.
            let engine = Arc::new(Engine::start(ledger.clone(), EngineOptions::default()));
            let ground = Ground { month, ..Ground::new(config, ledger, engine.clone())? };
            let ran = jobs::run_now(&ground, job, &stop).await;
            drop(ground);
            if let Ok(engine) = Arc::try_unwrap(engine) {
                engine.stop().await;
            }
            match ran? {
                Ran::Done(summary) => Ok(out::line(format_args!("{}: {summary}", job.as_str()))?),
                Ran::Elsewhere => bail!("another process is running {}", job.as_str()),
            }
        }
        JobsCommand::List => list(&ledger).await,
    }
}

async fn list(ledger: &Ledger) -> anyhow::Result<()> {
    let runs = job_runs(ledger).await?;
    let rows = JobName::ALL.iter().map(|job| {
        let run = runs.iter().find(|run| run.job == job.as_str());
        let at = |read: fn(&ledger::store::operating::JobRun) -> Option<time::OffsetDateTime>| {
            instant(run.and_then(read))
        };
        [
            job.as_str().to_owned(),
            format!("{} s", job.every().as_secs()),
            run.and_then(|run| run.holder.clone()).unwrap_or_default(),
            at(|run| run.heartbeat_at),
            at(|run| run.last_success_at),
            run.map_or(0, |run| run.consecutive_failures).to_string(),
            run.and_then(|run| run.last_error.clone()).unwrap_or_default(),
        ]
    });
    let header =
        ["job", "every", "running on", "heartbeat", "last success", "failures", "last error"];
    Ok(out::table(header, rows)?)
}
