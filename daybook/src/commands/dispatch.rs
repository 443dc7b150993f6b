//! From the word to its file.

use std::future::Future;
use std::process::ExitCode;

use ledger::store::Ledger;

use super::{erase, export, import, jobs, key, migrate, org, rebuild, reconcile, replay, verify};
use crate::cli::Command;
use crate::config::Config;
use crate::installation::Installation;
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
        Command::Rebuild(rebuild) => with_installation(&config, |installation, ledger| {
            rebuild::run(installation, ledger, rebuild)
        })
        .await
        .map(done),
        Command::Reconcile(command) => {
            with_ledger(&config, |ledger| reconcile::run(ledger, command)).await
        }
        Command::Replay(replay) => {
            with_ledger(&config, |ledger| replay::run(ledger, replay)).await.map(done)
        }
        Command::Export(export) => {
            with_ledger(&config, |ledger| export::run(ledger, export)).await.map(done)
        }
        Command::Import(command) => {
            with_ledger(&config, |ledger| import::run(ledger, *command)).await
        }
        Command::Verify(verify) => verify::run(&config, verify).await,
        Command::Erase(erase) => {
            with_ledger(&config, |ledger| erase::run(ledger, erase)).await.map(done)
        }
        Command::Jobs(command) => {
            with_ledger(&config, |ledger| jobs::run(&config, ledger, command)).await.map(done)
        }
        Command::CheckConfig => Ok(ExitCode::SUCCESS),
    }
}

/// Opens the installation and its ledger for one piece of work, and closes both after it.
pub(super) async fn with_ledger<T, F, W>(config: &Config, work: W) -> anyhow::Result<T>
where
    F: Future<Output = anyhow::Result<T>>,
    W: FnOnce(Ledger) -> F,
{
    with_installation(config, |_, ledger| work(ledger)).await
}

async fn with_installation<T, F, W>(config: &Config, work: W) -> anyhow::Result<T>
where
    F: Future<Output = anyhow::Result<T>>,
    W: FnOnce(crate::config::ServiceRoles, Ledger) -> F,
{
    let installation = Installation::open(config).await?;
    let result = match installation.ledger().await {
        Ok(ledger) => {
            let result = work(installation.roles().clone(), ledger.clone()).await;
            ledger.close().await;
            result
        }
        Err(error) => Err(error),
    };
    // What went wrong first is what matters.
    let closed = installation.close().await;
    let value = result?;
    closed?;
    Ok(value)
}
