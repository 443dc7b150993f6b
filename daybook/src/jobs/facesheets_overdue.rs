//! `facesheets-overdue`: requests for facesheets that nobody answered in time are found overdue.

use anyhow::Context as _;
use ledger::facesheet::{FacesheetCommand, MarkOverdue};
use ledger::recorded::Actor;
use ledger::store::{Context, ExecuteError, Ledger};
use ledger::values::{FacesheetId, OrgId};
use projections::facesheets::{Facesheets, due_before};
use time::Date;
use tokio::sync::watch;

use super::Ground;
use super::due::{PAGE, all, today};
use super::every_org::{Summary, every_org};

/// Marks what is due, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| mark(ground, org)).await
}

async fn mark(ground: &Ground, org: OrgId) -> anyhow::Result<usize> {
    let ledger = &ground.ledger;
    let Some(today) = today(ledger, org).await? else { return Ok(0) };
    let snapshot = ground.current::<Facesheets>(org).await?;
    let due: Vec<_> = all(|after| due_before(&snapshot, today, after, PAGE)).await?;
    snapshot.close().await?;
    let mut marked = 0;
    for id in due {
        marked += usize::from(mark_one(ledger, org, id, today).await?);
    }
    Ok(marked)
}

/// `true` when the request is overdue now and was not before.
async fn mark_one(
    ledger: &Ledger,
    org: OrgId,
    id: FacesheetId,
    today: Date,
) -> anyhow::Result<bool> {
    // The day is part of the name: a patient's facesheet may be asked for again.
    let name = format!("facesheets-overdue:{id}:{today}");
    let context = Context::named(ledger, org, Actor("job:facesheets-overdue".to_owned()), &name);
    let command = FacesheetCommand::MarkOverdue(MarkOverdue { today });
    match ledger.execute(&context, id, command).await {
        Ok(outcome) => Ok(!outcome.replayed && !outcome.events.is_empty()),
        // It came, was canceled or was asked for anew in between: nothing to mark.
        Err(ExecuteError::Refused(_)) => Ok(false),
        Err(error) => Err(error).with_context(|| format!("facesheet {id} was not marked overdue")),
    }
}
