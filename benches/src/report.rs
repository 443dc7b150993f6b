//! The page: machine, method, every figure, and the ratios that decide.

use std::fmt::Write;

use crate::{
    figures::{Figures, Point, Sample, Spread, spread},
    machine::Machine,
    options::Plan,
    ours, peer, raw,
    rebuild::{self, log},
};

const METHOD: &str = "\
Everything runs in one process on one cluster that is made for the run: client and server share
the cores and speak over a unix socket. It is durable (`fsync`, `synchronous_commit`,
`full_page_writes`, data checksums). Every point has a fresh database just after a checkpoint, a
closed loop of callers, and a warm-up that is not counted. Ratios are taken within a repetition,
then the median of them: compare ratios, not absolute figures, between machines.

- **daybook**: a command through the executor with everything on: the look-up of its idempotency
  key, the decision by the real rules (a line on an open invoice), leaf hashes, the idempotency
  record, three roles under forced row-level security, one durable append. With 10 events, a
  command is a batch of ten lines on one invoice. After every point the log is checked: no gap,
  head equal to the number of events.
- **postgres-es**: version 0.5 with its documented table and a connection for every writer; the
  same aggregate, rules and commands; loads the invoice from its events, decides, appends one
  event, commits. No idempotency, no tenants, no order between aggregates, no hashes.
- **insert 1 row**, **insert rows**, **copy in**: prepared statements into a table with the
  columns, checks and two indexes of `events`; nothing is decided, hashed or looked up.
- **log**: whole invoices of ten events each (opened, six lines, issued, sent, paid), filled in
  through the executor by 64 callers. *copy out* sends whole rows and does not look at them;
  *decode* reads what a rebuild needs in order and decodes it; *postgres-es* is its `replay_all`
  over the same events, counting them.
- **rebuild: all** and the read models by name: into the idle table, as `daybook rebuild` does,
  without comparing and switching; all in one pass, or one alone. Events a second count the whole
  log.
";

pub(crate) fn page(machine: &Machine, plan: &Plan, figures: &Figures) -> String {
    let mut page = String::new();
    // Writing to a string does not fail.
    let _ = write_page(&mut page, machine, plan, figures);
    page
}

fn write_page(
    page: &mut String,
    machine: &Machine,
    plan: &Plan,
    figures: &Figures,
) -> std::fmt::Result {
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
        plan.measured.as_secs_f64(),
        machine.load
    )?;
    writeln!(
        page,
        "- **Size:** {} invoices, {} events in the log that is read\n",
        plan.invoices, plan.events
    )?;
    writeln!(page, "## What it comes to\n")?;
    ratios(page, figures)?;
    writeln!(page, "\n## How it is measured\n\n{METHOD}")?;
    writeln!(page, "## Every figure\n")?;
    table(page, figures)
}

const fn point(what: &'static str, clients: usize, events: u64) -> Point {
    Point { what, orgs: 1, clients, events }
}

/// What is compared with what, and what we want of it.
const RATIOS: [(&str, Point, Point, &str); 12] = [
    (
        "daybook to postgres-es, 1 client",
        point(ours::COMMANDS, 1, 1),
        point(peer::COMMANDS, 1, 1),
        "≥ 1",
    ),
    (
        "daybook to postgres-es, 8 clients",
        point(ours::COMMANDS, 8, 1),
        point(peer::COMMANDS, 8, 1),
        "",
    ),
    (
        "daybook to postgres-es, 64 clients, one org",
        point(ours::COMMANDS, 64, 1),
        point(peer::COMMANDS, 64, 1),
        "≥ 5",
    ),
    (
        "daybook to single-row insert, 1 client",
        point(ours::COMMANDS, 1, 1),
        point(raw::INSERT, 1, 1),
        "",
    ),
    (
        "daybook to single-row insert, 8 clients",
        point(ours::COMMANDS, 8, 1),
        point(raw::INSERT, 8, 1),
        "",
    ),
    (
        "daybook to single-row insert, 64 clients",
        point(ours::COMMANDS, 64, 1),
        point(raw::INSERT, 64, 1),
        "≥ 1.4",
    ),
    (
        "daybook, 64 clients of 10 events, to copy in",
        point(ours::COMMANDS, 64, 10),
        point(raw::COPY_IN, 1, 1),
        "≥ 0.6",
    ),
    (
        "daybook, 64 clients of 10 events, to insert of 100 rows",
        point(ours::COMMANDS, 64, 10),
        point(raw::INSERT_MANY, 1, raw::MANY),
        "",
    ),
    ("decode to copy out", log(rebuild::DECODE), log(rebuild::COPY_OUT), ""),
    ("decode to postgres-es replay", log(rebuild::DECODE), log(rebuild::REPLAY), ""),
    ("one model rebuilt to postgres-es replay", log(rebuild::ONE), log(rebuild::REPLAY), ""),
    ("one model rebuilt to copy out", log(rebuild::ONE), log(rebuild::COPY_OUT), ""),
];

