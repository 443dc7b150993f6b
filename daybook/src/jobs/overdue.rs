//! `overdue`: invoices whose due date has passed with money owed are marked.

use anyhow::Context as _;
use ledger::invoice::{Invoice, InvoiceCommand, MarkOverdue, Status};
use ledger::recorded::Actor;
use ledger::store::{Context, ExecuteError, Ledger, account_id};
use ledger::subscription::Subscription;
use ledger::values::{InvoiceId, OrgId};
use time::Date;
use tokio::sync::watch;

use super::every_org::{Summary, every_org};

/// Invoices listed at a time.
const PAGE: i64 = 500;

/// Marks what is due, org by org.
pub(super) async fn run(ledger: &Ledger, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(ledger, stop, |org| mark(ledger, org)).await
}

async fn mark(ledger: &Ledger, org: OrgId) -> anyhow::Result<usize> {
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let Some(rule) = account.cycle_rule() else { return Ok(0) };
    let today = rule.local_day(ledger.clock().now())?;
    let (mut marked, mut after) = (0, None);
    loop {
        let page = ledger.streams(org, "invoice", after, PAGE).await?;
        for id in &page {
            marked += usize::from(mark_one(ledger, org, InvoiceId::new(*id), today).await?);
        }
        match page.last() {
            Some(last) => after = Some(*last),
            None => return Ok(marked),
        }
    }
}

/// `true` when the invoice is overdue now and was not before.
async fn mark_one(ledger: &Ledger, org: OrgId, id: InvoiceId, today: Date) -> anyhow::Result<bool> {
    let (invoice, _) = ledger.load::<Invoice>(org, id).await?;
    if !is_late(&invoice, today) {
        return Ok(false);
    }
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

fn is_late(invoice: &Invoice, today: Date) -> bool {
    let open = matches!(invoice.status(), Status::Sent | Status::Partial | Status::Failed);
    let owed = invoice.balance().is_some_and(|balance| balance.is_positive());
    open && owed && !invoice.is_given_up() && invoice.due_on().is_some_and(|due_on| due_on < today)
}
