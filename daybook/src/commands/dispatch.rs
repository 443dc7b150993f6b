//! From the word to its file.

use std::future::Future;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ledger::store::Ledger;
use tokio::sync::watch;

use super::interrupted::{Tell, until_interrupted};
use super::{
    bundle, checkpoints, database, erase, erasures, export, import, jobs, key, migrate, org,
    rebuild, reconcile, replay, verify,
};
use crate::cli::{Command, JobsCommand, Rebuild};
use crate::config::{Config, ServiceRoles};
use crate::installation::Installation;
use crate::serve::Signals;
use crate::{demo, serve};

/// Does what was typed.
///
/// # Errors
/// What did not work, and what to do about it.
pub async fn run(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    let done = |()| ExitCode::SUCCESS;
    match command {
        Command::Serve => serve::serve(config).await.map(done),
        Command::Demo(demo) => demo::demo(config, demo).await.map(done),
        Command::Migrate => migrate::run(&config).await.map(done),
        Command::Org(command) => {
            with_ledger(&config, |ledger| org::run(ledger, command)).await.map(done)
        }
        Command::Key(command) => {
            with_ledger(&config, |ledger| key::run(ledger, command)).await.map(done)
        }
        Command::Rebuild(command) => rebuilding(&config, command).await,
        Command::Reconcile(command) => {
            with_ledger(&config, |ledger| reconcile::run(ledger, command)).await
        }
        Command::Replay(replay) => {
            with_ledger(&config, |ledger| replay::run(ledger, replay)).await.map(done)
        }
        Command::Export(export) => {
            with_ledger(&config, |ledger| export::run(ledger, export)).await.map(done)
        }
        Command::Bundle(bundle) => bundle::run(&config, bundle).await.map(done),
        Command::Checkpoints(command) => checkpoints::run(&config, command).await.map(done),
        Command::Import(command) => {
            with_installation(&config, None, |roles, ledger| import::run(roles, ledger, *command))
                .await
        }
        Command::Verify(verify) => verify::run(&config, verify).await,
        Command::Erase(erase) => {
            with_ledger(&config, |ledger| erase::run(ledger, erase)).await.map(done)
        }
        Command::Erasures(command) => {
            with_ledger(&config, |ledger| erasures::run(ledger, command)).await.map(done)
        }
        Command::Jobs(command) => at_jobs(&config, command).await.map(done),
        Command::Database(command) => database::run(&config, command).await,
        Command::CheckConfig => Ok(ExitCode::SUCCESS),
    }
}

/// What is rebuilt stays rebuilt; the next run goes on.
async fn rebuilding(config: &Config, command: Rebuild) -> anyhow::Result<ExitCode> {
    let abort = Arc::new(AtomicBool::new(false));
    let told = abort.clone();
    let tell: Tell = Box::new(move || told.store(true, Ordering::Relaxed));
    with_installation(config, Some(tell), |roles, ledger| {
        rebuild::run(roles, ledger, command, abort)
    })
    .await
}

/// A job ends with the org in hand, and gives its lease back.
async fn at_jobs(config: &Config, command: JobsCommand) -> anyhow::Result<()> {
    let (stop, stopping) = watch::channel(false);
    let tell: Tell = Box::new(move || {
        stop.send_replace(true);
    });
    with_installation(config, Some(tell), |_, ledger| jobs::run(config, ledger, command, stopping))
        .await
}

/// Opens the installation and its ledger for one piece of work, and closes both after it.
pub(super) async fn with_ledger<T, F, W>(config: &Config, work: W) -> anyhow::Result<T>
where
    F: Future<Output = anyhow::Result<T>>,
    W: FnOnce(Ledger) -> F,
{
    with_installation(config, None, |_, ledger| work(ledger)).await
}

async fn with_installation<T, F, W>(
    config: &Config,
    tell: Option<Tell>,
    work: W,
) -> anyhow::Result<T>
where
    F: Future<Output = anyhow::Result<T>>,
    W: FnOnce(ServiceRoles, Ledger) -> F,
{
    // A signal while it opens is remembered until it is open.
    let mut signals = Signals::listen()?;
    let installation = Installation::open(config).await?;
    let result = match installation.ledger().await {
        Ok(ledger) => {
            let roles = installation.roles().clone();
            let result = until_interrupted(&mut signals, tell, work(roles, ledger.clone())).await;
            ledger.close().await;
            result
        }
        Err(error) => Err(error),
    };
    signals.end_at_once();
    // What went wrong first is what matters.
    let closed = installation.close().await;
    let value = result?;
    closed?;
    Ok(value)
}