fn ratios(page: &mut String, figures: &Figures) -> std::fmt::Result {
    writeln!(page, "| ratio, events to events | median [min-max] | wanted |\n|---|---|---|")?;
    for (name, of, to, wanted) in RATIOS {
        if let Some(ratio) = figures.ratio(of, to) {
            writeln!(
                page,
                "| {name} | {} | {wanted} |",
                show(ratio, |ratio| format!("{ratio:.2}"))
            )?;
        }
    }
    for (name, of, wanted) in [
        ("events decoded a second", rebuild::DECODE, ""),
        ("events a second, one model rebuilt", rebuild::ONE, "≥ 300k"),
        ("events a second, all models rebuilt in one pass", rebuild::ALL, "≥ 100k"),
    ] {
        if let Some(rate) = figures.events(log(of)) {
            writeln!(page, "| {name} | {} | {wanted} |", show(rate, thousands))?;
        }
    }
    Ok(())
}

fn table(page: &mut String, figures: &Figures) -> std::fmt::Result {
    writeln!(
        page,
        "| what | orgs | clients | events each | a second, median [min-max] \
         | events/s | p50 ms | p99 ms | |"
    )?;
    writeln!(page, "|---|---|---|---|---|---|---|---|---|")?;
    for (point, samples) in figures.rows() {
        let of = |read: fn(&Sample) -> Option<f64>| spread(samples.iter().filter_map(read));
        let shown = |number: Option<Spread>| number.map(|number| format!("{:.2}", number.median));
        let rate = of(|sample| Some(sample.rate)).map(|rate| show(rate, thousands));
        let events = figures.events(*point).map(|events| thousands(events.median));
        let p50 = shown(of(|sample| sample.p50_ms));
        let p99 = shown(of(|sample| sample.p99_ms));
        let note = Some(notes(samples));
        let cells = [rate, events, p50, p99, note].map(Option::unwrap_or_default).join(" | ");
        let Point { what, orgs, clients, events } = point;
        writeln!(page, "| {what} | {orgs} | {clients} | {events} | {cells} |")?;
    }
    Ok(())
}

/// The medians of what else was noted.
fn notes(samples: &[Sample]) -> String {
    let Some(first) = samples.first() else { return String::new() };
    let told = first.notes.iter().enumerate().filter_map(|(index, (what, _))| {
        let numbers = samples.iter().filter_map(|sample| sample.notes.get(index));
        let median = spread(numbers.map(|(_, number)| *number))?.median;
        Some(format!("{median:.2} {what}"))
    });
    told.collect::<Vec<_>>().join(", ")
}

fn show(spread: Spread, number: impl Fn(f64) -> String) -> String {
    let Spread { median, min, max } = spread;
    if min == max {
        return number(median);
    }
    format!("{} [{}-{}]", number(median), number(min), number(max))
}

fn thousands(number: f64) -> String {
    if number < 10_000.0 { format!("{number:.0}") } else { format!("{:.1}k", number / 1_000.0) }
}
