//! What the jobs over statements share: every statement of an org, a page at a time.
//!
//! The log itself is asked, not a read model: a letter or a level must not be missed because
//! tables are being rebuilt, and the statement decides anyway.

use anyhow::Context as _;
use ledger::delegation::{Delegation, Terms, delegation_id};
use ledger::patient_money::order;
use ledger::recorded::Actor;
use ledger::statement::{Statement, StatementCommand};
use ledger::store::{Context, ExecuteError, Ledger};
use ledger::values::{Currency, OrgId, StatementId};
use tokio::sync::watch;

/// Statements listed at a time.
const PAGE: i64 = 500;

/// The founder's settings in force.
pub(super) async fn terms(ledger: &Ledger, org: OrgId) -> anyhow::Result<Terms> {
    let (delegation, _) = ledger.load::<Delegation>(org, delegation_id(org)).await?;
    Ok(delegation.terms(Currency::USD))
}

/// An order to a statement; its name says what is to happen once.
pub(super) type Named = (String, StatementCommand);

/// Gives what `ask` wants of each statement; answers how many were changed.
pub(super) async fn each(
    ledger: &Ledger,
    org: OrgId,
    job: &str,
    stop: &watch::Receiver<bool>,
    ask: impl Fn(StatementId, &Statement) -> Vec<Named>,
) -> anyhow::Result<usize> {
    let (mut changed, mut after) = (0, None);
    while !*stop.borrow() {
        let page = ledger.streams(org, "statement", after, PAGE).await?;
        after = page.last().copied();
        for id in page.into_iter().map(StatementId::new) {
            let (statement, _) = ledger.load::<Statement>(org, id).await?;
            for (name, command) in ask(id, &statement) {
                changed += usize::from(give(ledger, org, job, id, &name, command).await?);
            }
        }
        if after.is_none() {
            break;
        }
    }
    Ok(changed)
}

/// `true` when something happened that had not happened before.
async fn give(
    ledger: &Ledger,
    org: OrgId,
    job: &str,
    id: StatementId,
    name: &str,
    command: StatementCommand,
) -> anyhow::Result<bool> {
    let context = Context::named(ledger, org, Actor(format!("job:{job}")), name);
    match order(ledger, context, id, command).await {
        Ok(outcome) => Ok(!outcome.replayed && !outcome.events.is_empty()),
        // Paid, taken over or beyond the delegation meanwhile: nothing to do.
        Err(ExecuteError::Refused(_)) => Ok(false),
        Err(error) => Err(error).with_context(|| format!("{job}: statement {id}")),
    }
}
