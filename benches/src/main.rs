//! HOW FAST IT IS: Daybook against the limits of its database and against its peers, in one run,
//! on one durable cluster that is made for the run and removed after it.
//!
//! - `append/`: what PostgreSQL itself takes, our full command cycle, what its parts cost, and
//!   postgres-es and esrs doing the same work.
//! - `http/`: the same commands over HTTP, with and without everything that follows the log.
//! - `projecting/`: how far behind the read models are under load.
//! - `queries/`: what a long history does to the answers.
//! - `log/`: reading, rebuilding, verifying, exporting a long log.
//! - `history/`: long logs, made and copied in.
//! - `ground.rs`, `bench.rs`, `drive.rs`, `errand.rs`, `job.rs`, `cpu.rs`, `work.rs`: the cluster, points
//!   and their deadlines, the load, processes of their own, their time, and the work itself.
//! - `figures.rs`, `report/`: medians, ratios, and the page that `README.md` is.
//!
//! To add a point, measure it in one of the first five folders and name it in `report/targets.rs`
//! if something is wanted of it. A point that fails is written down and loses only itself.

mod append;
mod bench;
mod cpu;
mod drive;
mod errand;
mod figures;
mod ground;
mod history;
mod http;
mod job;
mod log;
mod machine;
mod options;
mod projecting;
mod queries;
mod report;
mod work;

use std::io::Write;

use anyhow::{Context, bail};
use clap::Parser;

use bench::Bench;
use figures::Figures;
use ground::Ground;
use machine::Machine;
use options::{Options, Part, Plan};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    if let Some(errand) = options.errand {
        return errand::run(&errand).await;
    }
    let plan = options.plan();
    let ground = Ground::prepare().await?;
    let measured = tokio::select! {
        measured = measure(&ground, &plan) => measured,
        // The cluster must not outlive us.
        _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
    };
    ground.stop().await?;
    let (machine, figures) = measured?;
    let page = report::page(&machine, &plan, &figures);
    std::io::stdout().write_all(page.as_bytes())?;
    if let Some(path) = &plan.report {
        std::fs::write(path, page).with_context(|| format!("write {}", path.display()))?;
    }
    Ok(())
}

/// What is compared is measured in the same repetition, minutes apart at most.
async fn measure(ground: &Ground, plan: &Plan) -> anyhow::Result<(Machine, Figures)> {
    let machine = Machine::look(ground).await?;
    let mut bench = Bench::new(ground, plan);
    for repetition in 1..=plan.repetitions {
        eprintln!("repetition {repetition} of {}", plan.repetitions);
        if plan.has(Part::Append) {
            append::measure(&mut bench).await;
        }
        if plan.has(Part::Http) {
            http::measure(&mut bench).await;
        }
        if plan.has(Part::Projections) {
            projecting::measure(&mut bench).await;
        }
    }
    if plan.has(Part::Log) || plan.has(Part::Projections) {
        log::measure(&mut bench).await;
    }
    if plan.has(Part::Queries) {
        queries::measure(&mut bench).await;
    }
    let figures = bench.figures;
    if figures.is_empty() {
        bail!("nothing was measured: no point is called {:?}", plan.points);
    }
    Ok((machine, figures))
}
