//! Figures as tables.

use std::fmt::{Result, Write};

use super::thousands;
use crate::{
    figures::{Figures, Point, Sample, Spread, spread},
    options::Part,
};

const SECTIONS: [(Part, &str); 5] = [
    (Part::Append, "Append"),
    (Part::Http, "HTTP"),
    (Part::Projections, "Projections"),
    (Part::Queries, "Queries"),
    (Part::Log, "The log"),
];

pub(super) fn write(page: &mut String, figures: &Figures) -> Result {
    for (part, title) in SECTIONS {
        if figures.rows().any(|(point, _)| point.part == part) {
            writeln!(page, "\n### {title}\n")?;
            table(page, figures, part)?;
        }
    }
    Ok(())
}

fn table(page: &mut String, figures: &Figures, part: Part) -> Result {
    writeln!(
        page,
        "| what | orgs | clients | events each | a second, median [min-max] \
         | events/s | p50 ms | p99 ms | |"
    )?;
    writeln!(page, "|---|---|---|---|---|---|---|---|---|")?;
    for (point, samples) in figures.rows().filter(|(point, _)| point.part == part) {
        let of = |read: fn(&Sample) -> Option<f64>| spread(samples.iter().filter_map(read));
        let shown = |number: Option<Spread>| number.map(|number| format!("{:.2}", number.median));
        let rate = of(|sample| Some(sample.rate)).map(|rate| show(rate, thousands));
        let events = figures.events(*point).map(|events| thousands(events.median));
        let p50 = shown(of(|sample| sample.p50_ms));
        let p99 = shown(of(|sample| sample.p99_ms));
        let note = Some(notes(samples));
        let cells = [rate, events, p50, p99, note].map(Option::unwrap_or_default).join(" | ");
        let Point { part: _, what, orgs, clients, events } = point;
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
        Some(format!("{} {what}", brief(median)))
    });
    told.collect::<Vec<_>>().join(", ")
}

fn brief(number: f64) -> String {
    if number < 100.0 { format!("{number:.2}") } else { thousands(number) }
}

/// Median, and the spread where there is one.
pub(super) fn show(spread: Spread, number: impl Fn(f64) -> String) -> String {
    let Spread { median, min, max } = spread;
    if min == max {
        return number(median);
    }
    format!("{} [{}-{}]", number(median), number(min), number(max))
}
