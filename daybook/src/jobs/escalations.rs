//! `escalations`: overdue statements reach the levels of the schedule, and instalments that were
//! not paid are noted (contract S4.5, daily at 09:00 in the org's zone; a run that comes late
//! does the same).

use ledger::policies::{escalations, missed_instalments};
use ledger::store::account_id;
use ledger::subscription::Subscription;
use ledger::values::OrgId;
use time::{Duration, OffsetDateTime};
use tokio::sync::watch;

use super::Ground;
use super::every_org::{Summary, every_org};
use super::statement_rounds::{each, terms};

/// Nobody is reminded before this time of the day.
const AFTER_MIDNIGHT: Duration = Duration::hours(9);

/// Escalates what is due, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| escalate(ground, org, stop)).await
}

async fn escalate(
    ground: &Ground,
    org: OrgId,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<usize> {
    let ledger = &ground.ledger;
    let now = ledger.clock().now();
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let Some(rule) = account.cycle_rule() else { return Ok(0) };
    let today = rule.local_day(now)?;
    if is_early(now, rule.day_starts_at(today)?) {
        return Ok(0);
    }
    let terms = terms(ledger, org).await?;
    each(ledger, org, "escalations", stop, |id, statement| {
        let missed = missed_instalments(statement, today);
        let missed = missed.map(|command| (format!("instalments:{id}:{today}"), command));
        let level = escalations(id, statement, &terms, today);
        let level = level.map(|(level, command)| (format!("escalation:{id}:{level}"), command));
        missed.into_iter().chain(level).collect()
    })
    .await
}

fn is_early(now: OffsetDateTime, midnight: OffsetDateTime) -> bool {
    now - midnight < AFTER_MIDNIGHT
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn nobody_is_reminded_before_nine() {
        let midnight = datetime!(2026-03-10 05:00 UTC);
        assert!(is_early(datetime!(2026-03-10 13:59:59 UTC), midnight));
        assert!(!is_early(datetime!(2026-03-10 14:00 UTC), midnight));
    }
}
