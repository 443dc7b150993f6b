//! The page: machine, method, every figure, and what they come to beside what was wanted.
//!
//! - `targets.rs`: what is wanted of which figure. `method.rs`: how it was measured.
//! - `tables.rs`: figures as tables. `bounds.md`: why what is missed is missed.

mod method;
mod tables;
mod targets;

use std::fmt::{Result, Write};

use crate::{figures::Figures, machine::Machine, options::Plan};

pub(crate) fn page(machine: &Machine, plan: &Plan, figures: &Figures) -> String {
    let mut page = String::new();
    // Writing to a string does not fail.
    let _ = write_page(&mut page, machine, plan, figures);
    page
}

fn write_page(page: &mut String, machine: &Machine, plan: &Plan, figures: &Figures) -> Result {
    writeln!(page, "# How fast it is\n")?;
    writeln!(
        page,
        "Written by `make bench`; do not edit. \
         Choices: `cargo run --release -p benches -- --help`.\n"
    )?;
    writeln!(
        page,
        "- **Machine:** {} cores, {}, {} GiB",
        machine.cores, machine.processor, machine.memory_gib
    )?;
    writeln!(
        page,
        "- **Versions:** daybook {}, PostgreSQL {}, Linux {}",
        env!("CARGO_PKG_VERSION"),
        machine.postgresql,
        machine.kernel
    )?;
    writeln!(
        page,
        "- **Run:** {}, {} repetitions of {:.1} s a point; load when it \
         began {} (other work makes every figure worse)",
        machine.measured_on,
        plan.repetitions,
        plan.pace.measured.as_secs_f64(),
        machine.load
    )?;
    writeln!(
        page,
        "- **Size:** commands about {} invoices; {} events in the long log; {} invoices in the \
         history that is asked about; {} orgs of one event\n",
        plan.invoices, plan.events, plan.history, plan.orgs
    )?;
    writeln!(page, "## What it comes to\n")?;
    targets::write(page, plan, figures)?;
    writeln!(page, "\n## What bounds it\n\n{}", include_str!("bounds.md"))?;
    writeln!(page, "## How it is measured\n\n{}", method::METHOD)?;
    writeln!(page, "## Every figure")?;
    tables::write(page, figures)?;
    failures(page, figures)
}

/// What could not be measured, and why.
fn failures(page: &mut String, figures: &Figures) -> Result {
    if figures.failures().is_empty() {
        return Ok(());
    }
    writeln!(page, "\n## Not measured\n")?;
    for (point, why) in figures.failures() {
        let why = why.lines().next().unwrap_or_default();
        writeln!(page, "- {point}: {why}")?;
    }
    Ok(())
}

/// A number a person can read.
fn thousands(number: f64) -> String {
    if number < 10_000.0 { format!("{number:.0}") } else { format!("{:.1}k", number / 1_000.0) }
}
