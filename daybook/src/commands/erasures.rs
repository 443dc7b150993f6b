//! `daybook erasures`: who was erased, kept outside the backups, and given back after a restore.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use ledger::recorded::Actor;
use ledger::store::operating::{Erasure, erasures, is_back};
use ledger::store::{Context, Ledger};
use ledger::values::{OrgId, SubjectRef};
use projections::engine::{Engine, EngineOptions, read_models};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tokio::time::{Duration, Instant};
use uuid::Uuid;

use crate::cli::ErasuresCommand;
use crate::out;

/// Read models hear of the erasures before the command ends.
const PATIENCE: Duration = Duration::from_secs(300);

/// One line of the list. Ids are keyed hashes: they name nobody to whoever has not the key.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    org_id: Uuid,
    subject_id: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    erased_at: OffsetDateTime,
}

/// Does what was typed after `erasures`.
pub(super) async fn run(ledger: Ledger, command: ErasuresCommand) -> anyhow::Result<()> {
    match command {
        ErasuresCommand::List => list(&ledger).await,
        ErasuresCommand::Apply { file } => apply(&ledger, file).await,
    }
}

async fn list(ledger: &Ledger) -> anyhow::Result<()> {
    for one in erasures(ledger).await? {
        let (org_id, subject_id) = (one.org.0, one.subject.0);
        let line = Line { org_id, subject_id, erased_at: one.erased_at };
        out::line(serde_json::to_string(&line)?)?;
    }
    Ok(())
}

/// Erases again whoever a restore has brought back. Safe to repeat.
async fn apply(ledger: &Ledger, file: PathBuf) -> anyhow::Result<()> {
    let listed = tokio::task::spawn_blocking(move || read(&file)).await??;
    let mut touched = BTreeSet::new();
    let mut again = 0_usize;
    for one in &listed {
        if !is_back(ledger, one).await? {
            continue;
        }
        let context = Context::fresh(ledger, one.org, Actor("cli".to_owned()));
        let reason = "restored_backup".parse()?;
        ledger
            .erase(&context, one.subject, reason)
            .await
            .context("not everybody is erased again: repeat the command until it succeeds")?;
        touched.insert(one.org);
        again += 1;
    }
    tell_read_models(ledger, &touched).await?;
    out::line(format_args!("{} erasures listed, {again} erased again", listed.len()))?;
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Vec<Erasure>> {
    let opened = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    let mut listed = Vec::new();
    for (index, line) in BufReader::new(opened).lines().enumerate() {
        let wrong = || format!("{}, line {}", file.display(), index + 1);
        let line = line.with_context(wrong)?;
        if line.trim().is_empty() {
            continue;
        }
        let Line { org_id, subject_id, erased_at } =
            serde_json::from_str(&line).with_context(wrong)?;
        listed.push(Erasure { org: OrgId(org_id), subject: SubjectRef(subject_id), erased_at });
    }
    Ok(listed)
}

/// What read models keep for searching goes with the event; nobody else may be serving.
async fn tell_read_models(ledger: &Ledger, orgs: &BTreeSet<OrgId>) -> anyhow::Result<()> {
    if orgs.is_empty() {
        return Ok(());
    }
    let engine = Arc::new(Engine::start(ledger.clone(), EngineOptions::default()));
    let deadline = Instant::now() + PATIENCE;
    for org in orgs {
        let head = ledger.head(*org).await?.unwrap_or(0);
        for model in read_models() {
            let waited = engine.wait_for(*org, model.name(), head, deadline).await;
            waited.with_context(|| format!("{} has not heard of it", model.name()))?;
        }
    }
    if let Ok(engine) = Arc::try_unwrap(engine) {
        engine.stop().await;
    }
    Ok(())
}
