//! `daybook rebuild`

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, bail};
use ledger::recorded::Actor;
use ledger::store::Ledger;
use projections::engine::{
    Acceptance, Asked, Disagreement, RebuildOptions, RebuildReport, read_models, rebuild,
};

use super::org::known;
use crate::cli::Rebuild;
use crate::config::ServiceRoles;
use crate::out;
use crate::progress::Progress;

/// Differences that are printed; there may be thousands, and the first ones tell the story.
const PRINTED: usize = 20;

/// Tables differ, and nobody has accepted that.
const DIFFERENT: u8 = 2;

/// Rebuilds until told to abort, and prints what the comparison with the live tables found.
pub(super) async fn run(
    roles: ServiceRoles,
    ledger: Ledger,
    command: Rebuild,
    abort: Arc<AtomicBool>,
) -> anyhow::Result<ExitCode> {
    if let Some(org) = command.org {
        known(&ledger, org).await?;
    }
    let known_models: Vec<String> =
        read_models().iter().map(|model| model.name().to_owned()).collect();
    if let Some(unknown) = command.models.iter().find(|name| !known_models.contains(name)) {
        bail!("there is no read model {unknown:?}: there are {}", known_models.join(", "));
    }
    let names: Vec<&str> = command.models.iter().map(String::as_str).collect();
    let cli = Actor("cli".to_owned());
    let options = RebuildOptions {
        parallel: std::thread::available_parallelism().map_or(2, usize::from),
        on_progress: Some(shown()),
        org: command.org,
        relay: Some(roles.relay),
        abort,
        asked: command.org.map(|org| Asked::by(&ledger, org, cli.clone())),
        switch: !command.no_switch,
        resume: command.resume,
        accept: command.reason.map(|reason_code| Acceptance { actor: cli, reason_code }),
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

fn print(report: &RebuildReport) -> anyhow::Result<ExitCode> {
    let models = report.models.join(", ");
    out::line(format_args!("models     {models}"))?;
    out::line(format_args!("orgs       {}", report.orgs))?;
    out::line(format_args!("events     {} read", report.events_read))?;
    out::line(format_args!("tables     {} rebuilt", report.rebuilt))?;
    let (compared, different) = (report.compared, report.differences.len());
    out::line(format_args!("compared   {compared} with the live ones, {different} differences"))?;
    out::line(format_args!("switched   {}", report.switched))?;
    for found in &report.disagreements {
        disagreement(found)?;
    }
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
    if report.waiting > 0 {
        out::line(format_args!(
            "waiting    {}: look at the differences; --resume --force --reason CODE lets them answer",
            report.waiting
        ))?;
        return Ok(ExitCode::from(DIFFERENT));
    }
    Ok(ExitCode::SUCCESS)
}

/// What differs in one table, in sum.
fn disagreement(found: &Disagreement) -> anyhow::Result<()> {
    let why = if found.explained { "explained by a new version" } else { "unexplained" };
    out::line(format_args!(
        "different  org {} model {} at {}: {} rows, {why}",
        found.org, found.model, found.position, found.rows
    ))?;
    for moved in &found.money {
        let currency = moved.currency.as_deref().unwrap_or("-");
        let (column, minor) = (&moved.column, &moved.minor);
        out::line(format_args!("           {column} {currency} {minor} minor units in all"))?;
    }
    Ok(())
}
