//! The rows, appended.

use time::OffsetDateTime;

use super::{ImportFailure, Mapping, Source, Survey, reading};
use crate::{
    import::{Begun, Finished, HISTORY, Import, ImportCommand, ImportSource, import_id},
    recorded::Actor,
    store::{Context, ExecuteError, Ledger, history::Past},
    values::{ImportId, OrgId},
};

/// Events of one append. It is part of what a step is: never change it while imports are open.
const STEP: usize = 250;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Events of the source, this time or before.
    pub events: i64,
    /// Whether all of it was there already.
    pub was_finished: bool,
    /// Whether an interrupted import was gone on with.
    pub resumed: bool,
    /// The head of the log now.
    pub head: i64,
}

/// Appends every row of the surveyed source to the empty log of `org`, or goes on with doing so.
///
/// # Errors
///
/// [`ImportFailure`]; after [`ImportFailure::Step`] the same call goes on.
pub async fn bring_in(
    ledger: &Ledger,
    org: OrgId,
    source: &mut Source,
    mapping: &Mapping,
    survey: &Survey,
    progress: &mut (dyn FnMut(i64) + Send),
) -> Result<Brought, ImportFailure> {
    if let Some(unreadable) = survey.unreadable.first() {
        return Err(unreadable.clone().into());
    }
    let head = ledger.head(org).await?.ok_or(ImportFailure::UnknownOrg(org))?;
    let id = import_id(org, &survey.digest);
    let (known, _) = ledger.load::<Import>(org, id).await.map_err(step(0))?;
    if known.finished().is_some() {
        return Ok(Brought { events: survey.rows, was_finished: true, resumed: false, head });
    }
    if head > 0 && known.begun().is_none() {
        return Err(ImportFailure::OrgHasEvents { org, events: head });
    }
    let began_at = begin(ledger, org, id, survey).await?;
    append(ledger, org, source, &Step { mapping, survey, began_at }, progress).await?;
    let finished = Finished {
        digest: survey.digest,
        entries: 0,
        events: survey.rows,
        invoices: 0,
        streams: survey.streams,
    };
    let context = named(ledger, org, survey, "finish");
    let finish = ImportCommand::Finish(finished);
    let outcome = ledger.execute(&context, id, finish).await.map_err(step(survey.rows))?;
    let resumed = known.begun().is_some();
    Ok(Brought { events: survey.rows, was_finished: false, resumed, head: outcome.position })
}

/// The first event of the log. Answers when it was made: rows without a time get this one.
async fn begin(
    ledger: &Ledger,
    org: OrgId,
    id: ImportId,
    survey: &Survey,
) -> Result<OffsetDateTime, ImportFailure> {
    let context = named(ledger, org, survey, "begin");
    let begun =
        Begun { digest: survey.digest, rows: survey.rows, source: ImportSource::PostgresEs };
    let begin = ImportCommand::Begin(begun);
    let outcome = ledger.execute(&context, id, begin).await.map_err(step(0))?;
    let first = ledger.read(org, 0, 1).await?.pop();
    match first {
        Some(first) if first.aggregate_id == id.uuid() => Ok(first.occurred_at),
        // Somebody else began to use the org meanwhile.
        Some(_) | None => Err(ImportFailure::OrgHasEvents { org, events: outcome.position }),
    }
}

struct Step<'a> {
    mapping: &'a Mapping,
    survey: &'a Survey,
    began_at: OffsetDateTime,
}

async fn append(
    ledger: &Ledger,
    org: OrgId,
    source: &mut Source,
    of: &Step<'_>,
    progress: &mut (dyn FnMut(i64) + Send),
) -> Result<(), ImportFailure> {
    let mut waiting: Vec<Past> = Vec::with_capacity(STEP);
    let mut done = 0;
    source.rewind().await?;
    loop {
        let rows = source.next().await?;
        let ended = rows.is_empty();
        for row in &rows {
            let mut past = reading::read(org, of.mapping, row)?;
            past.occurred_at = past.occurred_at.or(Some(of.began_at));
            waiting.push(past);
            if waiting.len() == STEP {
                let events = std::mem::replace(&mut waiting, Vec::with_capacity(STEP));
                done = give(ledger, org, of, done, events).await?;
                progress(done);
            }
        }
        if ended {
            break;
        }
    }
    if !waiting.is_empty() {
        done = give(ledger, org, of, done, waiting).await?;
        progress(done);
    }
    Ok(())
}

/// One append, under a name that follows from the source and the rows: done once.
async fn give(
    ledger: &Ledger,
    org: OrgId,
    of: &Step<'_>,
    done: i64,
    events: Vec<Past>,
) -> Result<i64, ImportFailure> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let context = named(ledger, org, of.survey, &format!("rows-from-{}", done + 1));
    ledger.append_past(context, events).await.map_err(step(done + 1))?;
    Ok(done + count)
}

fn named(ledger: &Ledger, org: OrgId, survey: &Survey, what: &str) -> Context {
    let name = format!("import:{}:{what}", survey.digest);
    Context::named(ledger, org, Actor(HISTORY.to_owned()), &name)
}

fn step(row: i64) -> impl FnOnce(ExecuteError) -> ImportFailure {
    move |source| ImportFailure::Step { row, source }
}
