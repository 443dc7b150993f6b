//! `failovers`: letters in place of e-mails that failed (contract S4.5, every six hours).

use ledger::policies::failovers;
use ledger::store::account_id;
use ledger::subscription::Subscription;
use ledger::values::OrgId;
use tokio::sync::watch;

use super::Ground;
use super::every_org::{Summary, every_org};
use super::statement_rounds::{each, terms};

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
    each(ledger, org, "failovers", stop, |id, statement| {
        let named = |(delivery, command)| (format!("failover:{id}:{delivery}"), command);
        failovers(statement, now, today).into_iter().map(named).collect()
    })
    .await
}
