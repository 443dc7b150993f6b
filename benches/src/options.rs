//! What the caller may choose.

use std::{path::PathBuf, time::Duration};

use crate::figures::Point;

/// Measures Daybook against its database and its peers on a cluster of its own.
#[derive(Debug, clap::Parser)]
#[command(name = "benches")]
pub(crate) struct Options {
    /// A look instead of a measurement: one short repetition, few events, no report file.
    #[arg(long)]
    quick: bool,
    /// Seconds measured at each point [default: 3, quick: 1].
    #[arg(long)]
    seconds: Option<f64>,
    /// How often each point is measured; medians are reported [default: 3, quick: 1].
    #[arg(long)]
    repetitions: Option<usize>,
    /// Invoices that the commands are about [default: 10000, quick: 1000].
    #[arg(long)]
    invoices: Option<u64>,
    /// Events that the read model is rebuilt from [default: 1000000, quick: 100000].
    #[arg(long)]
    events: Option<u64>,
    /// Measure only points whose name contains this; a name is what, orgs, clients and events,
    /// such as "daybook/1/64/10".
    #[arg(long, default_value = "")]
    only: String,
    /// Where the page is written to [default: this crate's README.md; quick: nowhere].
    #[arg(long)]
    report: Option<PathBuf>,
}

/// What will be done.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) measured: Duration,
    pub(crate) warm_up: Duration,
    pub(crate) repetitions: usize,
    pub(crate) invoices: u64,
    pub(crate) events: u64,
    pub(crate) copied_rows: u64,
    pub(crate) only: String,
    pub(crate) report: Option<PathBuf>,
}

impl Options {
    pub(crate) fn plan(self) -> Plan {
        let or = |usual, quick| if self.quick { quick } else { usual };
        let whole = !self.quick && self.only.is_empty();
        let readme = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
        Plan {
            measured: Duration::from_secs_f64(self.seconds.unwrap_or(or(3, 1) as f64).max(0.1)),
            warm_up: Duration::from_millis(or(500, 200)),
            repetitions: self.repetitions.unwrap_or(or(3, 1) as usize).max(1),
            // At least one for each of the 16 orgs.
            invoices: self.invoices.unwrap_or(or(10_000, 1_000)).max(16),
            events: self.events.unwrap_or(or(1_000_000, 100_000)),
            copied_rows: or(200_000, 50_000),
            only: self.only,
            report: self.report.or_else(|| whole.then(readme)),
        }
    }
}

impl Plan {
    pub(crate) fn wants(&self, point: Point) -> bool {
        point.to_string().contains(&self.only)
    }
}
