//! HOW FAST IT IS: Daybook against the limits of its database and against its peers, in one run,
//! on one durable cluster that is made for the run and removed after it.
//!
//! - `raw.rs`: what PostgreSQL itself takes and gives.
//! - `ours.rs`: our full command cycle.
//! - `peer.rs`: postgres-es doing the same work.
//! - `rebuild.rs`: a read model from a long log.
//! - `ground.rs`, `drive.rs`, `work.rs`: the cluster, the closed loop, and the work itself.
//! - `figures.rs`, `report.rs`: medians, ratios, and the page that `README.md` is.
//!
//! To add a point, measure it in one of the first four files and name it in `report.rs`.

mod drive;
mod figures;
mod ground;
mod machine;
mod options;
mod ours;
mod peer;
mod raw;
mod rebuild;
mod report;
mod work;

use std::io::Write;

use anyhow::{Context, bail};
use clap::Parser;

use figures::Figures;
use ground::Ground;
use machine::Machine;
use options::{Options, Plan};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let plan = Options::parse().plan();
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

/// Every point once per repetition, so that what is compared was measured minutes apart at most.
async fn measure(ground: &Ground, plan: &Plan) -> anyhow::Result<(Machine, Figures)> {
    let machine = Machine::look(ground).await?;
    let mut figures = Figures::default();
    for repetition in 1..=plan.repetitions {
        eprintln!("repetition {repetition} of {}", plan.repetitions);
        raw::measure(ground, plan, &mut figures).await?;
        ours::measure(ground, plan, &mut figures).await?;
        peer::measure(ground, plan, &mut figures).await?;
    }
    rebuild::measure(ground, plan, &mut figures).await?;
    if figures.is_empty() {
        bail!("nothing was measured: no point is called {:?}", plan.only);
    }
    Ok((machine, figures))
}
