//! Work in a process of its own, so that its memory can be told from ours.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use daybook::{cli::Replay, log_file, verify};
use ledger::{store::Ledger, values::OrgId};
use projections::engine::{RebuildOptions, rebuild};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::{process::Command, time::timeout};

use crate::{ground::Database, job::Place};

/// What is to be done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum What {
    /// Read models, by name; none named means all, in one pass.
    Rebuild { models: Vec<String>, switch: bool },
    /// The live database.
    Verify,
    /// A log into a file.
    Export { org: OrgId, file: PathBuf },
    /// A log into nothing, as lines.
    Replay { org: OrgId },
    /// A file.
    VerifyFile { file: PathBuf },
}

#[derive(Serialize, Deserialize)]
struct Errand {
    place: Place,
    what: What,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Done {
    pub(crate) seconds: f64,
    /// Written, where something was.
    pub(crate) bytes: u64,
    /// The most memory that the process ever had (`VmHWM`).
    pub(crate) peak_mib: f64,
}

/// Sends a process of this program on the errand.
///
/// # Errors
/// As [`answer`].
pub(crate) async fn send(
    database: &Database,
    what: What,
    patience: Duration,
) -> anyhow::Result<Done> {
    let errand = Errand { place: database.place(), what };
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--errand").arg(serde_json::to_string(&errand)?);
    answer(command, patience).await
}

/// What a program says on its standard output, as JSON.
///
/// # Errors
/// When it fails or is not done in time; then it is ended.
pub(crate) async fn answer<T: DeserializeOwned>(
    mut command: Command,
    patience: Duration,
) -> anyhow::Result<T> {
    command.kill_on_drop(true);
    let output =
        timeout(patience, command.output()).await.context("the errand took too long")??;
    if !output.status.success() {
        bail!("the errand failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Does it, in the process that was sent.
///
/// # Errors
/// What went wrong.
pub(crate) async fn run(errand: &str) -> anyhow::Result<()> {
    let Errand { place, what } = serde_json::from_str(errand)?;
    let database = Database::at(place);
    let ledger = database.ledger().await?;
    let started = Instant::now();
    let bytes = carry_out(&ledger, &database, what).await?;
    let seconds = started.elapsed().as_secs_f64();
    ledger.close().await;
    let done = Done { seconds, bytes, peak_mib: peak_mib()? };
    Ok(serde_json::to_writer(std::io::stdout(), &done)?)
}

async fn carry_out(ledger: &Ledger, database: &Database, what: What) -> anyhow::Result<u64> {
    match what {
        What::Rebuild { models, switch } => {
            let models: Vec<&str> = models.iter().map(String::as_str).collect();
            let relay = Some(database.config(schema::RELAY));
            let options =
                RebuildOptions { switch, compare: false, relay, ..RebuildOptions::default() };
            let report = rebuild(ledger, &models, options).await?;
            ensure!(report.failures.is_empty(), "not rebuilt: {:?}", report.failures.first());
        }
        What::Verify => {
            sound(&verify::database(ledger, None, &[], &[]).await?)?;
        }
        What::VerifyFile { file } => {
            sound(&[verify::file(&file, &[], &[])?])?;
        }
        What::Export { org, file } => {
            log_file::write(ledger, org, &file).await?;
            return Ok(fs::metadata(file)?.len());
        }
        What::Replay { org } => {
            let mut counted = Counted(0);
            let replay = Replay { org, stream: None, until: None };
            daybook::commands::replay::write(ledger, replay, &mut counted).await?;
            return Ok(counted.0);
        }
    }
    Ok(0)
}

fn sound(verdicts: &[verify::Verdict]) -> anyhow::Result<()> {
    ensure!(!verdicts.is_empty(), "there was nothing to verify");
    ensure!(verify::exit_code(verdicts) != verify::DAMAGED, "not sound: {verdicts:?}");
    Ok(())
}

/// Counts what would be written.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn peak_mib() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: f64 = line
        .and_then(|line| line.split_whitespace().next())
        .context("the kernel does not tell the peak of memory")?
        .parse()?;
    Ok(kib / 1_024.0)
}
