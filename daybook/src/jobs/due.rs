//! What is due: the org's own day, and lists read to their end.

use ledger::store::{Ledger, account_id};
use ledger::subscription::Subscription;
use ledger::values::OrgId;
use projections::engine::EngineError;
use time::Date;

/// Things listed at a time.
pub(super) const PAGE: i64 = 500;

/// The day it is where the org is; `None` before its account is opened.
pub(super) async fn today(ledger: &Ledger, org: OrgId) -> anyhow::Result<Option<Date>> {
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let Some(rule) = account.cycle_rule() else { return Ok(None) };
    Ok(Some(rule.local_day(ledger.clock().now())?))
}

/// Everything that a list has, a page at a time.
pub(super) async fn all<T, C, F>(page: impl Fn(Option<T>) -> F) -> Result<C, EngineError>
where
    T: Copy,
    C: Default + Extend<T>,
    F: Future<Output = Result<Vec<T>, EngineError>>,
{
    let (mut found, mut after) = (C::default(), None);
    loop {
        let next = page(after).await?;
        after = next.last().copied();
        found.extend(next);
        if after.is_none() {
            return Ok(found);
        }
    }
}
