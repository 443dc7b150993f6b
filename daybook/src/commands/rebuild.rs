//! `daybook rebuild`

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, bail};
use ledger::store::Ledger;
use projections::engine::{RebuildOptions, RebuildReport, read_models, rebuild};

use super::org::known;
use crate::cli::Rebuild;
use crate::config::ServiceRoles;
use crate::out;
use crate::progress::Progress;

/// Differences that are printed; there may be thousands, and the first ones tell the story.
const PRINTED: usize = 20;

/// Rebuilds until told to abort, and prints what the comparison with the live tables found.
pub(super) async fn run(
    roles: ServiceRoles,
    ledger: Ledger,
    command: Rebuild,
    abort: Arc<AtomicBool>,
) -> anyhow::Result<()> {
    if let Some(org) = command.org {
        known(&ledger, org).await?;
    }
    let known_models: Vec<String> =
        read_models().iter().map(|model| model.name().to_owned()).collect();
    if let Some(unknown) = command.models.iter().find(|name| !known_models.contains(name)) {
        bail!("there is no read model {unknown:?}: there are {}", known_models.join(", "));
    }
    let names: Vec<&str> = command.models.iter().map(String::as_str).collect();
    let options = RebuildOptions {
        parallel: std::thread::available_parallelism().map_or(2, usize::from),
        on_progress: Some(shown()),
        org: command.org,
        relay: Some(roles.relay),
        abort,
        ..RebuildOptions::default()
    };
    let report = rebuild(&ledger, &names, options).await.context("cannot rebuild")?;
    print(&report)
}

/// The bar's total is not known before the first report.
fn shown() -> Arc<dyn Fn(projections::engine::Progress) + Send + Sync> {
    let bar = std::sync::OnceLock::new();
    Arc::new(move |now: projections::engine::Progress| {
        let events = i64::try_from(now.events).unwrap_or(i64::MAX);
        let bar = bar.get_or_init(|| Progress::new("rebuild", events));
        if now.orgs_done == now.orgs {
            bar.done();
        } else {
            bar.at(i64::try_from(now.events_read).unwrap_or(i64::MAX));
        }
    })
}

fn print(report: &RebuildReport) -> anyhow::Result<()> {
    let models = report.models.join(", ");
    out::line(format_args!("models     {models}"))?;
    out::line(format_args!("orgs       {}", report.orgs))?;
    out::line(format_args!("events     {} read", report.events_read))?;
    out::line(format_args!("tables     {} rebuilt", report.rebuilt))?;
    let (compared, different) = (report.compared, report.differences.len());
    out::line(format_args!("compared   {compared} with the live ones, {different} differences"))?;
    out::line(format_args!("switched   {}", report.switched))?;
    for difference in report.differences.iter().take(PRINTED) {
        let live = difference.live.as_deref().unwrap_or("no row");
        let rebuilt = difference.rebuilt.as_deref().unwrap_or("no row");
        out::line(format_args!(
            "difference org {} model {} row {} column {}: live {live}, rebuilt {rebuilt}",
            difference.org, difference.model, difference.key, difference.column
        ))?;
    }
    if different > PRINTED {
        out::line(format_args!("difference … and {} more", different - PRINTED))?;
    }
    for failure in &report.failures {
        let model = failure.model.as_deref().unwrap_or("all models");
        out::line(format_args!("failed     org {} {model}: {}", failure.org, failure.error))?;
    }
    if report.aborted {
        bail!("the rebuild was interrupted: run it again to finish");
    }
    if !report.failures.is_empty() {
        bail!("{} tables were not rebuilt", report.failures.len());
    }
    Ok(())
}
