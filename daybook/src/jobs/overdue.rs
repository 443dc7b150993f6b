//! `overdue`: invoices whose due date has passed with money owed are marked.

use anyhow::Context as _;
use ledger::invoice::{InvoiceCommand, MarkOverdue};
use ledger::recorded::Actor;
use ledger::store::{Context, ExecuteError, Ledger};
use ledger::values::{InvoiceId, OrgId};
use projections::invoices::{Invoices, falling_overdue};
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
    let snapshot = ground.current::<Invoices>(org).await?;
    let due: Vec<_> = all(|after| falling_overdue(&snapshot, today, after, PAGE)).await?;
    snapshot.close().await?;
    let mut marked = 0;
    for id in due {
        marked += usize::from(mark_one(ledger, org, id, today).await?);
    }
    Ok(marked)
}

/// `true` when the invoice is overdue now and was not before.
async fn mark_one(ledger: &Ledger, org: OrgId, id: InvoiceId, today: Date) -> anyhow::Result<bool> {
    // The day is part of the name: an invoice may fall overdue again after a reversal.
    let name = format!("overdue:{id}:{today}");
    let context = Context::named(ledger, org, Actor("job:overdue".to_owned()), &name);
    let command = InvoiceCommand::MarkOverdue(MarkOverdue { today });
    match ledger.execute(&context, id, command).await {
        Ok(outcome) => Ok(!outcome.replayed && !outcome.events.is_empty()),
        // Somebody paid in between: nothing to mark.
        Err(ExecuteError::Refused(_)) => Ok(false),
        Err(error) => Err(error).with_context(|| format!("invoice {id} was not marked overdue")),
    }
}
