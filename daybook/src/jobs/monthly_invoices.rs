//! `monthly-invoices`: cycles that are due begin, and ended ones are issued where that is
//! automatic. Cycles that were missed, because nothing ran, are caught up in order.

use anyhow::Context as _;
use ledger::cycles::{CycleRequest, issue_on, start_cycle};
use ledger::invoice::{Invoice, monthly_invoice_id};
use ledger::recorded::Actor;
use ledger::store::{Context, ExecuteError, Ledger, account_id};
use ledger::subscription::Subscription;
use ledger::values::{CycleKey, OrgId};
use time::Date;
use tokio::sync::watch;

use super::every_org::{Summary, every_org};

/// Who acts.
const ACTOR: &str = "job:monthly-invoices";

/// How many ended cycles are looked at: a draft may have come back late, by a charge that found
/// its own invoice closed.
const LOOK_BACK: usize = 3;

/// A longer gap is caught up in several runs.
const AT_ONCE: usize = 36;

/// Issues and begins what is due, org by org.
pub(super) async fn run(ledger: &Ledger, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(ledger, stop, |org| bring_up_to_date(ledger, org)).await
}

async fn bring_up_to_date(ledger: &Ledger, org: OrgId) -> anyhow::Result<usize> {
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let (Some(opened), Some(rule)) = (account.account(), account.cycle_rule()) else {
        return Ok(0);
    };
    if !account.is_open() {
        return Ok(0);
    }
    let now = ledger.clock().now();
    let current = rule.cycle_at(now)?.key;
    let mut changed = 0;
    // What began in an earlier run has its charges by now; what begins in this run is issued in
    // a later one.
    if account.auto_issue()
        && let Some(last) = account.last_started_cycle()
    {
        let today = rule.local_day(now)?;
        for key in ended(last, current) {
            changed += usize::from(issue(ledger, org, key, today).await?);
        }
    }
    let mut next = match account.last_started_cycle() {
        Some(last) => last.next(),
        None => rule.cycle_at(opened.opened_at)?.key,
    };
    for _ in 0..AT_ONCE {
        if next > current {
            break;
        }
        changed += begin(ledger, org, next).await?;
        next = next.next();
    }
    Ok(changed)
}

/// Cycles that had begun before and have ended: the last few, oldest first.
fn ended(last_started: CycleKey, current: CycleKey) -> Vec<CycleKey> {
    let mut keys = Vec::new();
    let mut key = if last_started < current { last_started } else { current.previous() };
    for _ in 0..LOOK_BACK {
        keys.push(key);
        key = key.previous();
    }
    keys.reverse();
    keys
}

/// Begins a cycle and bills every patient then active. A cycle that billing rested through is
/// passed over.
async fn begin(ledger: &Ledger, org: OrgId, key: CycleKey) -> anyhow::Result<usize> {
    let now = ledger.clock().now();
    let actor = Actor(ACTOR.to_owned());
    let request = CycleRequest { org, cycle: Some(key), now, actor, issue_previous: false };
    match start_cycle(ledger, &request, &mut |_| {}).await {
        Ok(report) => Ok(1 + usize::try_from(report.patients.patients_billed)?),
        Err(ExecuteError::Refused(refusal)) if refusal.code() == "subscription.paused" => Ok(0),
        Err(error) => Err(error).with_context(|| format!("cycle {key} did not begin")),
    }
}

/// Issues a cycle's invoice if it is still a draft. `true` when it was.
async fn issue(
    ledger: &Ledger,
    org: OrgId,
    key: CycleKey,
    issued_on: Date,
) -> anyhow::Result<bool> {
    let id = monthly_invoice_id(org, key);
    let (invoice, _) = ledger.load::<Invoice>(org, id).await?;
    if !invoice.is_draft() {
        return Ok(false);
    }
    let name = format!("issue:{id}:{issued_on}");
    let context = Context::named(ledger, org, Actor(ACTOR.to_owned()), &name);
    let issued = ledger
        .batch(context)
        .then_from::<Invoice, Subscription>(id, account_id(org), move |account| {
            Ok(issue_on(account, issued_on))
        })
        .run()
        .await;
    match issued {
        Ok(outcome) => Ok(!outcome.replayed && !outcome.events.is_empty()),
        // All its lines were taken off again.
        Err(ExecuteError::Refused(refusal)) if refusal.code() == "invoice.nothing_to_issue" => {
            Ok(false)
        }
        Err(error) => Err(error).with_context(|| format!("the invoice of {key} was not issued")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> CycleKey {
        text.parse().unwrap()
    }

    #[test]
    fn the_running_cycle_is_never_issued() {
        let keys = ended(key("2026-03"), key("2026-03"));
        assert_eq!(keys, [key("2025-12"), key("2026-01"), key("2026-02")]);
    }

    #[test]
    fn when_the_next_cycle_has_come_the_last_one_has_ended() {
        let keys = ended(key("2026-02"), key("2026-03"));
        assert_eq!(keys, [key("2025-12"), key("2026-01"), key("2026-02")]);
    }
}
