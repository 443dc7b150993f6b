//! `failovers`: letters in place of e-mails and text messages that failed (contract S4.5, every
//! six hours).

use ledger::policies::failovers;
use ledger::store::account_id;
use ledger::subscription::Subscription;
use ledger::values::OrgId;
use projections::statement_deliveries::{StatementDeliveries, failing_over};
use tokio::sync::watch;

use super::Ground;
use super::due::{PAGE, all};
use super::every_org::{Summary, every_org};
use super::statement_rounds::{Round, terms};

/// Sends what is due, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| send(ground, org, stop)).await
}

async fn send(ground: &Ground, org: OrgId, stop: &watch::Receiver<bool>) -> anyhow::Result<usize> {
    let ledger = &ground.ledger;
    let terms = terms(ledger, org).await?;
    if !terms.enabled || !terms.email_failover_to_mail {
        return Ok(0);
    }
    let now = ledger.clock().now();
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let Some(rule) = account.cycle_rule() else { return Ok(0) };
    let today = rule.local_day(now)?;
    let snapshot = ground.current::<StatementDeliveries>(org).await?;
    let found = all(|after| failing_over(&snapshot, now, after, PAGE)).await?;
    snapshot.close().await?;
    let round = Round { ledger, org, job: "failovers", today, stop };
    let each = round.each(found, |id, statement| {
        let named = |(delivery, command)| (format!("failover:{id}:{delivery}"), command);
        failovers(statement, now, today).into_iter().map(named).collect()
    });
    each.await
}
