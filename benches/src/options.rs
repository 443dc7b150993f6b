//! What the caller may choose.

use std::{path::PathBuf, time::Duration};

use crate::{drive::Pace, figures::Point};

/// A part of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Commands through the executor, the database's own limits, peers.
    Append,
    /// Commands over HTTP.
    Http,
    /// Following the log: lag, many orgs, rebuilding.
    Projections,
    /// Answers from a long history.
    Queries,
    /// Reading, verifying, exporting a long log.
    Log,
}

const PARTS: [Part; 5] = [Part::Append, Part::Http, Part::Projections, Part::Queries, Part::Log];

/// Measures Daybook against its database and its peers on a cluster of its own.
#[derive(Debug, clap::Parser)]
#[command(name = "benches")]
pub(crate) struct Options {
    /// A look instead of a measurement: one short repetition, little of everything, no report
    /// file.
    #[arg(long)]
    quick: bool,
    /// Only these parts; the report is written to a file only if --report names one.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Only points whose name contains this; a name is what, orgs, clients and events, such as
    /// "daybook/1/64/10".
    #[arg(long, default_value = "")]
    points: String,
    /// Seconds measured at each point [default: 2, quick: 1].
    #[arg(long)]
    seconds: Option<f64>,
    /// How often each point is measured; medians are reported [default: 3, quick: 1].
    #[arg(long)]
    repetitions: Option<usize>,
    /// Invoices that the commands are about [default: 10000, quick: 1000].
    #[arg(long)]
    invoices: Option<u64>,
    /// Events of the long log; 10000000 takes about 25 minutes more and 20 GB of disk
    /// [default: 1000000, quick: 50000].
    #[arg(long)]
    events: Option<u64>,
    /// Invoices of the history that is queried, ten events each; 1000000 takes about 15 minutes
    /// more [default: 100000, quick: 5000].
    #[arg(long)]
    history: Option<u64>,
    /// Orgs of one event each; 100000 take about six minutes more, each time [default: 10000,
    /// quick: 1000].
    #[arg(long)]
    orgs: Option<u64>,
    /// Minutes after which no new point begins.
    #[arg(long, default_value_t = 150)]
    longest: u64,
    /// Where the page is written to [default: this crate's README.md; quick: nowhere].
    #[arg(long)]
    report: Option<PathBuf>,
    /// Does one thing for a run of ours in a process of its own.
    #[arg(long, hide = true)]
    pub(crate) errand: Option<String>,
}

/// What will be done.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Of a point that is a load.
    pub(crate) pace: Pace,
    /// How long one point may take.
    pub(crate) deadline: Duration,
    /// How long everything may take.
    pub(crate) longest: Duration,
    pub(crate) repetitions: usize,
    pub(crate) invoices: u64,
    pub(crate) events: u64,
    pub(crate) history: u64,
    pub(crate) orgs: u64,
    pub(crate) copied_rows: u64,
    pub(crate) parts: Vec<Part>,
    pub(crate) points: String,
    pub(crate) report: Option<PathBuf>,
}

impl Options {
    pub(crate) fn plan(self) -> Plan {
        let or = |usual, quick| if self.quick { quick } else { usual };
        let whole = !self.quick && self.points.is_empty() && self.only.is_empty();
        let readme = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
        let measured = Duration::from_secs_f64(self.seconds.unwrap_or(or(2, 1) as f64).max(0.1));
        Plan {
            pace: Pace { warm_up: Duration::from_millis(or(500, 200)), measured },
            deadline: measured + Duration::from_secs(120),
            longest: Duration::from_secs(60 * self.longest),
            repetitions: self.repetitions.unwrap_or(or(3, 1) as usize).max(1),
            // At least one for each of the 16 orgs.
            invoices: self.invoices.unwrap_or(or(10_000, 1_000)).max(16),
            events: self.events.unwrap_or(or(1_000_000, 50_000)),
            history: self.history.unwrap_or(or(100_000, 5_000)).max(1_000),
            orgs: self.orgs.unwrap_or(or(10_000, 1_000)).max(1),
            copied_rows: or(200_000, 50_000),
            parts: if self.only.is_empty() { PARTS.to_vec() } else { self.only },
            points: self.points,
            report: self.report.or_else(|| whole.then(readme)),
        }
    }
}

impl Plan {
    pub(crate) fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    pub(crate) fn wants(&self, point: Point) -> bool {
        self.has(point.part) && point.to_string().contains(&self.points)
    }

    /// How long work on so many events may take: at a tenth of what is wanted.
    pub(crate) fn patience(&self, events: u64) -> Duration {
        self.deadline + Duration::from_secs(events / 10_000)
    }

    /// How long work on so many orgs may take, one event of each.
    pub(crate) fn patience_with(&self, orgs: u64) -> Duration {
        self.deadline + Duration::from_secs(orgs / 100)
    }
}
