//! esrs doing the same work, in a program of its own: it asks sqlx for OpenSSL, which nothing
//! else here is to link. `make bench` builds it (`benches/esrs/`) beside this one.

use std::time::Duration;

use anyhow::{bail, ensure};
use tokio::process::Command;

use crate::{
    bench::Bench,
    errand,
    figures::{Point, Sample},
    ground::{Database, Ground},
    job::{Job, Outcome, What},
    options::{Part, Plan},
};

/// Its program, which lies beside ours.
const PROGRAM: &str = "bench-esrs";
/// What it calls its table of our invoices' events.
pub(crate) const TABLE: &str = "invoice_events";

pub(crate) const fn point(clients: usize) -> Point {
    Point { part: Part::Append, what: "esrs", orgs: 1, clients, events: 1 }
}

pub(super) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    for clients in [1, 8, 64] {
        bench.point(point(clients), one(ground, plan, clients)).await;
    }
}

async fn one(ground: &Ground, plan: &Plan, clients: usize) -> anyhow::Result<Sample> {
    let database = ground.empty().await?;
    let what = What::Append { clients, invoices: plan.invoices, pace: plan.pace };
    let (rate, p50_ms, p99_ms, conflicts) = match ask(&database, what, plan.deadline).await? {
        Outcome::Appended { rate, p50_ms, p99_ms, conflicts } => (rate, p50_ms, p99_ms, conflicts),
        other => bail!(unlike(other)),
    };
    let sample = Sample { p50_ms: Some(p50_ms), p99_ms: Some(p99_ms), ..Sample::once(rate) };
    Ok(sample.noting("conflicts", conflicts))
}

/// Its table for events of invoices, empty.
///
/// # Errors
/// As [`errand::answer`].
pub(crate) async fn make_table(database: &Database, patience: Duration) -> anyhow::Result<()> {
    match ask(database, What::MakeTable, patience).await? {
        Outcome::Made => Ok(()),
        other => bail!(unlike(other)),
    }
}

/// Reads all events of [`TABLE`], and says how many there were.
///
/// # Errors
/// As [`errand::answer`].
pub(crate) async fn replay(database: &Database, patience: Duration) -> anyhow::Result<u64> {
    match ask(database, What::Replay, patience).await? {
        Outcome::Replayed { events } => Ok(events),
        other => bail!(unlike(other)),
    }
}

fn unlike(outcome: Outcome) -> String {
    format!("{PROGRAM} did something else: {outcome:?}")
}

async fn ask(database: &Database, what: What, patience: Duration) -> anyhow::Result<Outcome> {
    let program = std::env::current_exe()?.with_file_name(PROGRAM);
    ensure!(program.exists(), "{PROGRAM} is not built; `make bench` does it");
    let job = Job { place: database.place(), what };
    let mut command = Command::new(program);
    command.arg(serde_json::to_string(&job)?);
    errand::answer(command, patience).await
}
