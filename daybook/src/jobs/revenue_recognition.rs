//! `revenue-recognition`: what was billed ahead is earned through the end of the last month.

use ledger::books::open_from;
use ledger::earning::Earning;
use ledger::recorded::Actor;
use ledger::values::{InvoiceId, OrgId};
use projections::revenue::{Revenue, list};
use time::Date;
use tokio::sync::watch;

use super::Ground;
use super::due::{PAGE, today};
use super::every_org::{Summary, every_org};

/// Earns org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| earn(ground, org)).await
}

async fn earn(ground: &Ground, org: OrgId) -> anyhow::Result<usize> {
    let ledger = &ground.ledger;
    let Some(today) = today(ledger, org).await? else { return Ok(0) };
    let Some(through) = end_of_last_month(today) else { return Ok(0) };
    let ahead = ahead(ground, org).await?;
    let actor = Actor("job:revenue-recognition".to_owned());
    let mut earning = Earning::new(ledger, org, actor, through);
    match earning.earn(&ahead).await {
        Ok(()) => {}
        // The month was closed by hand, which earned all of it first.
        Err(error) if open_from(&error).is_some() => return Ok(0),
        Err(error) => return Err(error.into()),
    }
    Ok(usize::try_from(earning.report().invoices_earned)?)
}

/// Invoices with something left to earn.
async fn ahead(ground: &Ground, org: OrgId) -> anyhow::Result<Vec<InvoiceId>> {
    let snapshot = ground.current::<Revenue>(org).await?;
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = list(&snapshot, after, PAGE).await?;
        after = page.last().map(|row| (row.invoice_id.uuid(), row.item_type));
        ids.extend(page.iter().map(|row| row.invoice_id));
        if after.is_none() {
            break;
        }
    }
    snapshot.close().await?;
    ids.dedup();
    Ok(ids)
}

fn end_of_last_month(today: Date) -> Option<Date> {
    today.replace_day(1).ok()?.previous_day()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_running_month_earns_nothing_yet() {
        assert_eq!(end_of_last_month(date!(2026 - 03 - 31)), Some(date!(2026 - 02 - 28)));
        assert_eq!(end_of_last_month(date!(2026 - 03 - 01)), Some(date!(2026 - 02 - 28)));
    }
}
