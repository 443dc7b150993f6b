//! `escalations`: overdue statements reach the levels of the schedule, instalments that were not
//! paid are noted, and what waited for the account goes on (contract S4.5, daily at 09:00 in the
//! org's zone; a run that comes late does the same).

use std::collections::BTreeSet;

use ledger::policies::{escalations, missed_instalments, resumption};
use ledger::store::account_id;
use ledger::subscription::Subscription;
use ledger::values::OrgId;
use projections::payment_plans::{PaymentPlans, in_instalments};
use projections::statements::{Statements, past_due};
use time::{Duration, OffsetDateTime};
use tokio::sync::watch;

use super::Ground;
use super::due::{PAGE, all};
use super::every_org::{Summary, every_org};
use super::statement_rounds::{Round, terms};

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
    let snapshot = ground.current::<Statements>(org).await?;
    let mut found: BTreeSet<_> = all(|after| past_due(&snapshot, today, after, PAGE)).await?;
    snapshot.close().await?;
    let snapshot = ground.current::<PaymentPlans>(org).await?;
    let paying: Vec<_> = all(|after| in_instalments(&snapshot, after, PAGE)).await?;
    found.extend(paying);
    snapshot.close().await?;
    let round = Round { ledger, org, job: "escalations", today, stop };
    let each = round.each(found, |id, statement| {
        let resumed = resumption(statement, &account, today);
        let resumed = resumed.map(|command| {
            // A statement may wait more than once; each time there is a decision.
            (format!("resumption:{id}:{}", statement.decisions()), command)
        });
        let missed = missed_instalments(statement, today);
        let missed = missed.map(|command| (format!("instalments:{id}:{today}"), command));
        let level = escalations(id, statement, &terms, today);
        let level = level.map(|(level, command)| (format!("escalation:{id}:{level}"), command));
        resumed.into_iter().chain(missed).chain(level).collect()
    });
    each.await
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
