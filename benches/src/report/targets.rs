//! What is wanted of which figure, and whether it was met: by the median.

use std::fmt::{Result, Write};

use super::{tables::show, thousands};
use crate::{
    append::{esrs, ours, parts, peer, raw},
    figures::{Figures, Point, Spread},
    http,
    log::{self, log},
    options::{Part, Plan},
    projecting,
    queries::{self, Size},
};

/// What is looked at.
enum Figure {
    /// Events to events of the same repetition.
    Ratio(Point, Point),
    /// Events a second.
    Events(Point),
    /// 99th percentile in milliseconds.
    P99(Point),
    /// Median latency to median latency of the same repetition.
    Growth(Point, Point),
    /// A number that was noted.
    Noted(Point, &'static str),
}

enum Bound {
    AtLeast(f64),
    AtMost(f64),
    /// Only told.
    None,
}

type Line = (String, Figure, Bound);

impl Figure {
    fn of(&self, figures: &Figures) -> Option<Spread> {
        match self {
            Self::Ratio(of, to) => figures.ratio(*of, *to),
            Self::Events(point) => figures.events(*point),
            Self::P99(point) => figures.p99_ms(*point),
            Self::Growth(of, to) => figures.growth(*of, *to),
            Self::Noted(point, what) => figures.noted(*point, what),
        }
    }

