//! `prior-auth-expiry`: authorizations whose last day has passed are expired.

use anyhow::Context as _;
use ledger::prior_auth::{Expire, PriorAuthCommand};
use ledger::recorded::Actor;
use ledger::store::{Context, ExecuteError, Ledger};
use ledger::values::{OrgId, PriorAuthId};
use projections::prior_auths::{PriorAuths, expiring};
use time::Date;
use tokio::sync::watch;

use super::Ground;
use super::due::{PAGE, all, today};
use super::every_org::{Summary, every_org};

/// Expires what is due, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| expire(ground, org)).await
}

async fn expire(ground: &Ground, org: OrgId) -> anyhow::Result<usize> {
    let ledger = &ground.ledger;
    let Some(today) = today(ledger, org).await? else { return Ok(0) };
    let snapshot = ground.current::<PriorAuths>(org).await?;
    let due: Vec<_> = all(|after| expiring(&snapshot, today, after, PAGE)).await?;
    snapshot.close().await?;
    let mut expired = 0;
    for id in due {
        expired += usize::from(expire_one(ledger, org, id, today).await?);
    }
    Ok(expired)
}

/// `true` when it is expired now and was not before.
async fn expire_one(
    ledger: &Ledger,
    org: OrgId,
    id: PriorAuthId,
    today: Date,
) -> anyhow::Result<bool> {
    // The day is part of the name: a payer may extend it, so that it expires again.
    let name = format!("prior-auth-expiry:{id}:{today}");
    let context = Context::named(ledger, org, Actor("job:prior-auth-expiry".to_owned()), &name);
    let command = PriorAuthCommand::Expire(Expire { today });
    match ledger.execute(&context, id, command).await {
        Ok(outcome) => Ok(!outcome.replayed && !outcome.events.is_empty()),
        // Used up, canceled or extended in between: nothing to expire.
        Err(ExecuteError::Refused(_)) => Ok(false),
        Err(error) => Err(error).with_context(|| format!("authorization {id} was not expired")),
    }
}
