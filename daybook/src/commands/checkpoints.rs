//! `daybook checkpoints`

use anyhow::{Context, bail};
use ledger::store::Ledger;
use ledger::store::notary::{latest, sign_head};
use ledger::values::OrgId;

use super::dispatch::with_ledger;
use super::org::known;
use crate::cli::CheckpointsCommand;
use crate::config::{Checkpoints, Config};
use crate::installation::{draw, signers, write_private};
use crate::out;

/// Does what was typed after `checkpoints`.
pub(super) async fn run(config: &Config, command: CheckpointsCommand) -> anyhow::Result<()> {
    let settings = &config.checkpoints;
    match command {
        CheckpointsCommand::NewKey { name, output } => {
            let key = draw(name.as_deref().unwrap_or(&settings.name))?;
            match &output {
                None => out::line(format_args!("key          {}", *key.secret_text()))?,
                Some(path) if path.exists() => bail!("{} is there already", path.display()),
                Some(path) => {
                    write_private(path, &format!("{}\n", *key.secret_text()))?;
                    out::line(format_args!("key          in {}", path.display()))?;
                }
            }
            Ok(out::line(format_args!("verifier_key {}", key.verifier()))?)
        }
        CheckpointsCommand::Keys => {
            for key in signers(settings)?.known() {
                out::line(key)?;
            }
            Ok(())
        }
        CheckpointsCommand::Sign { org } => {
            with_ledger(config, |ledger| async move { sign(&ledger, settings, org).await }).await
        }
    }
}

async fn sign(ledger: &Ledger, settings: &Checkpoints, org: OrgId) -> anyhow::Result<()> {
    known(ledger, org).await?;
    sign_head(ledger, org, &signers(settings)?).await.context("the log was not signed")?;
    match latest(ledger, org).await? {
        Some(kept) => Ok(out::line(kept.note.trim_end_matches('\n'))?),
        None => bail!("the log of org {org} is empty: there is nothing to sign"),
    }
}