    fn show(&self, number: f64) -> String {
        match self {
            Self::Ratio(..) | Self::Growth(..) => format!("{number:.2}"),
            Self::Events(_) => thousands(number),
            Self::P99(_) => format!("{number:.2} ms"),
            Self::Noted(..) => format!("{number:.0}"),
        }
    }
}

pub(super) fn write(page: &mut String, plan: &Plan, figures: &Figures) -> Result {
    writeln!(page, "| | median [min-max] | wanted | |\n|---|---|---|---|")?;
    let lines = appends().into_iter().chain(https()).chain(projections(plan));
    for (name, figure, bound) in lines.chain(questions()).chain(logs()) {
        let Some(spread) = figure.of(figures) else { continue };
        let (wanted, met) = match bound {
            Bound::AtLeast(least) => (format!("≥ {}", figure.show(least)), spread.median >= least),
            Bound::AtMost(most) => (format!("≤ {}", figure.show(most)), spread.median <= most),
            Bound::None => (String::new(), true),
        };
        let met = match (wanted.as_str(), met) {
            ("", _) => "",
            (_, true) => "met",
            (_, false) => "**missed**",
        };
        let shown = show(spread, |number| figure.show(number));
        writeln!(page, "| {name} | {shown} | {wanted} | {met} |")?;
    }
    Ok(())
}

fn line(name: &str, figure: Figure, bound: Bound) -> Line {
    (name.to_owned(), figure, bound)
}

fn appends() -> Vec<Line> {
    use Bound::{AtLeast, None};
    use Figure::Ratio;
    let ours = |clients| ours::point(1, clients, 1);
    let ten = ours::point(1, 64, 10);
    let insert = |clients| raw::point(raw::INSERT, clients, 1);
    let copy = raw::point(raw::COPY_IN, 1, 1);
    let many = raw::point(raw::INSERT_MANY, 1, raw::MANY);
    let mut lines = vec![
        line("daybook to postgres-es, 1 client", Ratio(ours(1), peer::point(1)), AtLeast(1.0)),
        line("daybook to postgres-es, 8 clients", Ratio(ours(8), peer::point(8)), None),
        line("daybook to postgres-es, 64 clients", Ratio(ours(64), peer::point(64)), AtLeast(6.0)),
        line("daybook to esrs, 1 client", Ratio(ours(1), esrs::point(1)), None),
        line("daybook to esrs, 8 clients", Ratio(ours(8), esrs::point(8)), None),
        line("daybook to esrs, 64 clients", Ratio(ours(64), esrs::point(64)), None),
        line("daybook to single-row insert, 1 client", Ratio(ours(1), insert(1)), None),
        line("daybook to single-row insert, 8 clients", Ratio(ours(8), insert(8)), None),
        line("daybook to single-row insert, 64 clients", Ratio(ours(64), insert(64)), AtLeast(1.4)),
        line("daybook, 64 clients of 10 events, to copy in", Ratio(ten, copy), AtLeast(0.6)),
        line("daybook, 64 clients of 10 events, to insert of 100 rows", Ratio(ten, many), None),
    ];
    for what in [parts::NO_LOOKUP, parts::NO_RECORD, parts::NO_HASH, parts::NO_ROLES] {
        let ratio = Ratio(parts::point(what), parts::point(parts::WHOLE));
        lines.push(line(&format!("daybook {what} to whole, 64 clients"), ratio, None));
    }
    lines
}

fn https() -> Vec<Line> {
    use Bound::{AtLeast, AtMost, None};
    use Figure::{Events, P99, Ratio};
    let at = |what| http::point(what, 64);
    let (plain, live, settled) = (at(http::COMMANDS), at(http::LIVE), at(http::SETTLED));
    let executor = Ratio(plain, at(http::EXECUTOR));
    vec![
        line("HTTP commands a second, 64 connections", Events(plain), AtLeast(20_000.0)),
        line("their p99", P99(plain), AtMost(10.0)),
        line("HTTP to the executor, 64 connections", executor, None),
        line("HTTP to a no-op handler, 64 connections", Ratio(plain, at(http::NOOP)), None),
        line("HTTP commands a second, all live, 64 connections", Events(live), AtLeast(6_000.0)),
        line("all live to nobody following", Ratio(live, plain), None),
        line("all models and policies settled, p99", P99(settled), AtMost(250.0)),
    ]
}

fn projections(plan: &Plan) -> Vec<Line> {
    use Bound::{AtLeast, AtMost, None};
    use Figure::{Events, Noted, P99, Ratio};
    let of = |what| log(Part::Projections, what);
    let (one, all) = (of(log::ONE), of(log::ALL));
    let copy = log(Part::Log, log::COPY_OUT);
    let replay = |what| Ratio(one, log(Part::Log, what));
    let steady = projecting::hot(projecting::STEADY);
    vec![
        line("settled under 2,000 commands a second, p99", P99(steady), AtMost(250.0)),
        line("commands a second, all live", Events(projecting::hot(projecting::HOT)), None),
        line("orgs of one event followed a second", Figure::Events(one_each(plan)), None),
        line("events a second, one model rebuilt", Events(one), AtLeast(400_000.0)),
        line("events a second, all models in one pass", Events(all), AtLeast(100_000.0)),
        line("MiB to rebuild all models", Noted(all, MIB), AtMost(1_024.0)),
        line("one model rebuilt to copy out", Ratio(one, copy), None),
        line("one model rebuilt to postgres-es replay", replay(log::REPLAY), None),
        line("one model rebuilt to esrs replay", replay(log::REPLAY_OF_ESRS), None),
    ]
}

/// How the note of a process's memory is called.
const MIB: &str = "MiB at most";

/// An org has an opened invoice: one operation for all of them, told by org.
fn one_each(plan: &Plan) -> Point {
    projecting::many(plan)
}

fn questions() -> Vec<Line> {
    use Bound::{AtMost, None};
    use Figure::{Growth, P99};
    let mut lines = Vec::new();
    for name in queries::FLAT {
        let [small, large] = [Size::Tenth, Size::Whole].map(|size| queries::of(name, size));
        lines.push(line(&format!("{}, p99", name[1]), P99(large), AtMost(5.0)));
        let grown = format!("{}, ten times the history", name[1]);
        lines.push((grown, Growth(large, small), AtMost(1.5)));
    }
    for name in [&queries::PAGE_AS_OF, &queries::TRIAL_BALANCE] {
        let [small, large] = [Size::Tenth, Size::Whole].map(|size| queries::of(name, size));
        lines.push(line(&format!("{}, p99", name[1]), P99(large), None));
        lines.push((format!("{}, ten times the history", name[1]), Growth(large, small), None));
    }
    let first = queries::of(&queries::FIRST_AS_OF, Size::Whole);
    let seconds = Figure::Noted(first, "s until it was there");
    lines.push(line("seconds until a list of the past is there", seconds, None));
    lines
}

fn logs() -> Vec<Line> {
    use Bound::{AtLeast, AtMost, None};
    use Figure::{Events, Noted, Ratio};
    let of = |what| log(Part::Log, what);
    let one = |what| Point { orgs: 1, ..of(what) };
    let verify = of(log::VERIFY);
    vec![
        line("events a second, verified", Events(verify), AtLeast(250_000.0)),
        line("verify to copy out", Ratio(verify, of(log::COPY_OUT)), None),
        line("events a second, hashed on one core", Events(one(log::HASH)), AtLeast(1e6)),
        line("events a second, followed on one core", Events(one(log::FOLLOW)), None),
        line("events a second, sealed from nothing", Events(one(log::SEAL)), None),
        line("ms to seal a thousand new events", Noted(sealing(), "ms to seal them"), None),
        line("events a second, decoded", Events(of(log::DECODE)), None),
        line("decode to copy out", Ratio(of(log::DECODE), of(log::COPY_OUT)), None),
        line("decode to postgres-es replay", Ratio(of(log::DECODE), of(log::REPLAY)), None),
        line("decode to esrs replay", Ratio(of(log::DECODE), of(log::REPLAY_OF_ESRS)), None),
        line("MB a second, replayed", Noted(one(log::REPLAYED), "MB/s"), None),
        line("MB a second, exported", Noted(one(log::EXPORT), "MB/s"), None),
        line("events a second, export verified", Events(one(log::VERIFY_FILE)), None),
        line("MiB to replay", Noted(one(log::REPLAYED), MIB), AtMost(1_024.0)),
        line("MiB to export", Noted(one(log::EXPORT), MIB), AtMost(1_024.0)),
        line("MiB to verify", Noted(verify, MIB), AtMost(1_024.0)),
    ]
}

fn sealing() -> Point {
    Point { orgs: 1, events: 1_000, ..log(Part::Log, log::SEAL_MORE) }
}
