//! `daybook bundle`

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use evidence::{About, Made, make};
use ledger::store::Ledger;
use ledger::store::notary::{Signers, sign_head};
use ledger::values::OrgId;

use super::dispatch::with_ledger;
use super::org::known;
use crate::cli::{Bundle, Concerning};
use crate::config::Config;
use crate::installation::signers;
use crate::out;

/// Signs what nobody has signed yet, writes the file and says what it needs to be checked.
pub(super) async fn run(config: &Config, bundle: Bundle) -> anyhow::Result<()> {
    let signers = &signers(&config.checkpoints)?;
    with_ledger(config, |ledger| async move {
        let Bundle { org, concerning, output } = bundle;
        known(&ledger, org).await?;
        let about = about(&ledger, org, concerning).await?;
        let title = about.to_string();
        let Made { text, events, size } = made(&ledger, org, about, signers).await?;
        write(&text, &output)?;
        out::line(format_args!("{events} events of {title} in {}", output.display()))?;
        out::line(format_args!("checkpoint   at {size}"))?;
        Ok(out::line(format_args!("verifier_key {}", signers.key.verifier().of_log(org)))?)
    })
    .await
}

async fn about(ledger: &Ledger, org: OrgId, asked: Concerning) -> anyhow::Result<About> {
    match asked {
        Concerning { invoice: Some(id), .. } => Ok(About::Invoice { id }),
        Concerning { claim: Some(id), .. } => Ok(About::Claim { id }),
        Concerning { patient: Some(patient), .. } => Ok(About::patient(ledger, org, &patient)),
        Concerning { period: Some(month), .. } => {
            let month = About::month(ledger, org, month).await?;
            month.with_context(|| format!("org {org} has no account yet"))
        }
        Concerning { invoice: None, claim: None, patient: None, period: None } => {
            bail!("say what the bundle is about")
        }
    }
}

async fn made(
    ledger: &Ledger,
    org: OrgId,
    about: About,
    signers: &Signers,
) -> anyhow::Result<Made> {
    sign_head(ledger, org, signers).await.context("the log was not signed")?;
    Ok(make(ledger, org, about, &signers.known(), None).await?)
}

/// The file appears when it is whole.
fn write(text: &str, output: &Path) -> anyhow::Result<()> {
    let doing = || format!("cannot write {}", output.display());
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut draft = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
    draft.write_all(text.as_bytes()).with_context(doing)?;
    draft.as_file().sync_all().with_context(doing)?;
    draft.persist_noclobber(output).map_err(|error| error.error).with_context(doing)?;
    Ok(())
}
