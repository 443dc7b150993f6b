//! Jobs in `serve`: looked at once a minute, run when due.

use std::time::Duration;

use ledger::store::Ledger;
use ledger::store::operating::beat;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::running::run;
use super::{Ground, JobName, Ran};

/// Between two looks.
const LOOK: Duration = Duration::from_secs(60);

/// The running scheduler.
pub struct Scheduler {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Scheduler {
    /// Starts; the first look is at once.
    pub fn start(ground: Ground) -> Self {
        let (stop, stopping) = watch::channel(false);
        Self { stop, task: tokio::spawn(look(ground, stopping)) }
    }

    /// Lets the job in hand come to a good end, and ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the scheduler failed");
        }
    }
}

async fn look(ground: Ground, stop: watch::Receiver<bool>) {
    // A long job must not make the others look dead.
    tokio::select! {
        () = work(&ground, stop) => {}
        () = live(&ground.ledger) => {}
    }
}

/// Shows that this scheduler cares for every job, until dropped.
async fn live(ledger: &Ledger) {
    let names = JobName::ALL.map(JobName::as_str);
    loop {
        if let Err(error) = beat(ledger, &names).await {
            tracing::warn!(error = %error, "the jobs' heartbeat failed");
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn work(ground: &Ground, mut stop: watch::Receiver<bool>) {
    loop {
        for job in JobName::ALL {
            if *stop.borrow() {
                return;
            }
            match run(ground, job, job.every(), &stop).await {
                Ok(Ran::Done(summary)) if summary.did_nothing() => {}
                Ok(Ran::Done(summary)) => {
                    tracing::info!(job = job.as_str(), %summary, "a job is done");
                }
                Ok(Ran::Elsewhere) => {}
                Err(error) => {
                    let error = format!("{error:#}");
                    tracing::error!(job = job.as_str(), error, "a job failed");
                }
            }
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
