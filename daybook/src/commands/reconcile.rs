//! `daybook reconcile`

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use adapters::stripe::StripeStatement;
use anyhow::{Context as _, bail};
use api::reconciliation::{Order, Report, reconcile};
use ledger::ports::statements::{BadLine, StatementError, StatementReader};
use ledger::reconciliation::{Difference, Side, Statement};
use ledger::recorded::Actor;
use ledger::store::{Context, Ledger};

use super::org::known;
use crate::cli::{Provider, Reconcile};
use crate::out;
use crate::progress::Progress;

/// Differences were found.
const DIFFERENT: u8 = 2;
/// Differences that are printed; all of them are exceptions.
const PRINTED: usize = 50;

/// Reconciles, says what was found, and answers the exit code.
pub(super) async fn run(ledger: Ledger, command: Reconcile) -> anyhow::Result<ExitCode> {
    known(&ledger, command.org).await?;
    let reader: Box<dyn StatementReader> = match command.provider {
        Provider::Stripe => Box::new(StripeStatement),
    };
    let actor = Actor("cli".to_owned());
    let order = Order {
        org: command.org,
        // Its own id: the same file typed twice is two runs, and the second finds what is known.
        run_id: Context::fresh(&ledger, command.org, actor.clone()).command_id,
        actor,
        provider: reader.provider(),
        from: command.from,
        through: command.through,
        days: command.days,
        dry_run: command.dry_run,
        book: command.book,
    };
    let path = command.file;
    let statement = tokio::task::spawn_blocking(move || read(&*reader, &path)).await??;
    let head = ledger.head(order.org).await?.unwrap_or(0);
    let progress = Progress::new("reading the log", head);
    let heard = |position| progress.at(position);
    let report = reconcile(&ledger, &order, statement, &heard).await;
    progress.done();
    let report = report.context("the statement was not reconciled")?;
    print(&order, &report)?;
    let clean = report.differences.is_empty();
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

fn read(reader: &dyn StatementReader, path: &Path) -> anyhow::Result<Statement> {
    let mut file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let read = reader.read(&mut file, &mut |lines| tracing::debug!(lines, "reading"));
    match read {
        Ok(statement) => Ok(statement),
        Err(StatementError::Lines { total, told }) => {
            let told: Vec<String> = told.iter().map(sentence).collect();
            bail!("{total} lines of {} cannot be read:\n{}", path.display(), told.join("\n"))
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn sentence(bad: &BadLine) -> String {
    let column = bad.column.as_ref().map(|column| format!(", column {column}"));
    format!("line {}{}: {}", bad.line, column.unwrap_or_default(), bad.problem)
}

fn print(order: &Order, report: &Report) -> std::io::Result<()> {
    let (from, through) = (report.terms.from, report.terms.through);
    out::line(format_args!("covers     {from} to {through}"))?;
    let foreign = match report.foreign {
        0 => String::new(),
        foreign => format!(", {foreign} of other orgs"),
    };
    out::line(format_args!("lines      {}{foreign}, {} matched", report.lines, report.matched))?;
    let behind = report.position - report.read_models_at;
    if behind > 0 {
        out::line(format_args!("models     {behind} events behind the log"))?;
    }
    for (class, count) in report.by_class() {
        out::line(format_args!("different  {count} {}", class.word()))?;
    }
    for difference in report.differences.iter().take(PRINTED) {
        out::line(described(order, difference))?;
    }
    if report.differences.len() > PRINTED {
        let more = report.differences.len() - PRINTED;
        out::line(format_args!("exception  … and {more} more"))?;
    }
    out::line(format_args!(
        "exceptions {} raised, {} reopened, {} known, {} cleared",
        report.raised, report.reopened, report.known, report.cleared
    ))?;
    let proposed = report.proposals.len();
    out::line(format_args!("entries    {proposed} proposed, {} booked", report.booked))
}

fn described(order: &Order, difference: &Difference) -> String {
    let id = difference.exception_id(order.org, order.provider);
    let (class, item) = (difference.class.word(), difference.item.word());
    let (ours, theirs) = (side(&difference.ours), side(&difference.theirs));
    format!("exception  {id} {class} {item} on {}: ours {ours}, theirs {theirs}", difference.on)
}

fn side(side: &Side) -> String {
    let amount = side.amount.map(|amount| format!("{} {}", amount.decimal(), amount.currency()));
    let words =
        [amount, side.on.map(|on| on.to_string()), side.status.as_ref().map(ToString::to_string)];
    let words: Vec<String> = words.into_iter().flatten().collect();
    if words.is_empty() { "nothing".to_owned() } else { words.join(" ") }
}
